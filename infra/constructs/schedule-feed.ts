import { type Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface ScheduleFeedProps {
  readonly handler: ServiceFunction;
  readonly period: Duration;
  /** Where a tick goes that could not be handed over. */
  readonly deadLetters: IQueue;
}

/** Starts a function over and over. */
export class ScheduleFeed extends Schedule {
  constructor(scope: Construct, id: string, { handler, period, deadLetters }: ScheduleFeedProps) {
    const { functionArn } = handler.function;
    const role = new Role(scope, `${id}Role`, {
      // Only schedules of this account may borrow the role.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }));
    deadLetters.grantSendMessages(role);
    super(scope, id, {
      schedule: ScheduleExpression.rate(period),
      // Not the library's LambdaInvoke: that grants every version of the function too.
      target: {
        bind: () => ({
          arn: functionArn,
          role,
          // The function reads nothing from its event: what is due follows from the clock.
          input: ScheduleTargetInput.fromObject({}),
          deadLetterConfig: { arn: deadLetters.queueArn },
          // A tick that comes after the next one has nothing left to do; 60 s is the least Scheduler takes.
          retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 60 },
        }),
      },
    });
  }
}
