import { Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { MalwareScan } from '../constructs/malware-scan.ts';
import { QueueFeed } from '../constructs/queue-feed.ts';
import { namedTarget } from '../constructs/resource-arns.ts';
import { ScanFeed } from '../constructs/scan-feed.ts';
import { ScheduleFeed } from '../constructs/schedule-feed.ts';
import { type ServiceContext, ServiceFunction, type ServiceFunctionProps } from '../constructs/service-function.ts';
import { StreamFeed } from '../constructs/stream-feed.ts';
import { UploadFeed } from '../constructs/upload-feed.ts';
import { folderOf, JOB_IDS } from '../functions.ts';
import { JOBS, type Job, type JobId } from '../jobs.ts';

const capitalized = (id: JobId): string => `${id.charAt(0).toUpperCase()}${id.slice(1)}`;

/** What happens by itself: every job of jobs.ts, and what feeds it. */
export class JobsStack extends Stack {
  readonly functions: ReadonlyMap<JobId, ServiceFunction>;
  private readonly context: ServiceContext;

  constructor(scope: Construct, id: string, context: ServiceContext) {
    super(scope, id, { env: { region: context.stage.region }, description: 'Shenbao: what happens by itself' });
    this.context = context;
    const jobs = JOB_IDS.filter((job) => this.isWanted(JOBS[job]));
    this.functions = new Map(jobs.map((job) => [job, this.addJob(job, JOBS[job])]));
  }

  /** The function of a job. */
  functionOf(id: JobId): ServiceFunction {
    const found = this.functions.get(id);
    if (found === undefined) throw new Error(`${id} is no job.`);
    return found;
  }

  /** What nothing would ever start is not there. */
  private isWanted({ feed }: Job): boolean {
    return feed.kind !== 'scans' || this.context.stage.malwareScanning !== 'none';
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
        return { failure: { retries: 0, deadLetters: this.context.queues.deadLetters } };
      case 'uploads':
      case 'scans':
        // Its event comes once.
        return { failure: { retries: 2, deadLetters: this.context.queues.deadLetters } };
      case 'stream':
      case 'queue':
        return {};
    }
  }

  private feed(id: JobId, { feed }: Job, handler: ServiceFunction): void {
    const { data, queues, stage } = this.context;
    const { deadLetters } = queues;
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
      case 'scans': {
        const { prefix } = feed;
        const bucket = data.buckets[feed.bucket];
        const objects = namedTarget({ kind: 'objects', bucket: feed.bucket, prefix }, this.context);
        if (objects !== undefined) new MalwareScan(this, 'MalwareScan', { bucket, prefix, objects });
        new ScanFeed(this, `${name}Rule`, { handler, bucket, prefix, deadLetters });
        return;
      }
      case 'stream': {
        const { batchSize, atOnce } = feed;
        const table = data.tables[feed.table];
        new StreamFeed(this, `${name}Stream`, { handler, table, batchSize, atOnce, deadLetters });
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
