import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { namedTarget } from '#infra/constructs/resource-arns.ts';
import { all, eventBus, mail, queue } from '#infra/grants.ts';
import { DataStack } from '#infra/stacks/data.ts';
import { QueuesStack } from '#infra/stacks/queues.ts';
import { findStage, parseStage, type Stage } from '#infra/stage.ts';
import { STAGES } from '#infra/stages.ts';

const ACCESS = all(
  queue('messages', 'MESSAGES_QUEUE')('SendMessage'),
  mail('MAIL_SETTINGS', 'MAIL_PASSWORD'),
  eventBus('EVENT_BUS'),
);

/** variable → its value, and what is granted on what. */
const given = (stage: Stage) => {
  const app = new App();
  const data = new DataStack(app, 'data', stage);
  const queues = new QueuesStack(app, 'queues', stage);
  return ACCESS.flatMap(({ target, actions, variable }) => {
    const named = namedTarget(target, { stage, data, queues });
    return named === undefined ? [] : [{ variable, actions, ...data.resolve(named) }];
  });
};

const ref = (name: string) => ({ Ref: name });

describe('what a function is told and granted', () => {
  it('of a queue is its URL, and to send to it', () => {
    expect(given(findStage('prod'))[0]).toMatchObject({
      variable: 'MESSAGES_QUEUE',
      actions: ['sqs:SendMessage'],
      arns: [{ 'Fn::ImportValue': expect.stringContaining('MessagesQueueArn') }],
    });
  });

  it('of SES are the settings, and to send as the domain of the sender where SES is', () => {
    const { mail: settings } = findStage('prod');
    expect(given(findStage('prod')).slice(1)).toEqual([
      {
        variable: 'MAIL_SETTINGS',
        actions: ['ses:SendEmail'],
        name: JSON.stringify(settings),
        arns: [
          {
            'Fn::Join': [
              '',
              [
                'arn:',
                ref('AWS::Partition'),
                ':ses:ap-southeast-1:',
                ref('AWS::AccountId'),
                ':identity/shenbao.example.org',
              ],
            ],
          },
        ],
      },
    ]);
  });

  it('of a mail server are the settings and the password, which CloudFormation puts there, and no right', () => {
    expect(given(findStage('prod-cn')).slice(1)).toEqual([
      {
        variable: 'MAIL_SETTINGS',
        actions: ['ses:SendEmail'],
        name: JSON.stringify(findStage('prod-cn').mail),
        arns: [],
      },
      {
        variable: 'MAIL_PASSWORD',
        actions: [],
        arns: [],
        name: '{{resolve:secretsmanager:shenbao/prod-cn/smtp-password:SecretString}}',
      },
    ]);
  });

  it('of an event bus are its name and to put events on it, where the stage has one', () => {
    expect(given(parseStage('prod', { ...STAGES.prod, events: { bus: 'shenbao' } })).at(-1)).toEqual({
      variable: 'EVENT_BUS',
      actions: ['events:PutEvents'],
      name: 'shenbao',
      arns: [
        {
          'Fn::Join': [
            '',
            ['arn:', ref('AWS::Partition'), ':events:ap-east-1:', ref('AWS::AccountId'), ':event-bus/shenbao'],
          ],
        },
      ],
    });
  });
});
