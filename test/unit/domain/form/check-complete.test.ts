import { describe, expect, it } from 'vitest';
import type { Decision } from '#shared/domain/expression/facts.ts';
import { checkComplete } from '#shared/domain/form/check-complete.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import type { DecideAnswers } from '#shared/domain/form/rules.ts';
import { formOf, formWith, options, parsedForm } from './forms.ts';
import { projectAnswers, projectForm } from './project-form.ts';

const one = (field: object, answer?: Answers[string]) =>
  checkComplete(formOf([{ key: 'it', label: '栏目', ...field }]), {}, answer === undefined ? {} : { it: answer });
const codes = (field: object, answer?: Answers[string]) => one(field, answer).map(({ code }) => code);
const told = (faults: ReturnType<typeof checkComplete>) => faults.map(({ path, code }) => `${path} ${code}`);

const text = { type: 'text', maxLength: 20 };
const topics = { type: 'choices', options: options('a', 'b', 'c'), min: 2, max: 2 };
const members = {
  type: 'table',
  minRows: 2,
  maxRows: 3,
  columns: [{ key: 'name', label: '姓名', required: true, ...text }],
};

describe('checkComplete of one answer', () => {
  it.each([
    ['a text', text],
    ['a date', { type: 'date' }],
    ['an integer', { type: 'integer' }],
    ['an amount', { type: 'money', unit: '元' }],
    ['a choice', { type: 'choice', options: options('a') }],
    ['choices', topics],
    ['a yes or no', { type: 'boolean' }],
    ['a table', members],
  ])('asks for %s only where it is required', (_, field) => {
    expect(one(field)).toEqual([]);
    expect(one({ ...field, required: true, clause: '第三条' })).toEqual([
      { path: 'it', code: 'REQUIRED', params: { label: '栏目' }, clause: '第三条' },
    ]);
  });

  it.each([
    ['an empty text', text, ''],
    ['a text of blanks, wide ones too', { ...text, multiline: true }, ' \u3000\n\t'],
    ['no choice', topics, []],
    ['a table without rows', members, []],
  ])('takes %s for no answer', (_, field, answer) => {
    expect(codes({ ...field, required: true }, answer)).toEqual(['REQUIRED']);
    expect(codes(field, answer)).toEqual([]);
  });

  it.each([
    ['0', { type: 'integer' }, 0],
    ['a no', { type: 'boolean' }, false],
    ['an amount of 0', { type: 'money', unit: '元' }, '0'],
  ])('takes %s for an answer', (_, field, answer) => {
    expect(codes({ ...field, required: true }, answer)).toEqual([]);
  });

  it.each([
    ['a text that is too short', { ...text, minLength: 3 }, '𠮷𠮷', 'TOO_SHORT', { limit: 3 }],
    ['a malformed number', { ...text, format: 'mobile-cn' }, '1380000000', 'FORMAT', { format: 'mobile-cn' }],
    ['an integer below its bound', { type: 'integer', min: 0, unit: '人' }, -1, 'TOO_SMALL', { limit: 0, unit: '人' }],
    ['an integer above its bound', { type: 'integer', max: 0 }, 1, 'TOO_LARGE', { limit: 0 }],
    [
      'an amount below its bound',
      { type: 'money', unit: '万元', min: '0.5' },
      '0.499999',
      'TOO_SMALL',
      { limit: '0.5', unit: '万元' },
    ],
    [
      'an amount above its bound',
      { type: 'money', unit: '元', max: '9.9' },
      '10',
      'TOO_LARGE',
      { limit: '9.9', unit: '元' },
    ],
    ['too few choices', topics, ['a'], 'TOO_FEW', { limit: 2 }],
    ['too many choices', topics, ['a', 'b', 'c'], 'TOO_MANY', { limit: 2 }],
    ['too few rows', members, [{ name: 'a' }], 'TOO_FEW', { limit: 2 }],
  ])('refuses %s', (_, field, answer, code, params) => {
    expect(one(field, answer)).toEqual([{ path: 'it', code, params: { label: '栏目', ...params } }]);
  });

  it('takes any amount where only the other end is bounded', () => {
    expect(codes({ type: 'money', unit: '元', min: '1' }, '99999')).toEqual([]);
    expect(codes({ type: 'money', unit: '元', max: '1' }, '0')).toEqual([]);
    expect(codes({ type: 'integer', min: 1 }, 99_999)).toEqual([]);
    expect(codes({ type: 'integer', max: 1 }, -99_999)).toEqual([]);
  });

  it('takes bounds as allowed', () => {
    expect(codes({ type: 'integer', min: 1, max: 1 }, 1)).toEqual([]);
    expect(codes({ type: 'money', unit: '元', min: '1.10', max: '1.1' }, '1.1')).toEqual([]);
    expect(codes({ ...text, minLength: 2 }, '𠮷𠮷')).toEqual([]);
    expect(codes(topics, ['a', 'c'])).toEqual([]);
  });

  it('asks for the required columns of every row', () => {
    expect(one(members, [{ name: 'a' }, {}, { name: ' ' }]).map(({ path, code }) => [path, code])).toEqual([
      ['it[1].name', 'REQUIRED'],
      ['it[2].name', 'REQUIRED'],
    ]);
  });
});

describe('checkComplete of a form', () => {
  it('finds nothing wrong with complete answers', () => {
    const form = projectForm();
    const { answers, dropped, faults } = checkShape(form, undefined, projectAnswers());
    expect({ dropped, faults }).toEqual({ dropped: [], faults: [] });
    expect(checkComplete(form, { amountCeilingFen: 2_000_000n }, answers)).toEqual([]);
  });

  it('lists everything that an empty draft lacks, and nothing that is hidden', () => {
    expect(told(checkComplete(projectForm(), {}, {}))).toEqual(
      [
        'unitName',
        'uscc',
        'foundedOn',
        'projectName',
        'kind',
        'leader',
        'startsOn',
        'endsOn',
        'content',
        'participants',
        'total',
        'requested',
        'budget',
      ].map((key) => `${key} REQUIRED`),
    );
  });

  it('asks for what an answer brings into view, and passes over what it hides', () => {
    const answers = { ...projectAnswers(), kind: '党建', hasSite: true };
    expect(told(checkComplete(projectForm(), {}, answers))).toEqual(['siteArea REQUIRED']);
    expect(told(checkComplete(projectForm(), {}, { ...answers, hasSite: false }))).toEqual([]);
  });

  it('lists the faults of fields, rows and rules at once', () => {
    const answers: Answers = {
      ...projectAnswers(),
      uscc: '91350100M000100Y44',
      members: 0,
      services: ['咨询'],
      content: '太短',
      doneOn: '2022-10-30',
      participants: [{ name: '别人' }],
      own: '0.4',
      budget: [{ item: '专家费', amount: '2.4' }, { amount: '0.2' }],
    };
    expect(told(checkComplete(projectForm(), { amountCeilingFen: 1_999_999n }, answers))).toEqual([
      'uscc FORMAT',
      'members TOO_SMALL',
      'services TOO_FEW',
      'content TOO_SHORT',
      'participants TOO_FEW',
      'participants[0].name FIRST_ROW',
      'participants[0].remark FIRST_ROW',
      'budget[1].item REQUIRED',
      'total SUM_MISMATCH',
      'budget COLUMN_SUM_MISMATCH',
      'doneOn OUT_OF_ORDER',
      'requested ABOVE_AMOUNT',
    ]);
  });

  it('never gives an answer back', () => {
    const answers: Answers = {
      ...projectAnswers(),
      unitName: ' ',
      phone: 'SECRET-1',
      leader: 'SECRET-2',
      content: 'SECRET-3',
      own: '777.77',
      doneOn: '1999-09-09',
      participants: [{ name: 'SECRET-4', remark: 'SECRET-5' }],
    };
    const faults = checkComplete(projectForm(), { fixed: { kind: '党建' }, amountCeilingFen: 1n }, answers);
    expect(faults.length).toBeGreaterThan(6);
    expect(JSON.stringify(faults)).not.toMatch(/SECRET|777|1999/);
  });

  it('refuses another answer than the one the category fixes', () => {
    expect(checkComplete(projectForm(), { fixed: { kind: '学术交流' } }, projectAnswers())).toEqual([
      { path: 'kind', code: 'FIXED_VALUE', params: { label: '项目类型', expected: '学术交流' } },
    ]);
  });

  it('says no more than it must about answers that never passed the shape check', () => {
    const odd: Answers = { ...projectAnswers(), total: 'many', own: 'x', startsOn: 5, budget: 'none', participants: 1 };
    expect(told(checkComplete(projectForm(), {}, odd))).toContain('budget REQUIRED');
  });

  it.each<[what: string, field: object, answer: Answers[string]]>([
    ['a number for a text', { ...text, minLength: 3, format: 'email' }, 5],
    ['a text for an integer', { type: 'integer', min: 5, max: 3 }, '4'],
    ['a number for an amount', { type: 'money', unit: '元', min: '5', max: '3' }, 4],
    ['words for an amount', { type: 'money', unit: '元', min: '5', max: '3' }, '四'],
    ['a text for choices', topics, 'a'],
    ['a yes for choices', topics, true],
    ['rows for choices', topics, [{ a: 1 }]],
    ['rows for a text', { ...text, minLength: 3 }, [{ a: 'a' }]],
    ['a number for a date', { type: 'date' }, 5],
    ['a number for a choice', { type: 'choice', options: options('a') }, 5],
    ['a text for a yes or no', { type: 'boolean' }, 'a'],
    ['a text for a table', members, 'a'],
    ['choices for a table', members, ['a']],
  ])('says nothing of %s, which the shape check refuses', (_, field, answer) => {
    expect(one(field, answer)).toEqual([]);
  });

  it.each<[what: string, field: object, answer: Answers[string]]>([
    ['rows for choices', topics, [{ a: 1 }]],
    ['a text for a table', members, 'a'],
    ['choices for a table', members, ['a']],
  ])('takes %s for no answer', (_, field, answer) => {
    expect(codes({ ...field, required: true }, answer)).toEqual(['REQUIRED']);
  });
});

describe('the first row of a table', () => {
  const columns = [
    { key: 'name', label: '姓名', ...text },
    { key: 'role', label: '备注', ...text, required: true },
  ];
  const form = formOf([
    { key: 'leader', label: '负责人', ...text },
    {
      key: 'team',
      label: '人员',
      type: 'table',
      maxRows: 3,
      columns,
      firstRow: { sameAs: { name: 'leader' }, fixed: { role: '负责人' } },
    },
  ]);
  const faults = (answers: Answers) => checkComplete(form, {}, answers);

  it('repeats the named answer and holds the fixed text, but for blanks around them', () => {
    expect(faults({ leader: '甲 ', team: [{ name: '甲', role: ' 负责人' }] })).toEqual([]);
  });

  it('is told by the label of the field it repeats', () => {
    expect(faults({ leader: '甲', team: [{ name: '乙', role: '成员' }, { role: '成员' }] })).toEqual([
      { path: 'team[0].name', code: 'FIRST_ROW', params: { of: 'field', label: '姓名', expected: '负责人' } },
      { path: 'team[0].role', code: 'FIRST_ROW', params: { label: '备注', expected: '负责人' } },
    ]);
  });

  it('must repeat an answer even where its column may be left blank elsewhere', () => {
    expect(told(faults({ leader: '甲', team: [{ role: '负责人' }] }))).toEqual(['team[0].name FIRST_ROW']);
  });

  it('is asked for once where a required cell is missing', () => {
    expect(told(faults({ leader: '甲', team: [{ name: '甲' }] }))).toEqual(['team[0].role REQUIRED']);
  });

  it('says nothing while the answer it repeats is missing', () => {
    expect(faults({ team: [{ name: '乙', role: '负责人' }] })).toEqual([]);
  });
});

describe('a first row of what is no text', () => {
  const figures = (more: object) =>
    formOf([
      { key: 'count', label: '人数', type: 'integer' },
      { key: 'sure', label: '确认', type: 'boolean' },
      { key: 'rows', label: '表', type: 'table', maxRows: 2, columns: [{ key: 'it', label: '栏', ...more }] },
    ]);

  it.each<[what: string, repeated: string, answers: Answers, expected: readonly string[]]>([
    ['the same number', 'count', { count: 0, rows: [{ it: 0 }] }, []],
    ['another number', 'count', { count: 0, rows: [{ it: 1 }] }, ['rows[0].it FIRST_ROW']],
    ['the digits of a number', 'count', { count: 1, rows: [{ it: '1' }] }, ['rows[0].it FIRST_ROW']],
    ['the same no', 'sure', { sure: false, rows: [{ it: false }] }, []],
    ['a yes for a no', 'sure', { sure: false, rows: [{ it: true }] }, ['rows[0].it FIRST_ROW']],
    ['another number in the second row', 'count', { count: 1, rows: [{ it: 1 }, { it: 2 }] }, []],
    ['rows, which no cell repeats', 'rows', { rows: [{ it: 1 }] }, []],
    ['an answer to no field', 'nothing', { nothing: 5, rows: [{ it: 1 }] }, ['rows[0].it FIRST_ROW']],
  ])('is held to %s', (_, repeated, answers, expected) => {
    const form = figures({ type: repeated === 'sure' ? 'boolean' : 'integer' });
    const [section] = form.sections;
    const fields = section?.fields.map((field) =>
      field.type === 'table' ? { ...field, firstRow: { sameAs: { it: repeated } } } : field,
    );
    expect(told(checkComplete(formOf(fields ?? []), {}, answers))).toEqual(expected);
  });

  it('leaves the columns alone that it says nothing of', () => {
    const form = formOf([
      {
        ...{ key: 'rows', label: '表', type: 'table', maxRows: 2, firstRow: { fixed: { a: '甲' } } },
        columns: [
          { key: 'a', label: '一', ...text },
          { key: 'b', label: '二', ...text },
        ],
      },
    ]);
    expect(checkComplete(form, {}, { rows: [{ a: '甲', b: '乙' }] })).toEqual([]);
  });
});

describe('rules between fields', () => {
  const money = (key: string, more: object = {}) => ({ key, label: key, type: 'money', unit: '万元', ...more });
  const yuan = (key: string, more: object = {}) => money(key, { unit: '元', ...more });

  describe('sum', () => {
    const form = formWith(
      [{ kind: 'sum', total: 'total', parts: ['a', 'b'], clause: '七' }],
      money('total'),
      yuan('a'),
      { key: 'b', label: '乙', type: 'money', unit: '万元', visibleWhen: { field: 'more', in: [true] } },
      { key: 'more', label: 'more', type: 'boolean' },
    );

    it('adds amounts of either unit exactly', () => {
      expect(checkComplete(form, {}, { total: '0.3', a: '1000', b: '0.2', more: true })).toEqual([]);
      expect(checkComplete(form, {}, { total: '0.300001', a: '1000', b: '0.2', more: true })).toEqual([
        {
          path: 'total',
          code: 'SUM_MISMATCH',
          params: { label: 'total', total: 'total', parts: '“a”、“乙”' },
          clause: '七',
        },
      ]);
    });

    it('counts a part nobody has to fill in, or that is hidden, as nothing', () => {
      expect(checkComplete(form, {}, { total: '0.1', a: '1000', more: true })).toEqual([]);
      expect(checkComplete(form, {}, { total: '0.1', a: '1000', b: '9', more: false })).toEqual([]);
    });

    it('is told of a sum that such a part leaves wrong', () => {
      expect(told(checkComplete(form, {}, { total: '0.2', a: '1000', more: true }))).toEqual(['total SUM_MISMATCH']);
      expect(told(checkComplete(form, {}, { total: '0.2', a: '1000', b: '0.1', more: false }))).toEqual([
        'total SUM_MISMATCH',
      ]);
    });

    it('waits for no required part that is hidden', () => {
      const hidden = formWith(
        [{ kind: 'sum', total: 'total', parts: ['a', 'b'] }],
        money('total'),
        money('a'),
        money('b', { required: true, visibleWhen: { field: 'more', in: [true] } }),
        { key: 'more', label: 'more', type: 'boolean' },
      );
      expect(told(checkComplete(hidden, {}, { total: '2', a: '1', more: false }))).toEqual(['total SUM_MISMATCH']);
      expect(told(checkComplete(hidden, {}, { total: '2', a: '1', more: true }))).toEqual(['b REQUIRED']);
    });

    it('is silent while the total or all parts are missing', () => {
      expect(checkComplete(form, {}, { a: '1' })).toEqual([]);
      expect(checkComplete(form, {}, { total: '1' })).toEqual([]);
    });

    it('is silent while a required part is missing', () => {
      const strict = formWith(
        [{ kind: 'sum', total: 'total', parts: ['a', 'b'] }],
        money('total'),
        money('a', { required: true }),
        money('b'),
      );
      expect(told(checkComplete(strict, {}, { total: '1', b: '2' }))).toEqual(['a REQUIRED']);
    });
  });

  describe('columnSum', () => {
    const form = (required: boolean) =>
      formWith([{ kind: 'columnSum', table: 'lines', column: 'amount', total: 'total' }], money('total'), {
        key: 'lines',
        label: '预算表',
        type: 'table',
        maxRows: 500,
        columns: [yuan('amount', { required }), { key: 'note', label: '备注', ...text }],
      });

    it('adds up the rows exactly', () => {
      const lines = Array.from({ length: 500 }, () => ({ amount: '0.1' }));
      expect(checkComplete(form(true), {}, { total: '0.005', lines })).toEqual([]);
      expect(told(checkComplete(form(true), {}, { total: '0.005', lines: lines.slice(1) }))).toEqual([
        'lines COLUMN_SUM_MISMATCH',
      ]);
    });

    it('counts an optional cell left blank as nothing, and waits for a required one', () => {
      const answers = { total: '1', lines: [{ amount: '10000' }, { note: '无' }] };
      expect(checkComplete(form(false), {}, answers)).toEqual([]);
      expect(told(checkComplete(form(false), {}, { ...answers, total: '2' }))).toEqual(['lines COLUMN_SUM_MISMATCH']);
      expect(told(checkComplete(form(true), {}, { ...answers, total: '2' }))).toEqual(['lines[1].amount REQUIRED']);
    });

    it('is silent without rows or without a total', () => {
      expect(checkComplete(form(true), {}, { total: '1', lines: [] })).toEqual([]);
      expect(checkComplete(form(true), {}, { lines: [{ amount: '1' }] })).toEqual([]);
    });
  });

  describe('order', () => {
    const dates = ['from', 'until', 'done'].map((key) => ({ key, label: key, type: 'date' }));
    const form = formWith([{ kind: 'order', fields: ['from', 'until', 'done'] }], ...dates);

    it('lets equal dates pass and names the later field of a pair out of order', () => {
      expect(checkComplete(form, {}, { from: '2022-04-01', until: '2022-04-01', done: '2022-04-02' })).toEqual([]);
      expect(checkComplete(form, {}, { from: '2022-04-01', until: '2022-03-31', done: '2022-04-02' })).toEqual([
        { path: 'until', code: 'OUT_OF_ORDER', params: { label: 'until', after: 'from' } },
      ]);
    });

    it('compares across a date that is missing', () => {
      expect(told(checkComplete(form, {}, { from: '2022-04-01', done: '2022-03-31' }))).toEqual(['done OUT_OF_ORDER']);
    });

    it('compares amounts by value and not by their text', () => {
      const amounts = formWith([{ kind: 'order', fields: ['low', 'high'] }], money('low'), yuan('high'));
      expect(checkComplete(amounts, {}, { low: '9', high: '100000' })).toEqual([]);
      expect(told(checkComplete(amounts, {}, { low: '10', high: '99999.99' }))).toEqual(['high OUT_OF_ORDER']);
    });

    it('compares integers', () => {
      const counts = ['few', 'many'].map((key) => ({ key, label: key, type: 'integer' }));
      const form = formWith([{ kind: 'order', fields: ['few', 'many'] }], ...counts);
      expect(checkComplete(form, {}, { few: 9, many: 10 })).toEqual([]);
      expect(told(checkComplete(form, {}, { few: 10, many: 9 }))).toEqual(['many OUT_OF_ORDER']);
    });
  });

  describe('withinAmount', () => {
    const form = formWith([{ kind: 'withinAmount', field: 'requested', clause: '（4）' }], money('requested'));

    it('lets the ceiling itself pass and refuses one 分 more, with the ceiling in the unit of the field', () => {
      expect(checkComplete(form, { amountCeilingFen: 2_000_000n }, { requested: '2' })).toEqual([]);
      expect(checkComplete(form, { amountCeilingFen: 2_000_000n }, { requested: '2.000001' })).toEqual([
        {
          path: 'requested',
          code: 'ABOVE_AMOUNT',
          params: { label: 'requested', limit: '2', unit: '万元' },
          clause: '（4）',
        },
      ]);
    });

    it('is silent where the notice leaves the amount open', () => {
      expect(checkComplete(form, {}, { requested: '999' })).toEqual([]);
    });
  });

  describe('check', () => {
    const rule = 'answers.few <= answers.many';
    const counts = ['few', 'many'].map((key) => ({ key, label: key, type: 'integer', clause: '二' }));
    const form = formWith([{ kind: 'check', rule, message: '少的不能多于多的', fields: ['many', 'few'] }], ...counts);
    const deciding = (decision: Decision) => {
      const asked: unknown[] = [];
      const decide: DecideAnswers = (...question) => {
        asked.push(question);
        return decision;
      };
      return { asked, faults: checkComplete(form, { decide }, { few: 3, many: 2 }) };
    };

    it('says its message at its first field, and names the others', () => {
      const { asked, faults } = deciding('notMet');
      expect(asked).toEqual([[rule, { few: 3, many: 2 }]]);
      expect(faults).toEqual([
        {
          path: 'many',
          code: 'RULE_NOT_MET',
          params: { label: 'many', message: '少的不能多于多的', fields: '“few”' },
          clause: '二',
        },
      ]);
    });

    it('is silent where it is met or undecided, as where nobody decides', () => {
      expect(deciding('met').faults).toEqual([]);
      expect(deciding('undecided').faults).toEqual([]);
      expect(checkComplete(form, {}, { few: 3, many: 2 })).toEqual([]);
    });

    it('reads visible answers alone', () => {
      const hidden = formWith(
        [{ kind: 'check', rule: 'true', message: '不符', fields: ['kind'] }],
        { key: 'kind', label: '类型', type: 'choice', options: options('a', 'b') },
        { key: 'more', label: '说明', ...text, visibleWhen: { field: 'kind', in: ['a'] } },
      );
      const read: Answers[] = [];
      const decide: DecideAnswers = (_, answers) => {
        read.push(answers);
        return 'met';
      };
      checkComplete(hidden, { decide }, { kind: 'b', more: '说明' });
      expect(read.map((answers) => ({ ...answers }))).toEqual([{ kind: 'b' }]);
    });
  });
});

describe('rules of a form that nobody checked', () => {
  const form = (rule: object) =>
    parsedForm({
      title: '申报书',
      rules: [rule],
      sections: [
        {
          title: '一',
          fields: [
            ...['total', 'part'].map((key) => ({ key, label: key, type: 'money', unit: '元' })),
            { key: 'count', label: '人数', type: 'integer' },
            { key: 'name', label: '名称', ...text },
            {
              ...{ key: 'rows', label: '表', type: 'table', maxRows: 2 },
              columns: [{ key: 'note', label: '备注', ...text }],
            },
          ],
        },
      ],
    });
  const answers = { total: '5', part: '4', count: 1, name: '3', rows: [{ note: '2' }] };

  it.each<[rule: object]>([
    [{ kind: 'sum', total: 'nothing', parts: ['part'] }],
    [{ kind: 'sum', total: 'name', parts: ['part'] }],
    [{ kind: 'sum', total: 'total', parts: ['nothing', 'name'] }],
    [{ kind: 'columnSum', table: 'nothing', column: 'note', total: 'total' }],
    [{ kind: 'columnSum', table: 'name', column: 'note', total: 'total' }],
    [{ kind: 'columnSum', table: 'rows', column: 'nothing', total: 'total' }],
    [{ kind: 'columnSum', table: 'rows', column: 'note', total: 'total' }],
    [{ kind: 'order', fields: ['total', 'nothing', 'name', 'count'] }],
    [{ kind: 'order', fields: ['count', 'rows'] }],
    [{ kind: 'withinAmount', field: 'nothing' }],
    [{ kind: 'withinAmount', field: 'name' }],
  ])('say nothing: %j', (rule) => {
    expect(checkComplete(form(rule), { amountCeilingFen: 1n }, answers)).toEqual([]);
  });

  it('name a part of a sum that is not there by its key', () => {
    expect(checkComplete(form({ kind: 'sum', total: 'total', parts: ['part', 'nothing'] }), {}, answers)).toEqual([
      { path: 'total', code: 'SUM_MISMATCH', params: { label: 'total', total: 'total', parts: '“part”、“nothing”' } },
    ]);
  });

  it('in CEL show at the key itself where there is no such field', () => {
    const check = form({ kind: 'check', rule: 'false', message: '不符', fields: ['nothing'] });
    expect(checkComplete(check, { decide: () => 'notMet' }, answers)).toEqual([
      { path: 'nothing', code: 'RULE_NOT_MET', params: { label: 'nothing', message: '不符' } },
    ]);
  });

  it('about a column are told with the labels of the table, the column and the total', () => {
    const sums = formWith(
      [{ kind: 'columnSum', table: 'lines', column: 'fee', total: 'total' }],
      { key: 'total', label: '总额', type: 'money', unit: '元', clause: '五' },
      {
        ...{ key: 'lines', label: '明细', type: 'table', maxRows: 2, clause: '六' },
        columns: [{ key: 'fee', label: '金额', type: 'money', unit: '元' }],
      },
    );
    expect(checkComplete(sums, {}, { total: '5', lines: [{ fee: '4' }] })).toEqual([
      {
        path: 'lines',
        code: 'COLUMN_SUM_MISMATCH',
        params: { label: '明细', column: '金额', table: '明细', total: '总额' },
        clause: '六',
      },
    ]);
  });
});
