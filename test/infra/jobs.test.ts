import { describe, expect, it } from 'vitest';
import { findStage } from '#infra/stage.ts';
import { synthesized } from './synthesized.ts';

const { ofType } = synthesized(findStage('prod'));

const deadLetters = { 'Fn::ImportValue': expect.stringContaining('DeadLetters') };

const only = (type: string, logicalId: RegExp) => {
  const found = ofType(type).filter((resource) => logicalId.test(resource.logicalId));
  expect(found).toHaveLength(1);
  return found[0]?.properties;
};

describe('jobs', () => {
  it.each([
    [/^AdvanceCalls/, 'advanceCalls', 'rate(1 minute)'],
    [/^CollectUploads/, 'collectUploads', 'rate(1 hour)'],
  ])('%s tick by a schedule that tries again and hands what it gives up to the dead letters', (id, target, period) => {
    expect(only('AWS::Scheduler::Schedule', id)).toMatchObject({
      ScheduleExpression: period,
      State: 'ENABLED',
      Target: {
        Arn: { 'Fn::GetAtt': [expect.stringContaining(target), 'Arn'] },
        DeadLetterConfig: { Arn: deadLetters },
        RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 },
      },
    });
  });

  it('admit what was uploaded to the attachments bucket, and no other', () => {
    expect(only('AWS::Events::Rule', /^AdmitAttachmentRule/)).toMatchObject({
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [{ 'Fn::ImportValue': expect.stringContaining('AttachmentsBucket') }] } },
      },
      Targets: [
        {
          Arn: { 'Fn::GetAtt': [expect.stringContaining('admitAttachment'), 'Arn'] },
          DeadLetterConfig: { Arn: deadLetters },
          RetryPolicy: { MaximumRetryAttempts: 24, MaximumEventAgeInSeconds: 6 * 60 * 60 },
        },
      ],
    });
  });

  it.each([
    ['advanceCalls', 0],
    ['collectUploads', 0],
    ['admitAttachment', 2],
  ])('%s hands an event that failed after %i retries to the dead letters', (id, retries) => {
    expect(only('AWS::Lambda::EventInvokeConfig', new RegExp(`^${id}`))).toMatchObject({
      MaximumRetryAttempts: retries,
      DestinationConfig: { OnFailure: { Destination: deadLetters } },
    });
  });

  it('lets that rule alone start the function that admits', () => {
    expect(only('AWS::Lambda::Permission', /admitAttachment/)).toMatchObject({
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [expect.stringContaining('admitAttachment'), 'Arn'] },
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [expect.stringMatching(/^AdmitAttachmentRule/), 'Arn'] },
    });
  });
});
