import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
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

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);

/**
 * Alarms, and a dashboard. An alarm costs USD 0.10 a month for each metric it looks at, so there are five of one metric each, and what they look at is where harm shows: a crash, a throttle and a
 * fault of any function behind the API is a 5xx; whatever else fails for good leaves a letter in the one queue of dead letters.
 */
export class WatchStack extends Stack {
  private readonly topic: Topic | undefined;

  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id, { env: { region: props.stage.region }, description: 'Shenbao: alarms and dashboard' });
    this.topic = this.openTopic(props.stage.alarmEmail);
    this.watchRequests(props);
    this.watchJobs(props);
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

  private watchRequests({ contractApi: { api }, submit }: WatchProps): void {
    this.alarm('RequestsFailing', {
      hurt: 'whoever met a 5xx: a unit that pressed submit and got no answer, whose retry gets the same receipt if the first one went through; a secretary or officer, whose request has to be repeated.',
      look: 'the API access log by status and route, then REQUEST_FAULT (a fault of ours) and REQUEST_UNAVAILABLE lines of that route (503: a table that throttles, or a conflict); no line at all means a crash, or that the concurrency of the account is used up.',
      metric: api.metricServerError({ statistic: Stats.SUM, period: MINUTE }),
      threshold: 1,
    });
    this.alarm('RequestsSlow', {
      hurt: 'everybody who waits for a page: one request in a hundred takes longer than 5 s.',
      look: 'the dashboard: cold starts, or a table that throttles.',
      metric: api.metricLatency({ statistic: Stats.p(99), period: FIVE_MINUTES }),
      threshold: 5_000,
      periods: { bad: 2, of: 3 },
    });
    this.alarm('SubmitSlow', {
      hurt: 'units that submit in the last minutes: one submit in a hundred takes more than half of its 20 s.',
      look: 'CONFLICT_RETRIED lines, and whether the tables throttle: on demand, one takes twice its previous peak at once, and more within 30 minutes.',
      metric: submit.function.metricDuration({ statistic: Stats.p(99), period: FIVE_MINUTES }),
      threshold: 10_000,
    });
  }

  private watchJobs({ jobs, stage, queues: { deadLetters } }: WatchProps): void {
    // Two windows hold ten ticks a minute apart: one window without any is no accident, two are none at all.
    const silentWindows = Math.max(2, Math.ceil((2 * stage.schedules.advanceCallsMinutes) / FIVE_MINUTES.toMinutes()));
    this.alarm('TicksMissing', {
      hurt: 'officers, who wait for the numbers and the seal of a closed call, and units, who are not reminded; no submit is accepted too late, that follows from the clock.',
      look: 'the schedule AdvanceCalls, and whether its function is throttled. A tick that came and failed is a dead letter instead.',
      metric: jobs
        .functionOf('advanceCalls')
        .function.metricInvocations({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      threshold: 1,
      below: true,
      periods: { bad: silentWindows, of: silentWindows },
      silenceIsBad: true,
    });
    this.alarm('GivenUp', {
      hurt: 'by the letter: whoever waits for a mail or a webhook (tried again and again), or for an export; a unit whose uploaded file stays expected until it submits, or until the collection looks at it 24 hours after its announcement; whoever downloads a file in which a scan found malware, since that was not kept; officers, whose call was not closed, sealed or counted by a tick; whoever pays or is owed the deletion of data, for what was not collected or deleted in time.',
      look: 'npm run dead-letters -- list, which says of each letter what it is of (results of scans come once: replay them soon); then the JOB_FAULT, SEAL_FAULT or RETENTION_FAULT lines of that job. Correct the cause, replay or forget the letters.',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES }),
      threshold: 1,
    });
  }

  private showDashboard({ contractApi: { api }, submit, jobs, queues, data: { tables } }: WatchProps): void {
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
            queues.deadLetters.metricApproximateNumberOfMessagesVisible(),
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
