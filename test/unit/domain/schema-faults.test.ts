import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createAccount } from '#shared/contract/accounts.ts';
import { createExport } from '#shared/contract/exports.ts';
import { closeCall } from '#shared/contract/extensions.ts';
import { CategoryCode, Moment } from '#shared/contract/primitives.ts';
import { savePartners } from '#shared/contract/submissions.ts';
import { Material } from '#shared/domain/call/definition.ts';
import { Period } from '#shared/domain/call/period.ts';
import { Quota } from '#shared/domain/call/quota.ts';
import { Key } from '#shared/domain/form/key.ts';
import { schemaFaults } from '#shared/domain/schema-faults.ts';
import { faultText } from '#shared/http/messages.ts';

const sentences = (schema: z.ZodType, input: unknown): string[] => {
  const { error } = schema.safeParse(input);
  return schemaFaults(error?.issues ?? [], input).map(
    ({ path, code, params }) => `${path}: ${faultText(code, params ?? {}, 'zh')}`,
  );
};

describe('schemaFaults', () => {
  // What an officer writes who never saw the language, and what there is to be written instead.
  it.each<[string, z.ZodType, unknown, string]>([
    ['a kind in words', Quota, { kind: '不超过', max: 6 }, 'kind: 不在可选项之内，可以写：exact、cap、range、soft。'],
    ['one of a few values', z.enum(['gate', 'priority']), '优先', ': 不在可选项之内，可以写：gate、priority。'],
    ['a value of very many', z.enum(Array.from({ length: 21 }, (_, n) => `v${n}`)), 'x', ': 不在可选项之内。'],
    ['a day with slashes', z.iso.date(), '2026/3/31', ': 应为日期，如 2022-03-31。'],
    [
      'a time without its zone',
      Moment,
      '2026-03-31 17:00',
      ': 应为日期，如 2022-03-31，或带时区的时刻，如 2022-03-31T17:00:00+08:00。',
    ],
    ['a number for a time', Moment, 1, ': 类型不对，应为文字（数字、日期要加引号）。'],
    [
      'an archive of drafts',
      createExport.body,
      { format: 'zip', status: 'draft' },
      'status: 不在可选项之内，可以写：submitted。',
    ],
    ['a reason with a control character', closeCall.body, { reason: '停电\u0000' }, 'reason: 含有不能使用的控制字符。'],
    [
      'a month of one digit',
      Period,
      { from: '2026-6', text: '6月起' },
      'from: 应为日期，如 2022-03-31，或整月，如 2022-03。',
    ],
    [
      'a key in Chinese',
      Key,
      '推荐单位',
      ': 写法不对：以小写字母开头，只用英文字母和数字，不超过 40 个，如 leaderName。',
    ],
    ['a code with a dot', CategoryCode, '2.1', ': 写法不对：只用英文字母、数字和连字符，不超过 40 个，如 XH20240101。'],
    [
      'a size with a letter',
      Material,
      { key: 'a', title: '甲', accept: ['pdf'], maxSize: '10M' },
      'maxSize: 写法不对：应为 500KB、20MB 这样。',
    ],
    ['no mailbox', z.email(), 'xuehui', ': 写法不对：应为电子邮箱地址。'],
    [
      'a username in Chinese',
      createAccount.body,
      { username: '张三' },
      'username: 写法不对：以小写字母或数字开头，只用小写字母、数字、点、连字符和下划线，3 至 32 个，如 huaxue-zhang。',
    ],
    [
      'a list that is a long text',
      savePartners.body,
      { partners: 'changde-nongxue' },
      'partners: 类型不对，应为数组（写成 [甲, 乙]，或每项一行、以“- ”开头）。',
    ],
    ['a pattern without a name', z.string().regex(/^a$/), 'b', ': 写法不对。'],
  ])('tells what there is instead of %s', (_, schema, input, sentence) => {
    expect(sentences(schema, input)).toEqual([sentence]);
  });
});
