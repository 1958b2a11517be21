import { describe, expect, it } from 'vitest';
import { MAX_FAULTS } from '#shared/domain/fault-list.ts';
import { checkForm } from '#shared/domain/form/check-form.ts';
import { formOf, formWith, options, parsedForm } from './forms.ts';
import { projectForm } from './project-form.ts';

const text = (key: string, more: object = {}) => ({ key, label: key, type: 'text', maxLength: 10, ...more });
const money = (key: string, more: object = {}) => ({ key, label: key, type: 'money', unit: '万元', ...more });
const boolean = (key: string, more: object = {}) => ({ key, label: key, type: 'boolean', ...more });
const choice = (key: string, ...values: string[]) => ({ key, label: key, type: 'choice', options: options(...values) });
const table = (key: string, columns: readonly object[], more: object = {}) => ({
  key,
  label: key,
  type: 'table',
  maxRows: 3,
  columns,
  ...more,
});
const told = (form: ReturnType<typeof formOf>) => checkForm(form, '').map(({ path, code }) => `${path} ${code}`);

describe('checkForm', () => {
  it('finds nothing wrong with a sound form', () => {
    expect(checkForm(projectForm(), 'forms.project')).toEqual([]);
  });

  it('lists faults by their place in what was written', () => {
    const form = formOf([text('a')], [text('b'), text('a'), { ...text('c'), minLength: 11 }]);
    expect(checkForm(form, 'forms.project')).toEqual([
      { path: 'forms.project.sections[1].fields[1].key', code: 'DUPLICATE', params: {} },
      { path: 'forms.project.sections[1].fields[2].minLength', code: 'MINIMUM_ABOVE_MAXIMUM', params: {} },
    ]);
  });

  describe('of a field', () => {
    it.each([
      [{ ...text('a'), minLength: 10 }, []],
      [{ ...text('a'), minLength: 11 }, ['minLength MINIMUM_ABOVE_MAXIMUM']],
      [{ key: 'a', label: 'a', type: 'integer', min: 2, max: 1 }, ['min MINIMUM_ABOVE_MAXIMUM']],
      [money('a', { min: '2', max: '10' }), []],
      [money('a', { min: '10', max: '9.999999' }), ['min MINIMUM_ABOVE_MAXIMUM']],
      [money('a', { min: '-1', max: '0.0000001' }), ['min NOT_A_DECIMAL', 'max TOO_PRECISE']],
      [money('a', { unit: '元', max: '0.001' }), ['max TOO_PRECISE']],
      [choice('a', 'x', 'y', 'x'), ['options[2].value DUPLICATE']],
      [{ ...choice('a', 'x', 'y'), type: 'choices', min: 2, max: 1 }, ['min MINIMUM_ABOVE_MAXIMUM']],
      [{ ...choice('a', 'x', 'y'), type: 'choices', min: 3 }, ['min MINIMUM_ABOVE_MAXIMUM']],
    ])('says of %j: %j', (field, faults) => {
      expect(told(formOf([field]))).toEqual(faults.map((fault) => `sections[0].fields[0].${fault}`));
      expect(told(formOf([table('t', [field])]))).toEqual(
        faults.map((fault) => `sections[0].fields[0].columns[0].${fault}`),
      );
    });

    it('refuses a column twice and more rows at least than at most', () => {
      expect(told(formOf([table('t', [text('a'), text('a')], { minRows: 4 })]))).toEqual([
        'sections[0].fields[0].minRows MINIMUM_ABOVE_MAXIMUM',
        'sections[0].fields[0].columns[1].key DUPLICATE',
      ]);
    });
  });

  describe('of a first row', () => {
    const columns = [
      text('name'),
      choice('role', 'lead', 'member'),
      money('fee'),
      { key: 'on', label: 'on', type: 'date' },
    ];
    const faults = (firstRow: object) =>
      told(formOf([text('leader'), money('cost', { unit: '元' }), table('t', columns, { firstRow })])).map((fault) =>
        fault.replace('sections[0].fields[2].firstRow.', ''),
      );

    it.each([
      [{ sameAs: { name: 'leader' }, fixed: { role: 'lead' } }, []],
      [{ sameAs: { nobody: 'leader' } }, ['sameAs.nobody UNKNOWN_FIELD']],
      [{ sameAs: { name: 'nobody' } }, ['sameAs.name UNKNOWN_FIELD']],
      [{ sameAs: { role: 'leader' } }, ['sameAs.role WRONG_FIELD_TYPE']],
      [{ sameAs: { fee: 'cost' } }, ['sameAs.fee WRONG_FIELD_TYPE']],
      [{ fixed: { nobody: 'x' } }, ['fixed.nobody UNKNOWN_FIELD']],
      [{ fixed: { role: 'boss' } }, ['fixed.role NOT_AN_OPTION']],
      [{ fixed: { on: '2022-03-31' } }, ['fixed.on WRONG_FIELD_TYPE']],
      [{ fixed: { name: 'x'.repeat(11) } }, ['fixed.name TOO_LONG']],
      [{ sameAs: { name: 'leader' }, fixed: { name: 'x' } }, ['fixed.name DUPLICATE']],
    ])('says of %j: %j', (firstRow, expected) => {
      expect(faults(firstRow)).toEqual(expected);
    });
  });

  describe('of a condition', () => {
    const faults = (visibleWhen: object, ...more: object[]) =>
      told(formOf([{ ...text('a'), visibleWhen }, choice('kind', 'x', 'y'), boolean('yes'), ...more])).map((fault) =>
        fault.replace('sections[0].fields[0].visibleWhen', 'here'),
      );

    it.each([
      [{ field: 'kind', in: ['x', 'y'] }, []],
      [{ field: 'yes', in: [true] }, []],
      [{ field: 'kinds', in: ['x'] }, ['here.field UNKNOWN_FIELD']],
      [{ field: 'a', in: ['x'] }, ['here.field WRONG_FIELD_TYPE']],
      [{ field: 'kind', in: ['x', 'z'] }, ['here.in[1] NOT_AN_OPTION']],
      [{ field: 'kind', in: [true] }, ['here.in[0] NOT_AN_OPTION']],
      [{ field: 'yes', in: ['true'] }, ['here.in[0] NOT_AN_OPTION']],
    ])('says of %j: %j', (visibleWhen, expected) => {
      expect(faults(visibleWhen)).toEqual(expected);
    });

    it('can steer by one of several choices', () => {
      const kinds = { ...choice('kinds', 'x', 'y'), type: 'choices' };
      expect(faults({ field: 'kinds', in: ['y'] }, kinds)).toEqual([]);
    });

    it('is refused where fields wait for one another, and for what hangs on them', () => {
      const waiting = (key: string, field: string) => boolean(key, { visibleWhen: { field, in: [true] } });
      expect(told(formOf([waiting('a', 'b'), waiting('b', 'a'), waiting('c', 'a'), waiting('d', 'd')]))).toEqual(
        [0, 1, 2, 3].map((index) => `sections[0].fields[${index}].visibleWhen UNREACHABLE`),
      );
    });
  });

  describe('of a rule', () => {
    const fields = [
      money('total'),
      money('own', { unit: '元' }),
      text('name'),
      { key: 'from', label: 'from', type: 'date' },
      { key: 'until', label: 'until', type: 'date' },
      table('lines', [money('amount'), text('note')]),
    ];
    it.each([
      [{ kind: 'sum', total: 'total', parts: ['own'] }, []],
      [
        { kind: 'sum', total: 'name', parts: ['nobody', 'lines'] },
        ['total WRONG_FIELD_TYPE', 'parts[0] UNKNOWN_FIELD', 'parts[1] WRONG_FIELD_TYPE'],
      ],
      [{ kind: 'sum', total: 'total', parts: ['own', 'own'] }, ['parts[1] DUPLICATE']],
      [{ kind: 'sum', total: 'total', parts: ['own', 'total'] }, ['parts[1] DUPLICATE']],
      [{ kind: 'columnSum', table: 'lines', column: 'amount', total: 'total' }, []],
      [
        { kind: 'columnSum', table: 'lines', column: 'note', total: 'from' },
        ['total WRONG_FIELD_TYPE', 'column WRONG_FIELD_TYPE'],
      ],
      [{ kind: 'columnSum', table: 'lines', column: 'price', total: 'total' }, ['column UNKNOWN_FIELD']],
      [{ kind: 'columnSum', table: 'total', column: 'amount', total: 'total' }, ['table WRONG_FIELD_TYPE']],
      [{ kind: 'order', fields: ['from', 'until'] }, []],
      [{ kind: 'order', fields: ['own', 'total'] }, []],
      [{ kind: 'order', fields: ['from', 'total'] }, ['fields[1] WRONG_FIELD_TYPE']],
      [
        { kind: 'order', fields: ['name', 'from', 'own'] },
        ['fields[0] WRONG_FIELD_TYPE', 'fields[2] WRONG_FIELD_TYPE'],
      ],
      [{ kind: 'order', fields: ['from', 'from'] }, ['fields[1] DUPLICATE']],
      [{ kind: 'withinAmount', field: 'total' }, []],
      [{ kind: 'withinAmount', field: 'name' }, ['field WRONG_FIELD_TYPE']],
      [{ kind: 'withinAmount', field: 'nobody' }, ['field UNKNOWN_FIELD']],
    ])('says of %j: %j', (rule, expected) => {
      const form = parsedForm({ ...formWith([], ...fields), rules: [rule] });
      expect(told(form)).toEqual(expected.map((fault) => `rules[0].${fault}`));
    });
  });

  it('refuses a statement that names what the form does not ask, or a whole table', () => {
    const form = parsedForm({
      title: '申报书',
      sections: [
        {
          title: '一',
          fields: [text('unit'), table('lines', [text('note')])],
          statements: [
            { kind: 'commitment', text: '经{unit}研究审议' },
            { kind: 'note', text: '{Unit}与{lines}、{}' },
          ],
        },
      ],
    });
    expect(checkForm(form, '').map(({ path, code, params }) => [path, code, params])).toEqual([
      ['sections[0].statements[1].text', 'UNKNOWN_FIELD', { field: 'Unit' }],
      ['sections[0].statements[1].text', 'WRONG_FIELD_TYPE', { field: 'lines' }],
      ['sections[0].statements[1].text', 'UNKNOWN_FIELD', { field: '' }],
    ]);
  });

  describe('prefill', () => {
    it.each<[object, string[]]>([
      [{ type: 'date', prefill: 'unit.foundedOn' }, []],
      [{ type: 'text', maxLength: 50, prefill: 'unit.foundedOn' }, []],
      [{ type: 'text', maxLength: 18, format: 'uscc', prefill: 'unit.uscc' }, []],
      [{ type: 'text', maxLength: 11, format: 'mobile-cn', prefill: 'user.mobile' }, []],
      [{ type: 'text', maxLength: 50, format: 'email', prefill: 'user.email' }, []],
      [{ type: 'date', prefill: 'unit.name' }, ['prefill WRONG_FIELD_TYPE']],
      [{ type: 'text', maxLength: 50, format: 'email', prefill: 'unit.phone' }, ['prefill WRONG_FIELD_TYPE']],
      [{ type: 'text', maxLength: 17, prefill: 'unit.uscc' }, ['maxLength TOO_SMALL']],
    ])('of %j: %j', (field, expected) => {
      const form = formOf([{ key: 'it', label: '栏目', ...field }]);
      expect(told(form)).toEqual(expected.map((fault) => `sections[0].fields[0].${fault}`));
    });
  });

  it('finds circles and what hangs on them in chains as long as a form', () => {
    const link = (index: number, on: number) => ({
      key: `f${index}`,
      label: `${index}`,
      type: 'boolean',
      ...(on < 0 ? {} : { visibleWhen: { field: `f${on}`, in: [true] } }),
    });
    const straight = Array.from({ length: 1_000 }, (_, index) => link(index, index - 1));
    const parts = (fields: readonly object[]) =>
      Array.from({ length: 10 }, (_, part) => fields.slice(part * 100, part * 100 + 100));
    expect(told(formOf(...parts(straight)))).toEqual([]);
    const bent = [link(0, 999), ...straight.slice(1)];
    expect(told(formOf(...parts(bent)))).toHaveLength(1_000);
    expect(told(formOf([link(0, 1), link(1, 0), link(2, 1), link(3, -1)]))).toEqual(
      [0, 1, 2].map((index) => `sections[0].fields[${index}].visibleWhen UNREACHABLE`),
    );
  });
});

describe('what a fault of a form is told with', () => {
  const date = (key: string, more: object = {}) => ({ key, label: key, type: 'date', ...more });
  const choices = (key: string, ...values: string[]) => ({ ...choice(key, ...values), type: 'choices' });
  const integer = (key: string, more: object = {}) => ({ key, label: key, type: 'integer', ...more });
  const firstRow = (columns: readonly object[], row: object, ...fields: readonly object[]) =>
    formOf([table('t', columns, { firstRow: row }), ...fields]);

  it.each<[what: string, form: ReturnType<typeof formOf>, fault: Record<string, unknown>]>([
    [
      'too precise an amount: how many decimals there may be',
      formOf([money('a', { max: '0.0000001' })]),
      {
        path: 'sections[0].fields[0].max',
        code: 'TOO_PRECISE',
        params: { limit: 6 },
      },
    ],
    [
      'too precise an amount in 元',
      formOf([money('a', { unit: '元', min: '0.001' })]),
      {
        path: 'sections[0].fields[0].min',
        code: 'TOO_PRECISE',
        params: { limit: 2 },
      },
    ],
    [
      'no amount at all: nothing',
      formOf([money('a', { min: 'x' })]),
      {
        path: 'sections[0].fields[0].min',
        code: 'NOT_A_DECIMAL',
        params: {},
      },
    ],
    [
      'a fixed cell of what is no text: its column',
      firstRow([date('d')], { fixed: { d: '2022-01-01' } }),
      {
        path: 'sections[0].fields[0].firstRow.fixed.d',
        code: 'WRONG_FIELD_TYPE',
        params: { field: 'd' },
      },
    ],
    [
      'a fixed cell longer than its column: how long it may be',
      firstRow([text('c')], { fixed: { c: '字'.repeat(11) } }),
      {
        path: 'sections[0].fields[0].firstRow.fixed.c',
        code: 'TOO_LONG',
        params: { limit: 10 },
      },
    ],
    [
      'a fixed cell of no column',
      firstRow([text('c')], { fixed: { no: 'x' } }),
      {
        path: 'sections[0].fields[0].firstRow.fixed.no',
        code: 'UNKNOWN_FIELD',
        params: { field: 'no' },
      },
    ],
    [
      'a cell of no column that repeats a field',
      firstRow([text('c')], { sameAs: { no: 'a' } }, text('a')),
      {
        path: 'sections[0].fields[0].firstRow.sameAs.no',
        code: 'UNKNOWN_FIELD',
        params: { field: 'no' },
      },
    ],
    [
      'a cell that repeats no field',
      firstRow([text('c')], { sameAs: { c: 'no' } }),
      {
        path: 'sections[0].fields[0].firstRow.sameAs.c',
        code: 'UNKNOWN_FIELD',
        params: { field: 'no' },
      },
    ],
    [
      'a cell that repeats a field of another type',
      firstRow([text('c')], { sameAs: { c: 'a' } }, date('a')),
      {
        path: 'sections[0].fields[0].firstRow.sameAs.c',
        code: 'WRONG_FIELD_TYPE',
        params: { field: 'a' },
      },
    ],
    [
      'an amount that repeats one in another unit',
      firstRow([money('c')], { sameAs: { c: 'a' } }, money('a', { unit: '元' })),
      {
        path: 'sections[0].fields[0].firstRow.sameAs.c',
        code: 'WRONG_FIELD_TYPE',
        params: { field: 'a' },
      },
    ],
    [
      'several choices, which no cell repeats',
      firstRow([choices('c', 'x', 'y')], { sameAs: { c: 'a' } }, choices('a', 'x', 'y')),
      {
        path: 'sections[0].fields[0].firstRow.sameAs.c',
        code: 'WRONG_FIELD_TYPE',
        params: { field: 'a' },
      },
    ],
    [
      'a start that does not fit',
      formOf([text('a', { maxLength: 90, format: 'email', prefill: 'unit.phone' })]),
      {
        path: 'sections[0].fields[0].prefill',
        code: 'WRONG_FIELD_TYPE',
        params: { field: 'a' },
      },
    ],
    [
      'a start that is longer than its field: how long it is',
      formOf([text('a', { prefill: 'unit.uscc' })]),
      {
        path: 'sections[0].fields[0].maxLength',
        code: 'TOO_SMALL',
        params: { limit: 18 },
      },
    ],
    [
      'a rule about no field',
      formWith([{ kind: 'withinAmount', field: 'no' }], text('a')),
      {
        path: 'rules[0].field',
        code: 'UNKNOWN_FIELD',
        params: { field: 'no' },
      },
    ],
    [
      'a rule about a field of another type',
      formWith([{ kind: 'withinAmount', field: 'a' }], text('a')),
      {
        path: 'rules[0].field',
        code: 'WRONG_FIELD_TYPE',
        params: { field: 'a' },
      },
    ],
    [
      'a sum over no column',
      formWith([{ kind: 'columnSum', table: 't', column: 'no', total: 'a' }], table('t', [text('c')]), money('a')),
      {
        path: 'rules[0].column',
        code: 'UNKNOWN_FIELD',
        params: { field: 'no' },
      },
    ],
    [
      'a sum over a column that is no amount',
      formWith([{ kind: 'columnSum', table: 't', column: 'c', total: 'a' }], table('t', [text('c')]), money('a')),
      {
        path: 'rules[0].column',
        code: 'WRONG_FIELD_TYPE',
        params: { field: 'c' },
      },
    ],
    [
      'a rule in CEL that shows at no field',
      formWith([{ kind: 'check', rule: 'true', fields: ['no'], message: 'x' }], text('a')),
      {
        path: 'rules[0].fields[0]',
        code: 'UNKNOWN_FIELD',
        params: { field: 'no' },
      },
    ],
    [
      'a condition on no field',
      formOf([text('a', { visibleWhen: { field: 'no', in: ['x'] } })]),
      {
        path: 'sections[0].fields[0].visibleWhen.field',
        code: 'UNKNOWN_FIELD',
        params: { field: 'no' },
      },
    ],
    [
      'a condition on what has no options',
      formOf([text('b'), text('a', { visibleWhen: { field: 'b', in: ['x'] } })]),
      {
        path: 'sections[0].fields[1].visibleWhen.field',
        code: 'WRONG_FIELD_TYPE',
        params: { field: 'b' },
      },
    ],
    [
      'a condition on no option: the label of what has them',
      formOf([choice('b', 'x'), text('a', { visibleWhen: { field: 'b', in: ['y'] } })]),
      {
        path: 'sections[0].fields[1].visibleWhen.in[0]',
        code: 'NOT_AN_OPTION',
        params: { label: 'b' },
      },
    ],
    [
      'a field that waits for itself: its label',
      formOf([boolean('a', { visibleWhen: { field: 'a', in: [true] } })]),
      {
        path: 'sections[0].fields[0].visibleWhen',
        code: 'UNREACHABLE',
        params: { label: 'a' },
      },
    ],
  ])('%s', (_, form, fault) => {
    expect(checkForm(form, '')).toEqual([fault]);
  });

  it.each<[what: string, form: ReturnType<typeof formOf>]>([
    [
      'a fixed cell as long as its column takes, by characters',
      firstRow([text('c')], { fixed: { c: '𠮷'.repeat(10) } }),
    ],
    ['an amount that repeats one in its unit', firstRow([money('c')], { sameAs: { c: 'a' } }, money('a'))],
    ['a start as long as its field', formOf([text('a', { maxLength: 18, prefill: 'unit.uscc' })])],
    ['a start of no certain length in a short field', formOf([text('a', { prefill: 'unit.name' })])],
    ['a date that starts with a date', formOf([date('a', { prefill: 'unit.foundedOn' })])],
    ['whole numbers in order', formWith([{ kind: 'order', fields: ['a', 'b'] }], integer('a'), integer('b'))],
    [
      'yes and no as a condition',
      formOf([boolean('b'), text('a', { visibleWhen: { field: 'b', in: [true, false] } })]),
    ],
  ])('nothing of %s', (_, form) => {
    expect(checkForm(form, '')).toEqual([]);
  });

  it('counts no more faults than are listed', () => {
    const fields = Array.from({ length: 30 }, (_, index) => choice(`f${index}`, ...Array<string>(50).fill('x')));
    expect(checkForm(formOf(fields), '')).toHaveLength(MAX_FAULTS);
  });
});
