import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { QueueFeed } from '../constructs/queue-feed.ts';
import { ScheduleFeed } from '../constructs/schedule-feed.ts';
import { type ServiceContext, ServiceFunction, type ServiceFunctionProps } from '../constructs/service-function.ts';
import { StreamFeed } from '../constructs/stream-feed.ts';
import { UploadFeed } from '../constructs/upload-feed.ts';
import { folderOf, JOB_IDS } from '../functions.ts';
import { JOBS, type Job, type JobId } from '../jobs.ts';

const capitalized = (id: JobId): string => `${id.charAt(0).toUpperCase()}${id.slice(1)}`;

/** What happens by itself: every job of jobs.ts, and what feeds it. */
export class JobsStack extends Stack {
  /** Where a tick or an upload goes that was tried in vain. */
  readonly deadLetters: Queue;
  /** Where streams leave the place of what was tried in vain. */
  readonly streamDeadLetters: Queue[] = [];
  readonly functions: ReadonlyMap<JobId, ServiceFunction>;
  private readonly context: ServiceContext;

  constructor(scope: Construct, id: string, context: ServiceContext) {
    super(scope, id, { env: { region: context.stage.region }, description: 'Shenbao: what happens by itself' });
    this.context = context;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is the dead-letter queue, of schedules, rule and functions; nothing consumes it but a person whom its alarm calls.',
    });
    this.functions = new Map(JOB_IDS.map((job) => [job, this.addJob(job, JOBS[job])]));
  }

  /** The function of a job. */
  functionOf(id: JobId): ServiceFunction {
    const found = this.functions.get(id);
    if (found === undefined) throw new Error(`${id} is no job.`);
    return found;
  }

  private addJob(id: JobId, job: Job): ServiceFunction {
    const handler = new ServiceFunction(this, id, this.context, {
      folder: folderOf('jobs', id),
      description: job.description,
      timeout: Duration.seconds(job.timeoutSeconds ?? 60),
      memorySize: job.memorySize,
      scratchSize: job.scratchSize,
      ...this.failureOf(job),
    });
    this.feed(id, job, handler);
    return handler;
  }

  /** What Lambda does about an event that nobody waits for; of what comes by a mapping, the mapping takes care. */
  private failureOf({ feed }: Job): Pick<ServiceFunctionProps, 'failure'> {
    switch (feed.kind) {
      case 'schedule':
        // The next tick does what this one left undone.
        return { failure: { retries: 0, deadLetters: this.deadLetters } };
      case 'uploads':
        // Its event comes once.
        return { failure: { retries: 2, deadLetters: this.deadLetters } };
      case 'stream':
      case 'queue':
        return {};
    }
  }

  private feed(id: JobId, { feed }: Job, handler: ServiceFunction): void {
    const { data, queues, stage } = this.context;
    const { deadLetters } = this;
    const name = capitalized(id);
    switch (feed.kind) {
      case 'schedule': {
        const period = Duration.minutes(stage.schedules[feed.schedule]);
        new ScheduleFeed(this, `${name}Schedule`, { handler, period, deadLetters });
        return;
      }
      case 'uploads':
        new UploadFeed(this, `${name}Rule`, { handler, bucket: data.buckets[feed.bucket], deadLetters });
        return;
      case 'stream': {
        const { batchSize } = feed;
        const stream = new StreamFeed(this, `${name}Stream`, { handler, table: data.tables[feed.table], batchSize });
        this.streamDeadLetters.push(stream.deadLetters);
        new CfnOutput(this, `${name}StreamDeadLettersUrl`, { value: stream.deadLetters.queueUrl });
        return;
      }
      case 'queue': {
        const { batchSize, maxConcurrency } = feed;
        const source = queues.queues[feed.queue];
        new QueueFeed(this, `${name}Messages`, { handler, source, batchSize, maxConcurrency });
      }
    }
  }
}
