import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { ContractApi } from '../constructs/contract-api.ts';
import { ImpactAlarm, type ImpactAlarmProps } from '../constructs/impact-alarm.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import type { Stage } from '../stage.ts';
import type { DataStack } from './data.ts';
import type { JobsStack } from './jobs.ts';
import type { QueuesStack } from './queues.ts';

export interface WatchProps {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly contractApi: ContractApi;
  /** The function of the one operation that must not fail. */
  readonly submit: ServiceFunction;
  readonly jobs: JobsStack;
  readonly queues: QueuesStack;
}

const FIVE_MINUTES = Duration.minutes(5);
const MINUTE = Duration.minutes(1);
const HOUR = Duration.hours(1);

/** A metric of an expression, 0 where it has no data: without that a sum has none either while any of its parts is silent, and throttles are silent but when they happen. */
const orZero = (name: string): string => `FILL(${name}, 0)`;

/** Alarms, at most ten (each costs), and a dashboard. */
export class WatchStack extends Stack {
  private readonly topic: Topic | undefined;

  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id, { env: { region: props.stage.region }, description: 'Shenbao: alarms and dashboard' });
    this.topic = this.openTopic(props.stage.alarmEmail);
    this.watchApi(props);
    this.watchSubmit(props);
    this.watchJobs(props);
    this.watchMessages(props);
    this.watchTables(props);
    this.showDashboard(props);
  }

  private openTopic(email: string | undefined): Topic | undefined {
    if (email === undefined) return undefined;
    const topic = new Topic(this, 'Alarms', { enforceSSL: true });
    // A topic with a policy of its own, as enforceSSL makes one, loses the default one that lets alarms of the account publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    topic.addSubscription(new EmailSubscription(email));
    return topic;
  }

  private alarm(id: string, props: Omit<ImpactAlarmProps, 'topic'>): void {
    new ImpactAlarm(this, id, { ...props, topic: this.topic });
  }

  private watchApi({ contractApi: { api } }: WatchProps): void {
    this.alarm('ApiFaults', {
      hurt: 'secretaries and officers, whose requests fail with 5xx; before a deadline, units that cannot submit.',
      look: 'the API access log by status, then the REQUEST_FAULT lines of that route.',
      metric: api.metricServerError({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      threshold: 5,
    });
    this.alarm('ApiSlow', {
      hurt: 'everybody who waits for a page: one request in a hundred takes longer than 5 s.',
      look: 'the dashboard: cold starts, or a table that throttles.',
      metric: api.metricLatency({ statistic: Stats.p(99), period: FIVE_MINUTES }),
      threshold: 5_000,
      periods: { bad: 2, of: 3 },
    });
  }

  private watchSubmit({ submit }: WatchProps): void {
    const failures = new MathExpression({
      expression: `${orZero('errors')} + ${orZero('throttles')}`,
      usingMetrics: {
        errors: submit.function.metricErrors({ statistic: Stats.SUM, period: MINUTE }),
        throttles: submit.function.metricThrottles({ statistic: Stats.SUM, period: MINUTE }),
      },
      period: MINUTE,
      label: 'Submits that crashed or found no capacity',
    });
    this.alarm('SubmitFailing', {
      hurt: 'a unit that pressed submit and got no answer; its retry gets the same receipt if the first one went through.',
      look: "the submit function's log; throttles mean that the account's concurrency is used up.",
      metric: failures,
      threshold: 1,
    });
    this.alarm('SubmitSlow', {
      hurt: 'units that submit in the last minutes: one submit in a hundred takes more than half of its 20 s.',
      look: 'CONFLICT_RETRIED lines, and whether the tables throttle.',
      metric: submit.function.metricDuration({ statistic: Stats.p(99), period: FIVE_MINUTES }),
      threshold: 10_000,
    });
  }

  private watchJobs({ jobs, stage }: WatchProps): void {
    const advanceCalls = jobs.functionOf('advanceCalls');
    const sealCalls = jobs.functionOf('sealCalls');
    const collectUploads = jobs.functionOf('collectUploads');
    const ticks = new MathExpression({
      expression: `invocations - ${orZero('errors')}`,
      usingMetrics: {
        invocations: advanceCalls.function.metricInvocations({ statistic: Stats.SUM, period: FIVE_MINUTES }),
        errors: advanceCalls.function.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      },
      period: FIVE_MINUTES,
      label: 'Ticks that went through',
    });
    // Two windows hold ten ticks a minute apart: one window without any is no accident, two are none at all.
    const silentWindows = Math.max(2, Math.ceil((2 * stage.schedules.advanceCallsMinutes) / FIVE_MINUTES.toMinutes()));
    this.alarm('ClosesNotRecorded', {
      hurt: 'officers, who wait for the numbers of a closed call; no submit is accepted too late, that follows from the clock.',
      look: 'the schedule AdvanceCalls and the log of its function.',
      metric: ticks,
      threshold: 1,
      below: true,
      periods: { bad: silentWindows, of: silentWindows },
      silenceIsBad: true,
    });
    this.alarm('SealsNotMade', {
      hurt: 'officers, whose closed call has no seal yet, and units, who wait for their 受理编号; nothing is lost, a seal goes on from its last step.',
      look: 'SEAL_FAULT lines in the log of the function sealCalls: they name the call.',
      metric: sealCalls.function.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      threshold: 1,
      // What failed is due again after five minutes; what fails three times does not mend itself.
      periods: { bad: 3, of: 6 },
    });
    this.alarm('EventsGivenUp', {
      hurt: "units whose uploaded file stays 'expected' until they submit, which settles it; officers, if it was a tick.",
      look: 'the messages of the dead-letter queue: they name the function and the error.',
      metric: jobs.deadLetters.metricApproximateNumberOfMessagesVisible({
        statistic: Stats.MAXIMUM,
        period: FIVE_MINUTES,
      }),
      threshold: 1,
    });
    this.alarm('UploadsNotCollected', {
      hurt: 'nobody today; whoever pays, for files that nothing uses.',
      look: 'the log of the function collectUploads.',
      metric: collectUploads.function.metricErrors({ statistic: Stats.SUM, period: HOUR }),
      threshold: 1,
      periods: { bad: 3, of: 3 },
    });
  }

  private watchMessages({ jobs, queues: { queues } }: WatchProps): void {
    const deadLetters = [...Object.values(queues).map((each) => each.deadLetters), ...jobs.streamDeadLetters];
    const usingMetrics: Record<string, IMetric> = Object.fromEntries(
      deadLetters.map((each, index) => [
        `letters${index}`,
        each.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES }),
      ]),
    );
    this.alarm('MessagesGivenUp', {
      hurt: 'whoever waits for a mail, a webhook or an export: it was tried again and again in vain.',
      look: 'the dead letters of queues and streams, and the log of their job; correct the cause, then replay them.',
      metric: new MathExpression({
        // A queue that nobody has used for hours has no figures at all.
        expression: Object.keys(usingMetrics).map(orZero).join(' + '),
        usingMetrics,
        period: FIVE_MINUTES,
        label: 'Dead letters of queues and streams',
      }),
      threshold: 1,
    });
  }

  private watchTables({ data: { tables } }: WatchProps): void {
    const written = { submissions: tables.submissions, tallies: tables.tallies, receipts: tables.receipts };
    const usingMetrics: Record<string, IMetric> = Object.fromEntries(
      Object.entries(written).map(([name, table]) => [
        name,
        table.metric('WriteThrottleEvents', { statistic: Stats.SUM, period: MINUTE }),
      ]),
    );
    this.alarm('SubmitsThrottled', {
      hurt: 'units that submit now: their requests are answered 503 and must be repeated.',
      look: 'the dashboard: which table; on demand, one takes twice its previous peak at once, and more within 30 minutes.',
      metric: new MathExpression({
        expression: Object.keys(written).map(orZero).join(' + '),
        usingMetrics,
        period: MINUTE,
        label: 'Throttled writes of submits',
      }),
      threshold: 10,
      periods: { bad: 2, of: 3 },
    });
  }

  private showDashboard({ contractApi: { api }, submit, jobs, data: { tables } }: WatchProps): void {
    const row = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 8, height: 6 });
    const capacity = (name: string) =>
      [tables.submissions, tables.tallies, tables.receipts, tables.calls].map((table) =>
        table.metric(name, { statistic: Stats.SUM, period: FIVE_MINUTES }),
      );
    const jobFunctions = [...jobs.functions.values()].map((job) => job.function);
    new Dashboard(this, 'Dashboard', {
      widgets: [
        [
          row('Requests', [api.metricCount(), api.metricClientError(), api.metricServerError()]),
          row(
            'Latency, ms',
            [50, 95, 99].map((percent) => api.metricLatency({ statistic: Stats.p(percent) })),
          ),
          row('Submits', [submit.function.metricInvocations(), submit.function.metricErrors()]),
        ],
        [
          row(
            'Submit, ms',
            [50, 99].map((percent) => submit.function.metricDuration({ statistic: Stats.p(percent) })),
          ),
          row(
            'Jobs',
            jobFunctions.map((job) => job.metricInvocations()),
          ),
          row('Jobs that failed', [
            ...jobFunctions.map((job) => job.metricErrors()),
            jobs.deadLetters.metricApproximateNumberOfMessagesVisible(),
          ]),
        ],
        [
          row('Written units', capacity('ConsumedWriteCapacityUnits')),
          row('Read units', capacity('ConsumedReadCapacityUnits')),
          row('Throttled writes', capacity('WriteThrottleEvents')),
        ],
      ],
    });
  }
}
