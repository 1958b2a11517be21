import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface ImpactAlarmProps {
  /** Who is hurt, and by what: the first thing that whoever is woken reads. */
  readonly hurt: string;
  /** Where to look first. */
  readonly look: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Default: at or above the threshold. */
  readonly below?: boolean;
  /** How many of the metric's latest periods must be bad. Default: one of one. */
  readonly periods?: { readonly bad: number; readonly of: number };
  /** Whether silence is an alarm: for what must happen by itself. */
  readonly silenceIsBad?: boolean;
  readonly topic: ITopic | undefined;
}

/** An alarm that says who is hurt. */
export class ImpactAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: ImpactAlarmProps) {
    const { hurt, look, metric, threshold, below = false, periods, silenceIsBad = false, topic } = props;
    super(scope, id, {
      alarmDescription: `Who is hurt: ${hurt} Look first: ${look}`,
      metric,
      threshold,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods?.of ?? 1,
      datapointsToAlarm: periods?.bad ?? 1,
      treatMissingData: silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    if (topic) this.addAlarmAction(new SnsAction(topic));
  }
}
