import { expect, test } from 'vitest';
import { headColumns, type RowFacts } from '#shared/domain/export/head-columns.ts';
import { localTime } from '#shared/domain/export/local-time.ts';
import { draftHead, submittedHead } from '#shared/domain/submission/transitions.ts';

const ZONE = 'Asia/Shanghai';
const draft = {
  ...draftHead({
    ...{ submissionId: 's-1', callId: 'changde-2022', organiser: 'changde-kx', category: '1', callVersion: 2 },
    ...{ unitId: 'unit-1', answered: 4, createdAt: '2022-03-10T00:00:00.000Z' },
  }),
  ...{ attachmentCount: 3, updatedAt: '2022-03-11T00:00:00.000Z' },
};
const submitted = submittedHead(draft, {
  ...{ callVersion: 2, answered: 4, submittedAt: '2022-03-31T15:59:59.999Z', receiptNo: 'r-1' },
  ...{ answersDigest: '', countedIn: [], answersRevision: 1 },
});
const facts = (overrides: Partial<RowFacts> = {}): RowFacts => ({
  ...{ head: submitted, unitName: '医学会', partners: [], acceptanceNo: 7, category: '1 党建', timezone: ZONE },
  ...overrides,
});
const row = (status: 'draft' | 'submitted', one: RowFacts) =>
  headColumns(status, ZONE).map(({ heading, cell }) => [heading, cell(one)]);

test('a row of what was submitted begins with its number, receipt, unit and time', () => {
  expect(row('submitted', facts())).toEqual([
    ['受理编号', 7],
    ['回执编号', 'r-1'],
    ['申报单位', '医学会'],
    ['联合申报单位', undefined],
    ['单位编号', 'unit-1'],
    ['类别', '1 党建'],
    ['提交时间（Asia/Shanghai）', '2022-03-31 23:59:59.999'],
    ['通知版本', 2],
    ['附件数', 3],
    ['发现恶意程序（Asia/Shanghai）', undefined],
    ['申报编号', 's-1'],
  ]);
});

test('a row of a draft says how far it is, and when it was begun and changed', () => {
  expect(row('draft', facts({ head: draft }))).toEqual([
    ['申报编号', 's-1'],
    ['申报单位', '医学会'],
    ['单位编号', 'unit-1'],
    ['类别', '1 党建'],
    ['已填项数', 4],
    ['附件数', 3],
    ['开始填报时间（Asia/Shanghai）', '2022-03-10 08:00:00.000'],
    ['最后修改时间（Asia/Shanghai）', '2022-03-11 08:00:00.000'],
    ['通知版本', 2],
  ]);
});

test('partners are named in their order, and stand in a column only where some row has them', () => {
  const partners = [
    { unitId: 'unit-2', name: '药学会' },
    { unitId: 'unit-3', name: '护理学会' },
  ];
  expect(row('submitted', facts({ partners }))[3]).toEqual(['联合申报单位', '药学会；护理学会']);
  const ifAny = (status: 'draft' | 'submitted') =>
    headColumns(status, ZONE).flatMap((column) => (column.ifAny === true ? column.heading : []));
  expect(ifAny('submitted')).toEqual(['受理编号', '联合申报单位', '发现恶意程序（Asia/Shanghai）']);
  expect(ifAny('draft')).toEqual([]);
});

test('a time that is not there leaves its cell empty', () => {
  expect(row('submitted', facts({ head: draft }))[6]).toEqual(['提交时间（Asia/Shanghai）', undefined]);
});

test('a time is that of clocks in the zone, to the millisecond', () => {
  expect(localTime('2022-12-31T16:00:00.001Z', ZONE)).toBe('2023-01-01 00:00:00.001');
});
