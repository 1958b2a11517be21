import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCategory, isGroup } from '#shared/domain/call/category-tree.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import type { ComparedRules } from '#shared/domain/changes/category-changes.ts';
import { changesBetween, changesForDraft, MOST_CHANGES } from '#shared/domain/changes/changes-between.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import { changeText, presentChanges } from '#shared/http/change-texts.ts';
import { callHead, writtenCall, writtenLeaf } from '#test/support/calls.ts';
import { runsOf, someOf } from '#test/support/property-runs.ts';
import { leavesOf as leavesOfCall, readCall } from '../../calls/read-call.ts';
import { options } from '../form/forms.ts';
import { generatedForm } from '../form/generated-forms.ts';
import { isHeading, leavesOf, type Place, partsOf, pathInForm, withItemRemoved, withLeafChanged } from './mutations.ts';

const rulesOf = (definition: CallDefinition, code: string, version = 1): ComparedRules & { version: number } => {
  const place = findCategory(definition.categories, code);
  const form = definition.forms[place?.category.form ?? ''];
  if (place === undefined || form === undefined) throw new Error(`no category ${code}`);
  return { version, call: definition, place, form: withDeclarations(form, definition, place) };
};

const written = (call: Record<string, unknown> = {}) => rulesOf(CallDefinition.parse(writtenCall(call)), '2-1');
const leaf = (overrides: Record<string, unknown>, group: Record<string, unknown> = {}) => ({
  categories: [
    {
      ...{ code: '2', title: '能力建设', ...group },
      categories: [{ code: '2-1', title: '重点学会建设', ...writtenLeaf, ...overrides }],
    },
  ],
});
const form = (...fields: readonly object[]) => ({
  forms: { apply: { title: '申报书', sections: [{ title: '一', fields }] } },
});
const text = (key: string, label: string, more: object = {}) => ({ key, label, type: 'text', maxLength: 200, ...more });

const told = (before: ComparedRules, after: ComparedRules, locale: 'zh' | 'en' = 'zh') =>
  changesBetween(before, after).map((change) => [change.path, change.kind, changeText(change, locale)]);

const CALLS = ['changde-2022', 'guangdong-2024', 'hunan-2022'];

const realRules = (name: string): ComparedRules[] => {
  const definition = readCall(name);
  return leavesOfCall(definition).map(({ code }) => rulesOf(definition, code));
};

/** One of each form: categories share them. */
const realForms = (name: string): ComparedRules[] =>
  Object.entries(readCall(name).forms).flatMap(([key, written]) => {
    const rules = realRules(name).find(({ place }) => place.category.form === key);
    return rules === undefined ? [] : [{ ...rules, form: written }];
  });

const pathsOf = (before: ComparedRules, after: ComparedRules): string[] =>
  changesBetween(before, after).map(({ path }) => path);

const within = (path: string) => (each: string) =>
  each === path || each.startsWith(`${path}.`) || each.startsWith(`${path}[`);

/** Everything of one form that can be another way, is told where it is. */
const expectEveryEditToBeTold = (rules: ComparedRules): void => {
  const { form, call, place: category } = rules;
  const asked = (written: ComparedRules['form']) => ({ ...rules, form: withDeclarations(written, call, category) });
  for (const place of someOf(leavesOf(form).filter((each) => !isHeading(each)))) {
    const paths = pathsOf(asked(form), asked(withLeafChanged(form, place)));
    expect(paths.filter(within(pathInForm(form, place))), place.join('.')).not.toEqual([]);
  }
  for (const place of someOf(partsOf(form))) {
    const paths = pathsOf(asked(form), asked(withItemRemoved(form, place)));
    expect(paths.filter(within(pathInForm(form, place))), `without ${place.join('.')}`).not.toEqual([]);
  }
};

/** The same of what lies beside the form, whose path begins with `prefix` and its own first steps. */
const expectEveryEditOf = <Part extends object>(
  part: Part,
  pathOf: (place: Place) => string,
  rules: ComparedRules,
  withPart: (part: Part) => ComparedRules,
): void => {
  for (const place of someOf(leavesOf(part))) {
    const paths = pathsOf(rules, withPart(withLeafChanged(part, place)));
    expect(paths.filter(within(pathOf(place))), place.join('.')).not.toEqual([]);
  }
  for (const place of someOf(partsOf(part))) {
    const paths = pathsOf(rules, withPart(withItemRemoved(part, place)));
    expect(paths.filter(within(pathOf(place))), `without ${place.join('.')}`).not.toEqual([]);
  }
};

describe('changes between versions', () => {
  test.each(CALLS)('of %s: none between a version and itself', (name) => {
    for (const rules of realRules(name)) expect(changesBetween(rules, structuredClone(rules))).toEqual([]);
  });

  test('none between any form and itself, and of any other one at most as many as are told, in either language', () => {
    fc.assert(
      fc.property(generatedForm(), generatedForm(), (one, other) => {
        const [before, after] = [one, other].map((each, index) => ({
          ...written(),
          version: index + 1,
          closes: callHead(),
          form: each,
        }));
        if (before === undefined || after === undefined) throw new Error('two forms were drawn');
        expect(changesBetween(before, structuredClone(before))).toEqual([]);
        for (const locale of ['zh', 'en'] as const) {
          const { changes } = presentChanges(changesForDraft(before, after, { answers: {}, attachments: [] }), locale);
          expect(changes.length).toBeLessThanOrEqual(MOST_CHANGES + 1);
          for (const { text: sentence } of changes) expect(sentence).not.toMatch(/undefined|NaN|\[object|—/);
        }
      }),
    );
  });

  test.each(CALLS)(
    'of %s: every edit of a form that changes what is asked is told where it is',
    (name) => {
      for (const rules of realForms(name)) expectEveryEditToBeTold(rules);
      expect.hasAssertions();
    },
    60_000,
  );

  test('of any form: every edit that changes what is asked is told where it is', () => {
    fc.assert(
      fc.property(generatedForm(), (each) => {
        expectEveryEditToBeTold({ ...written(), form: each });
      }),
      { numRuns: runsOf(30) },
    );
  }, 60_000);

  test.each(CALLS)(
    'of %s: every edit of a category, of its groups and of the call is told where it is',
    (name) => {
      for (const rules of realRules(name)) {
        const { place, call } = rules;
        const { category } = place;
        const inCategory = ([first, index]: Place): string =>
          first === 'materials' ? `materials.${category.materials[Number(index)]?.key}` : String(first);
        expectEveryEditOf(category, inCategory, rules, (next) => {
          return { ...rules, place: { category: next, path: [...place.path.slice(0, -1), next] } };
        });
        const [group] = place.path.filter(isGroup);
        if (group !== undefined) {
          expectEveryEditOf(
            group,
            ([first]) => `groups.${group.code}.${first}`,
            rules,
            (next) => {
              return { ...rules, place: { ...place, path: place.path.map((node) => (node === group ? next : node)) } };
            },
          );
        }
        const { limitPerUnit, fiscalYear, joint, history, conditions } = call;
        const ofCall = {
          limitPerUnit,
          fiscalYear,
          history,
          conditions,
          ...(category.joint === undefined ? { joint } : {}),
        };
        const inCall = ([first]: Place): string => (first === 'joint' ? 'joint' : `call.${first}`);
        expectEveryEditOf(ofCall, inCall, rules, (next) => ({ ...rules, call: { ...call, ...next } }));
      }
      expect.hasAssertions();
    },
    60_000,
  );

  test('are said as a secretary needs them: fields', () => {
    const before = written(
      form(
        text('name', '项目名称'),
        text('theme', '主题'),
        { key: 'kind', label: '项目类型', type: 'choice', options: options('党建', '学术') },
        { key: 'days', label: '天数', type: 'integer', max: 3, unit: '天' },
        { key: 'people', label: '人员', type: 'table', maxRows: 5, columns: [text('who', '姓名')] },
      ),
    );
    const after = written(
      form(
        text('name', '项目名称', { maxLength: 100, format: 'email' }),
        { key: 'kind', label: '类别', type: 'choice', required: true, options: options('党建', '科普') },
        { key: 'days', label: '天数', type: 'text', maxLength: 9 },
        text('place', '会议地点', { required: true, visibleWhen: { field: 'kind', in: ['党建'] } }),
        {
          key: 'people',
          label: '人员',
          type: 'table',
          maxRows: 3,
          columns: [text('who', '姓名'), text('post', '职务')],
        },
      ),
    );
    expect(told(before, after)).toEqual([
      ['form.name.maxLength', 'changed', '“项目名称”的字数上限由 200 改为 100。'],
      ['form.name.format', 'added', '“项目名称”新增格式：“电子邮箱”。'],
      ['form.kind.label', 'changed', '“项目类型”改名为“类别”。'],
      ['form.kind.required', 'changed', '“类别”改为必填（必交）。'],
      ['form.kind.options[1]', 'added', '“类别”新增选项“科普”。'],
      ['form.kind.options[1]', 'removed', '“类别”删除了选项“学术”。'],
      ['form.days.type', 'changed', '“天数”的类型由 “整数” 改为 “文字”。'],
      ['form.place', 'added', '新增必填项“会议地点”。'],
      ['form.people.maxRows', 'changed', '“人员”的行数上限由 5 改为 3。'],
      ['form.people.columns.post', 'added', '“人员”新增选填列“职务”。'],
      ['form.theme', 'removed', '删除了填报项“主题”。'],
    ]);
    expect(told(before, after, 'en').map(([, , sentence]) => sentence)).toContain('New required field "会议地点".');
  });

  test('are said as a secretary needs them: category, group and call', () => {
    const joint = { allowed: true, maxPartners: 3 };
    const material = (key: string, more: object = {}) => ({
      key,
      title: key,
      accept: ['pdf'],
      maxSize: '20MB',
      ...more,
    });
    const before = written({
      ...leaf({
        materials: [material('agreement'), material('plan')],
        amount: { kind: 'cap', max: '1', unit: '万元' },
      }),
      joint,
    });
    const after = written({
      ...leaf(
        {
          materials: [material('plan', { required: true, maxSize: '500KB', accept: ['pdf', 'docx'] })],
          amount: { kind: 'range', min: '5', max: '10', unit: '万元' },
          period: { text: '2022年12月31日前完成' },
          conditions: [{ text: '有活动场地', effect: 'gate', declare: 'hasVenue' }],
          indicators: [{ kind: 'bound', title: '参加人次', min: 100, unit: '人次' }],
          obligations: [{ text: '报总结', due: { kind: 'within', count: 1, unit: 'month', after: '论坛结束' } }],
        },
        { limitPerUnit: 1 },
      ),
      joint: { ...joint, partnersCount: true },
      limitPerUnit: 2,
      history: { overdue: {} },
    });
    expect(told(before, after)).toEqual([
      ['amount', 'changed', '本类别的经费额度由 不超过1万元 改为 5至10万元。'],
      ['period.text', 'changed', '本类别的项目周期由 “2022年11月30日前完成” 改为 “2022年12月31日前完成”。'],
      ['joint.partnersCount', 'changed', '本类别联合申报占用参加单位的申报数量。'],
      ['indicators[0]', 'added', '新增指标“参加人次”。'],
      ['conditions[0]', 'added', '新增申报条件：有活动场地。'],
      ['materials.plan.required', 'changed', '材料“plan”改为必填（必交）。'],
      ['materials.plan.accept', 'changed', '材料“plan”的文件类型由 “pdf” 改为 “pdf、docx”。'],
      ['materials.plan.maxSize', 'changed', '材料“plan”的大小上限由 20MB 改为 500KB。'],
      ['materials.agreement', 'removed', '删除了材料“agreement”。'],
      ['obligations[0]', 'added', '新增立项后的要求：报总结。'],
      ['groups.2.limitPerUnit', 'added', '上级类别“能力建设”新增每个单位的申报数量上限：1。'],
      ['call.limitPerUnit', 'changed', '本次申报的每个单位的申报数量上限由 3 改为 2。'],
      ['call.history.overdue', 'added', '本次申报新增对逾期义务的规定：“有逾期义务的单位不得申报”。'],
    ]);
  });

  test.each([
    [
      'form.sum.unit',
      form({ key: 'sum', label: '总额', type: 'money', unit: '元' }),
      form({ key: 'sum', label: '总额', type: 'money', unit: '万元' }),
    ],
    [
      'form.sum.type',
      form({ key: 'sum', label: '总额', type: 'date' }),
      form({ key: 'sum', label: '总额', type: 'boolean' }),
    ],
    ['quota', leaf({ quota: { kind: 'cap', max: 3 } }), leaf({ quota: { kind: 'soft', max: 3 } })],
    [
      'amount',
      leaf({ amount: { kind: 'cap', max: '1', unit: '万元' } }),
      leaf({ amount: { kind: 'fixed', value: '1', unit: '万元' } }),
    ],
    [
      'amount.payment',
      leaf({ amount: { kind: 'undetermined', payment: 'before' } }),
      leaf({ amount: { kind: 'undetermined', payment: 'after' } }),
    ],
    [
      'conditions[0].effect',
      leaf({ conditions: [{ text: '优先', effect: 'gate' }] }),
      leaf({ conditions: [{ text: '优先', effect: 'priority' }] }),
    ],
    [
      'conditions[0].rule',
      leaf({ conditions: [{ text: '等级', effect: 'gate', rule: 'unit.rating >= 3' }] }),
      leaf({ conditions: [{ text: '等级', effect: 'gate', rule: 'unit.rating >= 4' }] }),
    ],
    ['joint.allowed', { joint: { allowed: true } }, { joint: { allowed: false } }],
  ])('name %s where a kind, a unit or what decides is another one', (path, before, after) => {
    const changes = changesBetween(written(before), written(after));
    expect(changes.map((change) => change.path)).toContain(path);
    for (const locale of ['zh', 'en'] as const)
      expect(changes.map((change) => changeText(change, locale)).join()).not.toMatch(/undefined|\[object/);
  });

  test('tell long words in part, and a rule of the form in its words', () => {
    const before = written(
      form(text('name', '长'.repeat(90)), { key: 'own', label: '自筹', type: 'money', unit: '元' }),
    );
    const fields = [text('name', '名'), { key: 'own', label: '自筹', type: 'money', unit: '元' }];
    const rules = [{ kind: 'order', fields: ['own', 'own'] }];
    const after = written({ forms: { apply: { title: '申报书', sections: [{ title: '一', fields }], rules } } });
    expect(told(before, after)[0]).toEqual(['form.name.label', 'changed', `“${'长'.repeat(60)}…”改名为“名”。`]);
    expect(told(before, after).at(-1)).toEqual([
      'form.rules[0]',
      'added',
      '新增填报要求：“自筹”、“自筹”应依次不早于（不小于）前一项。',
    ]);
  });
});

describe('what a draft is told besides', () => {
  const file = (material: string, filename = '计划.pdf'): Attachment => ({
    ...{ attachmentId: material.padEnd(26, '0'), material, filename, contentType: 'application/pdf', size: 900_000 },
    ...{ sha256: 'ab'.repeat(32), state: 'admitted', versionId: 'v1', createdAt: '2022-03-10T00:00:00.000Z' },
  });
  const effectsOf = (before: ComparedRules, after: ComparedRules, answers: Answers, attachments: Attachment[] = []) => {
    const versions = [
      { ...before, version: 1, closes: callHead() },
      { ...after, version: 2, closes: callHead() },
    ] as const;
    return changesForDraft(...versions, { answers, attachments });
  };
  const sentences = (...told: Parameters<typeof effectsOf>) =>
    presentChanges(effectsOf(...told), 'zh')
      .changes.filter(({ text: sentence }) => sentence.startsWith('您'))
      .map(({ path, kind, text: sentence }) => [path, kind, sentence]);

  test('which of its answers is not needed any more, is hidden, or no longer fits', () => {
    const kind = { key: 'kind', label: '类型', type: 'choice', options: options('党建', '学术') };
    const before = written(form(text('name', '项目名称'), text('theme', '主题'), kind, text('branch', '支部')));
    const after = written(
      form(
        text('name', '项目名称', { maxLength: 3 }),
        kind,
        text('branch', '支部', { visibleWhen: { field: 'kind', in: ['党建'] } }),
        text('place', '地点', { required: true }),
      ),
    );
    const answers = { name: '学会能力提升', theme: '党建', kind: '学术', branch: '第一支部' };
    expect(sentences(before, after, answers)).toEqual([
      ['form.theme', 'removed', '您填写的“主题”不再需要，保存时请去掉。'],
      ['form.branch', 'removed', '您填写的“支部”不再需要，保存后会去掉。'],
      ['form.name', 'changed', '您填写的“项目名称”不再符合要求：太长，最多 3 字。'],
    ]);
    expect(sentences(before, after, {})).toEqual([]);
  });

  test('only of what was right before: formats and bounds that are new', () => {
    const before = written(form(text('phone', '电话'), text('mail', '邮箱', { format: 'email' })));
    const after = written(
      form(text('phone', '电话', { format: 'phone-cn' }), text('mail', '邮箱', { format: 'email' })),
    );
    expect(sentences(before, after, { phone: '1', mail: 'x' })).toEqual([
      ['form.phone', 'changed', '您填写的“电话”不再符合要求：格式不对，应为电话号码。'],
    ]);
  });

  test('which of its files is not needed any more or no longer fits', () => {
    const material = (key: string, more: object = {}) => ({
      key,
      title: key,
      accept: ['pdf'],
      maxSize: '20MB',
      ...more,
    });
    const before = written(leaf({ materials: [material('plan'), material('proof')] }));
    const after = written(
      leaf({ materials: [material('plan', { maxSize: '500KB' }), material('more', { required: true })] }),
    );
    expect(sentences(before, after, {}, [file('plan'), file('proof')])).toEqual([
      ['materials.proof', 'removed', '您上传的“proof”不再需要，提交前请删除。'],
      ['materials.plan', 'changed', '您上传的“plan”不再符合要求：文件太大，最多 512000 字节。'],
    ]);
  });

  test('of a file by the title its material has now, or had last', () => {
    const material = (key: string, title: string, maxSize: string) => ({ key, title, accept: ['pdf'], maxSize });
    const before = written(leaf({ materials: [material('plan', '旧方案', '20MB'), material('proof', '证明', '1MB')] }));
    const after = written(leaf({ materials: [material('plan', '方案', '500KB')] }));
    expect(sentences(before, after, {}, [file('plan'), file('proof')])).toEqual([
      ['materials.proof', 'removed', '您上传的“证明”不再需要，提交前请删除。'],
      ['materials.plan', 'changed', '您上传的“方案”不再符合要求：文件太大，最多 512000 字节。'],
    ]);
  });

  test('of more files than its material takes now, by the material', () => {
    const materials = (maxCount: number) =>
      written(leaf({ materials: [{ key: 'plan', title: '方案', accept: ['pdf'], maxCount }] }));
    const two = [file('plan'), { ...file('plan'), attachmentId: 'other'.padEnd(26, '0') }];
    const { effects } = effectsOf(materials(2), materials(1), {}, two);
    expect(effects.map(({ path, kind, effect, name }) => [path, kind, effect, name])).toEqual([
      ['materials.plan', 'changed', 'misfitFile', '方案'],
    ]);
  });

  test('which amount is above what an award can be now', () => {
    const capped = (max: string) => {
      const fields = [{ key: 'cost', label: '申请经费', type: 'money', unit: '万元' }];
      const rules = [{ kind: 'withinAmount', field: 'cost' }];
      return written({
        ...leaf({ amount: { kind: 'cap', max, unit: '万元' } }),
        forms: { apply: { title: '申报书', sections: [{ title: '一', fields }], rules } },
      });
    };
    const misfits = effectsOf(capped('10'), capped('5'), { cost: '8' }).effects;
    expect(misfits).toMatchObject([
      { path: 'form.cost', effect: 'misfitAnswer', name: '申请经费', fault: { code: 'ABOVE_AMOUNT' } },
    ]);
    expect(effectsOf(capped('10'), capped('9'), { cost: '8' }).effects).toEqual([]);
  });

  test('of no more answers than are told one by one', () => {
    const many = Array.from({ length: 2 * MOST_CHANGES }, (_, index) => text(`f${index}`, `栏目${index}`));
    const sections = [0, 100, 200, 300].map((from) => ({ title: `${from}`, fields: many.slice(from, from + 100) }));
    const before = written({ forms: { apply: { title: '申报书', sections } } });
    const answers = Object.fromEntries(many.map(({ key }) => [key, '旧']));
    const { effects, changes, more } = effectsOf(before, written(form(text('name', '名称'))), answers);
    expect([effects.length, changes]).toEqual([MOST_CHANGES, []]);
    // The other half of the answers, every field that went, the one that came and the section's and the form's own changes.
    expect(more).toBeGreaterThanOrEqual(3 * MOST_CHANGES + 1);
  });

  test('that its deadline was moved, which no version does', () => {
    const before = { ...written(), version: 1, closes: callHead() };
    const moved = { closesAt: '2022-04-10T16:00:00.000Z', closesText: '2022年4月10日24:00（Asia/Shanghai）' };
    const after = { ...written(), version: 2, closes: callHead(moved) };
    const { changes } = presentChanges(changesForDraft(before, after, { answers: {}, attachments: [] }), 'zh');
    expect(changes).toEqual([
      {
        path: 'call.closes',
        kind: 'changed',
        text: '本次申报的截止时间由 “2022年3月31日24:00（Asia/Shanghai）” 改为 “2022年4月10日24:00（Asia/Shanghai）”。',
      },
    ]);
  });

  test('first of all, and how many changes are not listed', () => {
    const many = Array.from({ length: 300 }, (_, index) => text(`f${index}`, `栏目${index}`));
    const sections = [0, 100, 200].map((from) => ({ title: `${from}`, fields: many.slice(from, from + 100) }));
    const before = { ...written({ forms: { apply: { title: '申报书', sections } } }), version: 1, closes: callHead() };
    const after = { ...written(form(text('name', '名称'))), version: 2, closes: callHead() };
    const draft = { answers: { f299: '旧' }, attachments: [] };
    const { from, to, changes } = presentChanges(changesForDraft(before, after, draft), 'zh');
    expect([from, to, changes.length]).toEqual([1, 2, MOST_CHANGES + 1]);
    expect(changes[0]?.text).toBe('您填写的“栏目299”不再需要，保存时请去掉。');
    expect(changes.at(-1)).toEqual({
      path: '',
      kind: 'changed',
      text: '另有 102 处改动没有列出，请查看新版本的申报书。',
    });
  });
});
