import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { writtenCall, writtenForm, writtenLeaf } from '#test/support/calls.ts';

const faultsOf = (overrides: Record<string, unknown>) => checkDefinition(writtenCall(overrides)).faults;
const leaf = (overrides: Record<string, unknown> = {}) => ({
  code: '1',
  title: '学会党的建设',
  ...writtenLeaf,
  ...overrides,
});
const categories = (overrides: Record<string, unknown>) => ({ categories: [leaf(overrides)] });

describe('checkDefinition', () => {
  it('gives the definition and its window, and says what a deadline without hour means', () => {
    const checked = checkDefinition(writtenCall());
    expect(checked.faults).toEqual([]);
    expect(checked.definition?.timezone).toBe('Asia/Shanghai');
    expect(checked.window?.closesAt).toBe('2022-03-31T16:00:00.000Z');
    expect(checked.warnings).toEqual([
      { path: 'closes', code: 'DEADLINE_WITHOUT_HOUR', params: { meaning: '2022年3月31日24:00（Asia/Shanghai）' } },
    ]);
  });

  it('finds the notice of Changde sound', () => {
    const text = readFileSync(new URL('../../../../shared/calls/changde-2022/call.yaml', import.meta.url), 'utf8');
    const { faults, warnings } = checkDefinition(parseYaml(text));
    expect(faults).toEqual([]);
    expect(warnings.map(({ path }) => path)).toEqual(['closes', 'paper.closes']);
  });

  it('warns of nothing where the hour is given', () => {
    expect(checkDefinition(writtenCall({ closes: '2022-03-31T17:00:00+08:00' })).warnings).toEqual([]);
  });

  it('lists faults of shape, of references and of the form at once', () => {
    const { faults, definition } = checkDefinition({
      ...writtenCall({
        documentNumber: undefined,
        closes: '2022-02-01',
        remark: 'x',
        categories: [
          leaf({ form: 'missing' }),
          leaf({ limitPerUnit: null, period: { text: '年内', from: '2022-05-01', until: '2022-04-01' } }),
        ],
        forms: {
          apply: { ...writtenForm, rules: [{ kind: 'order', fields: ['name', 'nothing'] }] },
          spare: { title: '多余', sections: 'none' },
        },
      }),
    });
    expect(definition).toBeUndefined();
    expect(faults.map(({ path, code }) => `${path} ${code}`)).toEqual(
      expect.arrayContaining([
        'documentNumber REQUIRED',
        'remark UNKNOWN',
        'closes CLOSES_BEFORE_OPENS',
        'categories[1].code DUPLICATE',
        'categories[0].form UNKNOWN_FORM',
        'categories[1].limitPerUnit NULL',
        'forms.spare.sections WRONG_TYPE',
        'forms.apply.rules[0].fields[1] UNKNOWN_FIELD',
      ]),
    );
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['an unknown zone', { timezone: 'Asia/Peking' }, 'timezone', 'UNKNOWN_TIMEZONE'],
    ['an empty zone', { timezone: '' }, 'timezone', 'UNKNOWN_TIMEZONE'],
    ['a deadline that is no date', { closes: '31 March' }, 'closes', 'NOT_A_DATE'],
    ['a day that is not in the calendar', { closes: '2022-02-30' }, 'closes', 'NOT_A_DATE'],
    ['a deadline before all calendars', { opens: '0001-01-01' }, 'opens', 'NOT_A_DATE'],
    ['an instant without offset', { closes: '2022-03-31T17:00:00' }, 'closes', 'NOT_A_DATE'],
    ['a window that ends as it begins', { opens: '2022-04-01T00:00:00+08:00' }, 'closes', 'CLOSES_BEFORE_OPENS'],
    ['a number for a title', { title: 4 }, 'title', 'WRONG_TYPE'],
    ['no categories', { categories: [] }, 'categories', 'TOO_FEW'],
    ['a mailbox that is none', { contacts: [{ department: 'x', mailbox: 'x' }] }, 'contacts[0].mailbox', 'INVALID'],
    [
      'a group with a form',
      { categories: [{ code: '2', title: 't', form: 'apply', categories: [leaf()] }] },
      'categories[0].form',
      'UNKNOWN',
    ],
    [
      'a fault deep in a group',
      { categories: [{ code: '2', title: 't', categories: [leaf({ applicants: [] })] }] },
      'categories[0].categories[0].applicants',
      'TOO_FEW',
    ],
    ['an unknown key of a leaf', categories({ quotas: 1 }), 'categories[0].quotas', 'UNKNOWN'],
    [
      'a size that is none',
      categories({ materials: [{ key: 'a', title: 'a', accept: ['pdf'], maxSize: '20 GB' }] }),
      'categories[0].materials[0].maxSize',
      'INVALID',
    ],
    [
      'a size of the wrong type',
      categories({ materials: [{ key: 'a', title: 'a', accept: ['pdf'], maxSize: [] }] }),
      'categories[0].materials[0].maxSize',
      'WRONG_TYPE',
    ],
    [
      'a size above what an upload takes',
      categories({ materials: [{ key: 'a', title: 'a', accept: ['pdf'], maxSize: '500MB' }] }),
      'categories[0].materials[0].maxSize',
      'TOO_LARGE',
    ],
    [
      'a file type nobody checks',
      categories({ materials: [{ key: 'a', title: 'a', accept: ['exe'] }] }),
      'categories[0].materials[0].accept[0]',
      'NOT_AN_OPTION',
    ],
    [
      'two materials of one key',
      categories({ materials: [writtenLeaf.materials[0], writtenLeaf.materials[0]] }),
      'categories[0].materials[1].key',
      'DUPLICATE',
    ],
    [
      'an unknown kind of amount',
      categories({ amount: { kind: 'guess' } }),
      'categories[0].amount.kind',
      'NOT_AN_OPTION',
    ],
    ['an amount of no kind', categories({ amount: { max: '1' } }), 'categories[0].amount.kind', 'REQUIRED'],
    [
      'an amount finer than the 分',
      categories({ amount: { kind: 'cap', max: '0.1234567', unit: '万元' } }),
      'categories[0].amount.max',
      'TOO_PRECISE',
    ],
    [
      'an amount that is no decimal',
      categories({ amount: { kind: 'fixed', value: '1e3', unit: '元' } }),
      'categories[0].amount.value',
      'NOT_A_DECIMAL',
    ],
    [
      'a range of amounts upside down',
      categories({ amount: { kind: 'range', min: '10', max: '9.5', unit: '万元' } }),
      'categories[0].amount.min',
      'MINIMUM_ABOVE_MAXIMUM',
    ],
    [
      'a range of awards upside down',
      categories({ quota: { kind: 'range', min: 8, max: 5 } }),
      'categories[0].quota.min',
      'MINIMUM_ABOVE_MAXIMUM',
    ],
    [
      'a period that ends before it begins',
      categories({ period: { text: 't', from: '2022-05-01', until: '2022-04-30' } }),
      'categories[0].period.until',
      'OUT_OF_ORDER',
    ],
    [
      'a fixed answer to no field',
      categories({ fixed: { nobody: 'x' } }),
      'categories[0].fixed.nobody',
      'UNKNOWN_FIELD',
    ],
    [
      'a fixed answer that is no option',
      categories({ fixed: { kind: 'x' } }),
      'categories[0].fixed.kind',
      'NOT_AN_OPTION',
    ],
    [
      'a fixed answer too long for its field',
      categories({ fixed: { name: '字'.repeat(61) } }),
      'categories[0].fixed.name',
      'TOO_LONG',
    ],
    ['a fixed answer that is blank', categories({ fixed: { name: ' ' } }), 'categories[0].fixed.name', 'REQUIRED'],
    [
      'a fixed answer that is not of its format',
      {
        ...categories({ fixed: { fax: '无' } }),
        forms: {
          apply: {
            ...writtenForm,
            sections: [
              {
                title: '一、项目',
                fields: [{ key: 'fax', label: '传真', type: 'text', maxLength: 20, format: 'phone-cn' }],
              },
            ],
          },
        },
      },
      'categories[0].fixed.fax',
      'FORMAT',
    ],
    ['a key no form may have', { forms: { 'My Form': writtenForm } }, 'forms.My Form', 'INVALID'],
    ['an annex key used twice', { annexes: [{ key: 'a' }, { key: 'a' }] }, 'annexes[1].key', 'DUPLICATE'],
  ])('names %s at its path', (_, overrides, path, code) => {
    expect(faultsOf(overrides)).toContainEqual(expect.objectContaining({ path, code }));
  });

  it.each([
    ['nothing', undefined, 'REQUIRED'],
    ['null', null, 'NULL'],
    ['a list', [], 'WRONG_TYPE'],
    ['text', 'title: x', 'WRONG_TYPE'],
  ])('refuses %s instead of a definition', (_, input, code) => {
    expect(checkDefinition(input).faults[0]).toMatchObject({ path: '', code });
  });

  it('warns of a form that no category names', () => {
    expect(checkDefinition(writtenCall({ forms: { apply: writtenForm, spare: writtenForm } })).warnings).toContainEqual(
      {
        path: 'forms.spare',
        code: 'UNREACHABLE',
      },
    );
  });

  const nested = (levels: number): Record<string, unknown> =>
    levels === 1 ? leaf() : { code: `g${levels}`, title: 'g', categories: [nested(levels - 1)] };

  it('says of an empty file that there is nothing in it', () => {
    expect(checkDefinition(null).faults).toEqual([{ path: '', code: 'NULL', params: { of: 'empty' } }]);
  });

  it('takes a tree of 8 levels and refuses one more', () => {
    expect(faultsOf({ categories: [nested(8)] })).toEqual([]);
    expect(faultsOf({ categories: [nested(9)] })).toMatchObject([
      { code: 'TOO_LARGE', params: { of: 'depth', limit: 8 } },
    ]);
  });

  it('takes 500 categories and refuses one more', () => {
    const groups = (count: number) => [
      ...Array.from({ length: 5 }, (_, group) => ({
        code: `g${group}`,
        title: 'g',
        categories: Array.from({ length: 100 }, (_, index) => leaf({ code: `c${group}-${index}` })),
      })),
      ...Array.from({ length: count - 500 }, (_, index) => leaf({ code: `x${index}` })),
    ];
    expect(faultsOf({ categories: groups(500) })).toEqual([]);
    expect(faultsOf({ categories: groups(501) })).toEqual([
      { path: 'categories', code: 'TOO_MANY', params: { limit: 500 } },
    ]);
  });

  it('takes 200 forms and refuses one more', () => {
    const forms = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, writtenForm]));
    expect(faultsOf({ forms: { apply: writtenForm, ...forms(199) } })).toEqual([]);
    expect(faultsOf({ forms: { apply: writtenForm, ...forms(200) } })).toContainEqual({
      path: 'forms',
      code: 'TOO_MANY',
      params: { limit: 200 },
    });
  });

  it('gives the first thousand faults of a definition with more', () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1]));
    expect(faultsOf(unknown)).toHaveLength(1_000);
  });
});
