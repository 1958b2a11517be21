import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { QueuesStack } from '#infra/stacks/queues.ts';
import { findStage } from '#infra/stage.ts';
import { propertiesOf } from './properties-of.ts';

const template = Template.fromStack(new QueuesStack(new App(), 'queues', findStage('prod')));
const queues = propertiesOf(template, 'AWS::SQS::Queue');
const DAY = 24 * 60 * 60;

describe('queues', () => {
  it.each([
    ['Mail', 360, 5],
    ['Webhook', 360, 10],
    ['Exports', 960, 4],
  ])(
    '%s hides a message for %i s, and hands it out %i times before it goes to dead letters of its own',
    (name, seconds, maxReceiveCount) => {
      expect(queues[`${name}Queue`]).toMatchObject({
        VisibilityTimeout: seconds,
        MessageRetentionPeriod: 4 * DAY,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [`${name}DeadLetters`, 'Arn'] }, maxReceiveCount },
      });
      expect(queues[`${name}DeadLetters`]).toMatchObject({ MessageRetentionPeriod: 14 * DAY });
    },
  );

  it('are told to whoever replays dead letters', () => {
    expect(template.toJSON().Outputs).toMatchObject({
      MailQueueUrl: { Value: { Ref: 'MailQueue' } },
      MailDeadLettersUrl: { Value: { Ref: 'MailDeadLetters' } },
    });
  });

  it('are encrypted, and refuse requests without TLS', () => {
    for (const queue of Object.values(queues)) expect(queue).toMatchObject({ SqsManagedSseEnabled: true });
    const policies = Object.values(propertiesOf(template, 'AWS::SQS::QueuePolicy'));
    expect(policies).toHaveLength(Object.keys(queues).length);
    for (const policy of policies) {
      expect(policy.PolicyDocument).toMatchObject({
        Statement: [{ Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      });
    }
  });
});
