import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { writtenCall, writtenForm, writtenLeaf } from '#test/support/calls.ts';

type Json = Record<string, unknown>;

const leaf = (overrides: Json = {}, code = '1') => ({ code, title: '学术交流', ...writtenLeaf, ...overrides });
const found = (overrides: Json) => checkDefinition(writtenCall(overrides));
const foundIn = (overrides: Json) => found({ categories: [leaf(overrides)] });
const codesOf = (findings: readonly { path: string; code: string }[]) =>
  findings.map(({ path, code }) => `${path} ${code}`);
const beyondHour = (overrides: Json) =>
  codesOf(found(overrides).warnings).filter((text) => text !== 'closes DEADLINE_WITHOUT_HOUR');

const exact = (count: number, overrides: Json = {}) => ({ kind: 'exact', count, ...overrides });
const parts = (...counts: readonly number[]) => counts.map((count) => exact(count, { title: '分项' }));
const range = (min: string, max: string) => ({ kind: 'range', min, max, unit: '万元' });
const envelope = (total: string, unit = '万元') => ({ total, unit });
const group = (categories: readonly Json[], overrides: Json = {}) => ({
  categories: [{ code: 'g', title: '大类', categories, ...overrides }],
});

describe('sub-quotas', () => {
  it.each([
    [exact(4, { parts: parts(3, 1) })],
    [exact(10, { parts: parts(4, 5, 1) })],
    [exact(14, { parts: parts(3, 3, 4, 3, 1) })],
    [{ kind: 'cap', max: 6, parts: parts(3, 2) }],
    [{ kind: 'range', min: 5, max: 8, parts: [{ title: '分项', kind: 'cap', max: 5 }] }],
    [{ kind: 'soft', max: 3, parts: parts(4) }],
  ])('that can add up are taken: %j', (quota) => {
    expect(foundIn({ quota }).faults).toEqual([]);
  });

  it.each<[Json, { sum: string; expected: string }]>([
    [exact(4, { parts: parts(3, 2) }), { sum: '5', expected: '4' }],
    [
      { kind: 'cap', max: 6, parts: parts(4, 3) },
      { sum: '7', expected: '0–6' },
    ],
    [
      { kind: 'range', min: 5, max: 8, parts: parts(2, 2) },
      { sum: '4', expected: '5–8' },
    ],
    [
      { kind: 'range', min: 5, max: 5, parts: parts(2, 2) },
      { sum: '4', expected: '5' },
    ],
  ])('that cannot are refused: %j', (quota, params) => {
    expect(foundIn({ quota }).faults).toEqual([{ path: 'categories[0].quota.parts', code: 'PARTS_MISMATCH', params }]);
  });

  it('are refused exactly where their sum is not the number', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(counts, fc.integer({ min: -2, max: 2 }), (each, off) => {
        const sum = each.reduce((total, count) => total + count, 0);
        const total = Math.max(1, sum + off);
        const { faults } = foundIn({ quota: exact(total, { parts: parts(...each) }) });
        expect(faults.map(({ code }) => code)).toEqual(sum === total ? [] : ['PARTS_MISMATCH']);
      }),
      { numRuns: 50 },
    );
  });

  it("of categories are held against their group's", () => {
    const below = [leaf({ quota: exact(3) }, 'a'), leaf({ quota: exact(2) }, 'b')];
    expect(found(group(below, { quota: exact(5) })).faults).toEqual([]);
    expect(found(group(below, { quota: exact(6) })).faults).toEqual([
      { path: 'categories[0].quota', code: 'PARTS_MISMATCH', params: { sum: '5', expected: '6' } },
    ]);
    expect(found(group([...below, leaf({}, 'c')], { quota: exact(6) })).faults).toEqual([]);
  });

  it('upside down are told as such, each at its place', () => {
    const upsideDown = { kind: 'range', min: 3, max: 2 };
    expect(codesOf(foundIn({ quota: exact(3, { parts: [{ title: '分项', ...upsideDown }] }) }).faults)).toEqual([
      'categories[0].quota.parts[0].min MINIMUM_ABOVE_MAXIMUM',
    ]);
  });
});

describe('an envelope', () => {
  it.each([
    ['5–8 awards of 5–10万元 within 50万元', { kind: 'range', min: 5, max: 8 }, range('5', '10'), envelope('50')],
    ['14 awards of 5–20万元 within 100万元', exact(14), range('5', '20'), envelope('100')],
    ['4 awards of 20–30万元 within 100万元', exact(4), range('20', '30'), envelope('100')],
    [
      '4 awards of 10万元 within 400000元',
      exact(4),
      { kind: 'fixed', value: '10', unit: '万元' },
      envelope('400000', '元'),
    ],
    ['awards of open size', exact(4), { kind: 'undetermined' }, envelope('1')],
  ])('can hold %s', (_, quota, amount, total) => {
    const { faults, warnings } = foundIn({ quota, amount, envelope: total });
    expect(faults).toEqual([]);
    expect(warnings.map(({ code }) => code)).toEqual(['DEADLINE_WITHOUT_HOUR']);
  });

  it('that cannot pay the fewest and smallest awards is refused, to the 分', () => {
    const amount = range('12.500001', '20');
    expect(foundIn({ quota: exact(8), amount, envelope: envelope('100') }).faults).toEqual([
      {
        path: 'categories[0].envelope.total',
        code: 'ENVELOPE_EXCEEDED',
        params: { sum: '100.000008', total: '100', unit: '万元' },
      },
    ]);
    expect(foundIn({ quota: exact(8), amount, envelope: envelope('100.000008') }).faults).toEqual([]);
  });

  it('that the most and largest awards leave unspent is worth a warning', () => {
    const overrides = { quota: exact(4), amount: range('5', '10'), envelope: envelope('50') };
    expect(foundIn(overrides).warnings).toContainEqual({
      path: 'categories[0].envelope.total',
      code: 'ENVELOPE_UNSPENT',
      params: { sum: '40', total: '50', unit: '万元' },
    });
  });

  it('of a group is held against all below it', () => {
    const below = [
      leaf({ quota: exact(4), amount: range('10', '10'), envelope: envelope('40') }, 'a'),
      leaf({ quota: exact(4), amount: range('20', '30'), envelope: envelope('100') }, 'b'),
    ];
    expect(beyondHour(group(below, { envelope: envelope('140') }))).toEqual([]);
    expect(codesOf(found(group(below, { envelope: envelope('119') })).faults)).toEqual([
      'categories[0].envelope.total ENVELOPE_EXCEEDED',
    ]);
    expect(beyondHour(group(below, { envelope: envelope('141') }))).toEqual([
      'categories[0].envelope.total ENVELOPE_UNSPENT',
    ]);
  });

  it('of a group pays for the awards its own quota demands', () => {
    const below = [leaf({ amount: range('5', '10') }, 'a'), leaf({ amount: range('6', '10') }, 'b')];
    const demanding = { quota: exact(5), envelope: envelope('24.99') };
    expect(codesOf(found(group(below, demanding)).faults)).toEqual(['categories[0].envelope.total ENVELOPE_EXCEEDED']);
    expect(found(group(below, { ...demanding, envelope: envelope('25') })).faults).toEqual([]);
  });

  it('that is refused is not warned of besides', () => {
    const refused = { quota: exact(8), amount: range('12.500001', '20'), envelope: envelope('100') };
    expect(beyondHour({ categories: [leaf(refused)] })).toEqual([]);
    expect(beyondHour({ categories: [leaf({ envelope: envelope('五十') })] })).toEqual([]);
    expect(beyondHour({ categories: [leaf({ envelope: envelope('50'), amount: range('1', '2') })] })).toEqual([]);
  });

  it('that is no amount is told as any other', () => {
    expect(codesOf(foundIn({ envelope: envelope('五十') }).faults)).toEqual([
      'categories[0].envelope.total NOT_A_DECIMAL',
    ]);
    expect(codesOf(found(group([leaf()], { envelope: envelope('0.001', '元') })).faults)).toEqual([
      'categories[0].envelope.total TOO_PRECISE',
    ]);
  });
});

const options = [
  { value: '甲', text: '目标甲' },
  { value: '乙', text: '目标乙' },
];
const asking = (type: 'choice' | 'choices', values: readonly string[], required = true) => ({
  apply: {
    ...writtenForm,
    sections: [
      ...writtenForm.sections,
      {
        title: '二、目标',
        fields: [
          {
            key: 'goal',
            label: '目标',
            type,
            options: values.map((value) => ({ value, label: value })),
            required,
          },
        ],
      },
    ],
  },
});

describe('goals', () => {
  it.each([
    ['one', 'choice'],
    ['any', 'choices'],
  ] as const)('of which %s is chosen are asked for by a %s', (choose, type) => {
    const overrides = {
      categories: [leaf({ goals: { choose, field: 'goal', options } })],
      forms: asking(type, ['甲', '乙']),
    };
    expect(found(overrides).faults).toEqual([]);
  });

  it('are told where the field that asks which may be left blank', () => {
    const warned = (required: boolean, overrides: Json = {}) =>
      beyondHour({
        categories: [leaf({ goals: { choose: 'one', field: 'goal', options }, ...overrides })],
        forms: asking('choice', ['甲', '乙'], required),
      });
    expect(warned(true)).toEqual([]);
    expect(warned(false)).toEqual(['categories[0].goals.field ANSWER_OPTIONAL']);
    expect(warned(false, { fixed: { goal: '甲' } })).toEqual([]);
  });

  it.each([
    ['the wrong number', 'any', 'goal', ['甲', '乙'], 'WRONG_FIELD_TYPE'],
    ['a field that chooses nothing', 'one', 'name', ['甲', '乙'], 'WRONG_FIELD_TYPE'],
    ['no field', 'one', 'nothing', ['甲', '乙'], 'UNKNOWN_FIELD'],
    ['too few of them', 'one', 'goal', ['甲'], 'GOALS_DIFFER'],
    ['other ones', 'one', 'goal', ['甲', '丙'], 'GOALS_DIFFER'],
    ['too many', 'one', 'goal', ['甲', '乙', '丙'], 'GOALS_DIFFER'],
  ])('are refused where the form asks for %s', (_, choose, field, values, code) => {
    const overrides = {
      categories: [leaf({ goals: { choose, field, options } })],
      forms: asking('choice', values),
    };
    expect(codesOf(found(overrides).faults)).toEqual([`categories[0].goals.field ${code}`]);
  });

  it('are named once each, and only those that exist are pointed at', () => {
    expect(
      codesOf(
        foundIn({
          goals: { choose: 'one', options: [...options, ...options.slice(0, 1)] },
          quota: exact(2, { parts: [exact(2, { title: '丙', goal: '丙' })] }),
          indicators: [{ kind: 'bound', title: '年龄', max: 40, unit: '岁', goal: '丙' }],
        }).faults,
      ),
    ).toEqual([
      'categories[0].goals.options[2].value DUPLICATE',
      'categories[0].indicators[0].goal UNKNOWN_GOAL',
      'categories[0].quota.parts[0].goal UNKNOWN_GOAL',
    ]);
  });
});

describe('indicators', () => {
  it.each([
    [{ kind: 'bound', title: '次数', min: 2, unit: '次' }],
    [{ kind: 'bound', title: '会期', min: 3, max: 3 }],
    [{ kind: 'bound', title: '会期', max: 3 }],
    [{ kind: 'byApplicant', title: '人数', of: [{ applicants: ['市级学会'], min: 10 }] }],
    [
      {
        kind: 'oneOf',
        title: '活动',
        of: [
          { title: '讲座', min: 1 },
          { title: '丛书', min: 1 },
        ],
      },
    ],
  ])('are taken: %j', (indicator) => {
    expect(foundIn({ indicators: [indicator] }).faults).toEqual([]);
  });

  it.each<[Json, string]>([
    [{ kind: 'bound', title: '次数' }, 'min REQUIRED'],
    [{ kind: 'bound', title: '次数', min: 3, max: 2 }, 'min MINIMUM_ABOVE_MAXIMUM'],
    [{ kind: 'bound', title: '次数', min: 0.5 }, 'min WRONG_TYPE'],
    [{ kind: 'oneOf', title: '活动', of: [{ title: '讲座', min: 1 }, { title: '丛书' }] }, 'of[1].min REQUIRED'],
    [
      { kind: 'byApplicant', title: '人数', of: [{ applicants: ['企业科协'], min: 1 }] },
      'of[0].applicants[0] UNKNOWN_APPLICANT',
    ],
    [
      {
        kind: 'byApplicant',
        title: '人数',
        of: [
          { applicants: ['市级学会'], min: 1 },
          { applicants: ['高校科协', '市级学会'], min: 2 },
        ],
      },
      'of[1].applicants[1] DUPLICATE',
    ],
  ])('are refused: %j', (indicator, expected) => {
    expect(codesOf(foundIn({ indicators: [indicator] }).faults)).toEqual([`categories[0].indicators[0].${expected}`]);
  });
});

describe('periods', () => {
  it('run from the first day of a month until the last', () => {
    const period = (from: string, until: string) => codesOf(foundIn({ period: { from, until, text: '周期' } }).faults);
    expect(period('2022-04', '2022-04')).toEqual([]);
    expect(period('2022-04-30', '2022-04')).toEqual([]);
    expect(period('2024-02', '2024-02-01')).toEqual([]);
    expect(period('2022-05', '2022-04-30')).toEqual(['categories[0].period.until OUT_OF_ORDER']);
    expect(period('2022-13', '2022-04-30')).toEqual(['categories[0].period.from NOT_A_DATE']);
  });
});

describe('reports', () => {
  const report = (on: string, overrides: Json = {}) => ({
    obligations: [{ text: '提交总结报告', report: true, due: { kind: 'date', on }, ...overrides }],
  });
  const until = (text: string) => ({ period: { until: text, text: '周期' } });

  it('due before the period ends are worth a warning, of a category, a group and a call', () => {
    const dated = leaf({ ...until('2022-12'), ...report('2022-12-30') });
    const warned = found({
      ...report('2022-10-31'),
      ...group([dated, leaf(until('2022-08-31'), '2')], report('2022-11-30')),
    }).warnings;
    const params = { until: '2022-12-31' };
    expect(warned.slice(1)).toEqual([
      { path: 'obligations[0].due.on', code: 'DUE_BEFORE_PERIOD_ENDS', params },
      { path: 'categories[0].categories[0].obligations[0].due.on', code: 'DUE_BEFORE_PERIOD_ENDS', params },
      { path: 'categories[0].obligations[0].due.on', code: 'DUE_BEFORE_PERIOD_ENDS', params },
    ]);
  });

  it('due on the last day or later, without a day, or what is no report, are not', () => {
    const silent = (overrides: Json) => beyondHour({ categories: [leaf({ ...until('2022-12-31'), ...overrides })] });
    expect(silent(report('2022-12-31'))).toEqual([]);
    expect(silent(report('2022-10-31', { report: false }))).toEqual([]);
    const within = { kind: 'within', count: 1, unit: 'month', after: '论坛结束' };
    expect(silent(report('', { due: within }))).toEqual([]);
    expect(beyondHour({ ...report('2022-10-31'), categories: [leaf()] })).toEqual([]);
  });
});

describe('paper', () => {
  const paper = (closes: string) => found({ paper: { copies: 1, closes } });

  it('due without hour is told what that means, due before the electronic deadline is worth a warning', () => {
    expect(paper('2022-03-28').warnings.slice(1)).toEqual([
      {
        path: 'paper.closes',
        code: 'DEADLINE_WITHOUT_HOUR',
        params: { meaning: '2022年3月28日24:00（Asia/Shanghai）' },
      },
      {
        path: 'paper.closes',
        code: 'PAPER_BEFORE_ELECTRONIC',
        params: { closes: '2022年3月31日24:00（Asia/Shanghai）' },
      },
    ]);
  });

  it('due with it or later is not', () => {
    expect(paper('2022-03-31').warnings.map(({ code }) => code)).not.toContain('PAPER_BEFORE_ELECTRONIC');
    expect(paper('2022-04-01T00:00:00+08:00').warnings.map(({ path }) => path)).toEqual(['closes']);
  });

  it('due in no year of a call is refused', () => {
    expect(codesOf(paper('0999-01-01').faults)).toEqual(['paper.closes NOT_A_DATE']);
  });
});

describe('reminders', () => {
  const remindedBy = (...durations: readonly string[]) => ({ reminders: { before: durations } });

  it('are a week, a day and two hours before where nothing is written, also in a call that is shorter', () => {
    const { definition, warnings } = found({ closes: '2022-03-02' });
    expect(definition?.reminders).toEqual({ before: ['7d', '24h', '2h'], withoutDraft: false });
    expect(warnings.map(({ code }) => code)).toEqual(['DEADLINE_WITHOUT_HOUR']);
    expect(found({ reminders: { withoutDraft: true } }).definition?.reminders.before).toHaveLength(3);
    expect(found(remindedBy()).definition?.reminders.before).toEqual([]);
  });

  it.each(['1w', '0h', '24', 'h', '1.5h', '10000min', '-1d', ' 1d', '1D'])('of %j are refused', (duration) => {
    expect(found(remindedBy('7d', duration)).faults).toEqual([
      { path: 'reminders.before[1]', code: 'INVALID', params: { of: 'duration' } },
    ]);
  });

  it('at the same time are refused however they are written', () => {
    expect(codesOf(found(remindedBy('24h', '2h', '1d', '1440min')).faults)).toEqual([
      'reminders.before[2] DUPLICATE',
      'reminders.before[3] DUPLICATE',
    ]);
  });

  it('more than ten are refused', () => {
    const hours = Array.from({ length: 11 }, (_, hour) => `${hour + 1}h`);
    expect(codesOf(found(remindedBy(...hours)).faults)).toEqual(['reminders.before TOO_MANY']);
  });

  it('that would come with the opening or before it are worth a warning', () => {
    // The call lasts the 31 days of March.
    expect(beyondHour(remindedBy('32d', '31d', '743h'))).toEqual([
      'reminders.before[0] REMINDER_BEFORE_OPENING',
      'reminders.before[1] REMINDER_BEFORE_OPENING',
    ]);
  });
});
