import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type ServiceContext, ServiceFunction } from '../constructs/service-function.ts';
import { folderOf, type JobId } from '../functions.ts';

/** What happens by itself: closing at the deadline, admitting uploads, clearing away what was never used. */
export class JobsStack extends Stack {
  readonly functions: Readonly<Record<JobId, ServiceFunction>>;
  /** Where an event goes that was tried in vain. */
  readonly deadLetters: Queue;
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
    this.functions = {
      // The next tick does what this one left undone.
      advanceCalls: this.addJob('advanceCalls', 'Records the close of calls whose deadline has passed', 0),
      collectUploads: this.addJob('collectUploads', 'Removes uploads that nothing uses', 0),
      // Its event comes once.
      admitAttachment: this.addJob('admitAttachment', 'Proves an uploaded file and admits or refuses it', 2),
    };
    const { advanceCallsMinutes, collectUploadsMinutes } = context.stage.schedules;
    this.repeat('AdvanceCallsSchedule', this.functions.advanceCalls, Duration.minutes(advanceCallsMinutes));
    this.repeat('CollectUploadsSchedule', this.functions.collectUploads, Duration.minutes(collectUploadsMinutes));
    this.admitUploads(this.functions.admitAttachment);
  }

  private addJob(id: JobId, description: string, retries: 0 | 2): ServiceFunction {
    return new ServiceFunction(this, id, this.context, {
      folder: folderOf('jobs', id),
      description,
      // A tick has a minute; nobody waits for it.
      timeout: Duration.seconds(60),
      failure: { retries, deadLetters: this.deadLetters },
    });
  }

  private repeat(id: string, { function: target }: ServiceFunction, period: Duration): void {
    const role = new Role(this, `${id}Role`, {
      // Only schedules of this account may borrow the role.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }));
    this.deadLetters.grantSendMessages(role);
    new Schedule(this, id, {
      schedule: ScheduleExpression.rate(period),
      // Not the library's LambdaInvoke: that grants every version of the function too.
      target: {
        bind: () => ({
          arn: target.functionArn,
          role,
          // The function reads nothing from its event: what is due follows from the clock.
          input: ScheduleTargetInput.fromObject({}),
          deadLetterConfig: { arn: this.deadLetters.queueArn },
          // A tick that comes after the next one has nothing left to do; 60 s is the least Scheduler takes.
          retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 60 },
        }),
      },
    });
  }

  private admitUploads({ function: target }: ServiceFunction): void {
    const { buckets } = this.context.data;
    new Rule(this, 'UploadedRule', {
      description: 'An attachment has been uploaded',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [buckets.attachments.bucketName] } },
      },
      targets: [
        new LambdaFunction(target, {
          deadLetterQueue: this.deadLetters,
          retryAttempts: 24,
          maxEventAge: Duration.hours(6),
        }),
      ],
    });
  }
}
