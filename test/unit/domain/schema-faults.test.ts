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
import { MAX_FAULTS } from '#shared/domain/fault-list.ts';
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

describe('what a schema found', () => {
  const faultsOf = (schema: z.ZodType, input: unknown, choose?: Parameters<typeof schemaFaults>[2]) =>
    schemaFaults(schema.safeParse(input).error?.issues ?? [], input, choose);
  const listed = (count: number) => z.enum(Array.from({ length: count }, (_, n) => `v${n}`));
  const numberOrList = z.union([z.number(), z.array(z.string())]);
  const either = z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.number() })]);

  it.each<[z.ZodType, unknown, object]>([
    [z.string(), undefined, { path: '', code: 'REQUIRED' }],
    [z.string(), null, { path: '', code: 'NULL' }],
    [z.string(), 1, { path: '', code: 'WRONG_TYPE', params: { expected: 'string' } }],
    [z.object({ a: z.string() }), {}, { path: 'a', code: 'REQUIRED' }],
    [z.object({ a: z.string() }), { a: null }, { path: 'a', code: 'NULL' }],
    [z.object({ toString: z.string() }), {}, { path: 'toString', code: 'REQUIRED' }],
    [z.array(z.object({ a: z.string() })), [{}], { path: '[0].a', code: 'REQUIRED' }],
    [z.string().min(2), 'a', { path: '', code: 'TOO_SHORT', params: { limit: 2 } }],
    [z.string().max(2), 'abc', { path: '', code: 'TOO_LONG', params: { limit: 2 } }],
    [z.array(z.string()).min(1), [], { path: '', code: 'TOO_FEW', params: { limit: 1 } }],
    [z.array(z.string()).max(1), ['a', 'b'], { path: '', code: 'TOO_MANY', params: { limit: 1 } }],
    [z.number().min(3), 2, { path: '', code: 'TOO_SMALL', params: { limit: 3 } }],
    [z.number().max(3), 4, { path: '', code: 'TOO_LARGE', params: { limit: 3 } }],
    [
      listed(20),
      'x',
      { path: '', code: 'NOT_AN_OPTION', params: { of: 'listed', accepted: listed(20).options.join('、') } },
    ],
    [listed(21), 'x', { path: '', code: 'NOT_AN_OPTION' }],
    [listed(2), undefined, { path: '', code: 'REQUIRED' }],
    [z.string().regex(/^a$/), 'b', { path: '', code: 'INVALID' }],
    [z.email(), 'b', { path: '', code: 'INVALID', params: { of: 'email' } }],
    [z.iso.datetime(), 'b', { path: '', code: 'NOT_A_DATE' }],
    [z.number().multipleOf(2), 3, { path: '', code: 'INVALID' }],
    [numberOrList, 'a', { path: '', code: 'WRONG_TYPE', params: { expected: 'number / array' } }],
    [numberOrList, undefined, { path: '', code: 'REQUIRED' }],
    [numberOrList, null, { path: '', code: 'NULL' }],
    [numberOrList, ['a', 1], { path: '[1]', code: 'WRONG_TYPE', params: { expected: 'string' } }],
    [z.object({ a: numberOrList }), { a: [1] }, { path: 'a[0]', code: 'WRONG_TYPE', params: { expected: 'string' } }],
    [z.union([z.iso.date(), z.email()]), 'x', { path: '', code: 'NOT_A_DATE', params: { of: 'month' } }],
    [z.union([z.iso.date(), z.iso.datetime()]), 'x', { path: '', code: 'NOT_A_DATE', params: { of: 'moment' } }],
    [z.union([z.email(), z.iso.date()]), 'x', { path: '', code: 'INVALID', params: { of: 'email' } }],
    [z.union([z.iso.date(), z.number()]), 'x', { path: '', code: 'NOT_A_DATE' }],
  ])('%o, of %j, is told as %o', (schema, input, fault) => {
    expect(faultsOf(schema, input)).toStrictEqual([fault]);
  });

  it('names unknown keys one by one, up to a bound', () => {
    const many = Object.fromEntries(Array.from({ length: MAX_FAULTS + 1 }, (_, n) => [`k${n}`, 1]));
    expect(faultsOf(z.object({ a: z.strictObject({}) }), { a: { b: 1, c: 2 } })).toStrictEqual([
      { path: 'a.b', code: 'UNKNOWN' },
      { path: 'a.c', code: 'UNKNOWN' },
    ]);
    expect(faultsOf(z.strictObject({}), many)).toHaveLength(MAX_FAULTS);
  });

  it('tells of the option of a union that was meant, or of the first whose type fits', () => {
    const input = { b: 'x' };
    expect(faultsOf(either, input, () => 1)).toStrictEqual([
      { path: 'b', code: 'WRONG_TYPE', params: { expected: 'number' } },
    ]);
    expect(faultsOf(either, input)).toStrictEqual([
      { path: 'a', code: 'REQUIRED' },
      { path: 'b', code: 'UNKNOWN' },
    ]);
    const asked: unknown[] = [];
    faultsOf(z.object({ at: either }), { at: input }, (...of) => {
      asked.push(of);
      return undefined;
    });
    expect(asked).toEqual([[['at'], input]]);
  });
});
