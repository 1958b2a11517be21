import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseStage } from '#infra/stage.ts';
import { STAGES } from '#infra/stages.ts';
import { synthesized } from './synthesized.ts';

const { ofType } = synthesized(parseStage('prod', { ...STAGES.prod, alarmEmail: 'operations@example.org' }));

const Alarm = z.object({
  AlarmActions: z.array(z.unknown()),
});
const alarms = ofType('AWS::CloudWatch::Alarm').map(({ logicalId, properties }) => ({
  logicalId,
  ...Alarm.parse(properties),
}));

describe('watch', () => {
  it('writes to the address of the settings when an alarm goes off', () => {
    expect(ofType('AWS::SNS::Subscription')).toMatchObject([
      { properties: { Protocol: 'email', Endpoint: 'operations@example.org' } },
    ]);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toHaveLength(1);
  });

  it('lets the alarms of the account, and nothing else, publish', () => {
    expect(ofType('AWS::SNS::TopicPolicy')).toMatchObject([
      {
        properties: {
          PolicyDocument: {
            Statement: [
              { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
              {
                Effect: 'Allow',
                Action: 'sns:Publish',
                Principal: { Service: 'cloudwatch.amazonaws.com' },
                Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
              },
            ],
          },
        },
      },
    ]);
  });
});
