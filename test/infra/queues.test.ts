import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { QueuesStack } from '#infra/stacks/queues.ts';
import { findStage } from '#infra/stage.ts';
import { propertiesOf } from './properties-of.ts';

const template = Template.fromStack(new QueuesStack(new App(), 'queues', findStage('prod')));
const queues = propertiesOf(template, 'AWS::SQS::Queue');
const Policy = z.object({ PolicyDocument: z.object({ Statement: z.array(z.looseObject({ Effect: z.string() })) }) });
const DAY = 24 * 60 * 60;

describe('queues', () => {
  it('hide a message for six minutes, and hand it out ten times before it goes to the dead letters', () => {
    expect(queues.MessagesQueue).toMatchObject({
      VisibilityTimeout: 360,
      MessageRetentionPeriod: 4 * DAY,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }, maxReceiveCount: 10 },
    });
    expect(queues.DeadLetters).toMatchObject({ MessageRetentionPeriod: 14 * DAY });
  });

  it('are told to whoever replays dead letters', () => {
    expect(template.toJSON().Outputs).toMatchObject({
      MessagesQueueUrl: { Value: { Ref: 'MessagesQueue' } },
      DeadLettersUrl: { Value: { Ref: 'DeadLetters' } },
    });
  });

  it('are told with the event bus, which a replay tells too, where the stage has one', () => {
    const withBus = { ...findStage('prod'), events: { bus: 'shenbao' } };
    const { Outputs } = Template.fromStack(new QueuesStack(new App(), 'queues', withBus)).toJSON();
    expect(Outputs).toMatchObject({ EventBusName: { Value: 'shenbao' } });
    expect(template.toJSON().Outputs).not.toHaveProperty('EventBusName');
  });

  it('take letters from rules of the jobs alone', () => {
    const statements = Object.values(propertiesOf(template, 'AWS::SQS::QueuePolicy')).flatMap(
      (policy) => Policy.parse(policy).PolicyDocument.Statement,
    );
    const allowing = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowing).toHaveLength(1);
    expect(allowing[0]).toMatchObject({
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Condition: {
        ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', expect.arrayContaining([':rule/shenbao-prod-jobs*'])] } },
      },
    });
  });

  it('are encrypted, and refuse requests without TLS', () => {
    for (const queue of Object.values(queues)) expect(queue).toMatchObject({ SqsManagedSseEnabled: true });
    const policies = Object.values(propertiesOf(template, 'AWS::SQS::QueuePolicy'));
    expect(policies).toHaveLength(Object.keys(queues).length);
    for (const policy of policies) {
      expect(policy.PolicyDocument).toMatchObject({
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Deny',
            Action: 'sqs:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      });
    }
  });
});
