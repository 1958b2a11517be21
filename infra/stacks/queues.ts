import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DeadLetters } from '../constructs/dead-letters.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import { QUEUES, type QueueName } from '../queues.ts';
import { type Stage, stackName } from '../stage.ts';

/** What waits for a job: apart from the jobs, since functions behind the API send to it as well. */
export class QueuesStack extends Stack {
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, stage: Pick<Stage, 'name' | 'region' | 'events'>) {
    super(scope, id, { env: { region: stage.region }, description: 'Shenbao: what waits for a job' });
    this.deadLetters = new DeadLetters(this, 'DeadLetters', { rulesOf: stackName(stage, 'jobs') });
    this.queues = { messages: new WorkQueue(this, 'Messages', QUEUES.messages, this.deadLetters) };
    // Whoever replays dead letters takes them from the one and puts them into the other.
    for (const { node, queue } of Object.values(this.queues)) {
      new CfnOutput(this, `${node.id}QueueUrl`, { value: queue.queueUrl });
    }
    new CfnOutput(this, 'DeadLettersUrl', { value: this.deadLetters.queueUrl });
    if (stage.events.bus !== undefined) new CfnOutput(this, 'EventBusName', { value: stage.events.bus });
  }
}
