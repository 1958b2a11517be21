import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { WorkQueue } from '../constructs/work-queue.ts';
import { QUEUES, type QueueName } from '../queues.ts';
import type { Stage } from '../stage.ts';

/** What waits for a job: apart from the jobs, since functions behind the API send to it as well. */
export class QueuesStack extends Stack {
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;

  constructor(scope: Construct, id: string, { region }: Pick<Stage, 'region'>) {
    super(scope, id, { env: { region }, description: 'Shenbao: what waits for a job' });
    this.queues = {
      mail: new WorkQueue(this, 'Mail', QUEUES.mail),
      webhook: new WorkQueue(this, 'Webhook', QUEUES.webhook),
      exports: new WorkQueue(this, 'Exports', QUEUES.exports),
    };
    // Whoever replays dead letters takes them from the one and puts them into the other.
    for (const { node, queue, deadLetters } of Object.values(this.queues)) {
      new CfnOutput(this, `${node.id}QueueUrl`, { value: queue.queueUrl });
      new CfnOutput(this, `${node.id}DeadLettersUrl`, { value: deadLetters.queueUrl });
    }
  }
}
