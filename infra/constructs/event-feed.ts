import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface EventFeedProps {
  readonly handler: ServiceFunction;
  /** Where an event goes that could not be handed over; its own policy lets rules of this stack. */
  readonly deadLetters: IQueue;
}

/** Starts a function for each event of a pattern. */
export class EventFeed extends Rule {
  constructor(
    scope: Construct,
    id: string,
    { handler, deadLetters }: EventFeedProps,
    what: { readonly description: string; readonly eventPattern: EventPattern },
  ) {
    const { function: target } = handler;
    super(scope, id, {
      ...what,
      // Not the library's LambdaFunction: it has the policy of the dead letters name this rule, and their stack is made before this one.
      targets: [
        {
          bind: () => ({
            arn: target.functionArn,
            deadLetterConfig: { arn: deadLetters.queueArn },
            retryPolicy: { maximumRetryAttempts: 24, maximumEventAgeInSeconds: 6 * 60 * 60 },
          }),
        },
      ],
    });
    target.addPermission(`${id}Events`, {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: this.ruleArn,
    });
  }
}
