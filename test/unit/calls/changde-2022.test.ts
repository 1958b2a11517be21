import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { deliverableText } from '#shared/domain/call/deliverable.ts';
import type { Field, FormDefinition } from '#shared/domain/form/definition.ts';
import { MOBILE, namesIn } from './names-nobody.ts';
import { CALLS_FOLDER, formOf, leafOf, leavesOf, readCall, writtenCall } from './read-call.ts';

const call = readCall('changde-2022');
const folder = new URL('changde-2022/', CALLS_FOLDER);
const annexFiles = {
  guide: '1-guide.txt',
  partyBuildingForm: '2-party-building-form.txt',
  capabilityForm: '3-capability-form.txt',
  volunteerPlatform: '4-volunteer-platform.txt',
};
const annexText = (name: string): string => readFileSync(new URL(`annexes/${name}`, folder), 'utf8');
const withoutBlanks = (text: string): string => text.replace(/\s/g, '');
const field = (form: FormDefinition, key: string): Field => {
  const found = form.sections.flatMap((section) => section.fields).find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`no field ${key}`);
  return found;
};

describe('the Changde 2022 call, by the notice', () => {
  it('has the head of the notice', () => {
    expect(call).toMatchObject({
      title: '关于申报2022年度常德市科协学会服务能力提升计划项目的通知',
      documentNumber: '常科协发〔2022〕4号',
      organiser: 'changde-kexie',
      publishedOn: '2022-03-08',
      fiscalYear: 2022,
      timezone: 'Asia/Shanghai',
    });
    expect(call.basis).toHaveLength(3);
  });

  it('passes the check of a save, which only says what the bare dates mean', () => {
    const { faults, warnings, window } = checkDefinition(writtenCall('changde-2022'));
    expect(faults).toEqual([]);
    expect(warnings.map(({ path, code }) => [path, code])).toEqual([
      ['closes', 'DEADLINE_WITHOUT_HOUR'],
      ['paper.closes', 'DEADLINE_WITHOUT_HOUR'],
    ]);
    expect(window).toMatchObject({
      opensAt: '2022-03-07T16:00:00.000Z',
      closesAt: '2022-03-31T16:00:00.000Z',
      closesText: '2022年3月31日24:00（Asia/Shanghai）',
    });
  });

  it('closes on the bare date of clause 三.6, which gives no hour', () => {
    expect(call.opens).toBe('2022-03-08');
    expect(call.closes).toBe('2022-03-31');
  });

  it('lets a unit submit 3 projects in all and asks for 4 paper copies (三.3, 三.2)', () => {
    expect(call.limitPerUnit).toBe(3);
    expect(call.limitClause).toContain('三.3');
    expect(call.paper).toMatchObject({ copies: 4, closes: '2022-03-31', clause: '通知 三.2、三.6' });
    expect(leavesOf(call).filter((category) => category.limitPerUnit !== undefined)).toEqual([]);
  });

  it('lets several units apply together, one named as lead (三.3), and states what holds for every category', () => {
    expect(call.joint).toMatchObject({ allowed: true, leadNamed: true, partnersCount: false, clause: '通知 三.3' });
    expect(call.conditions.map(({ effect, clause }) => [effect, clause])).toEqual([['gate', '通知 二.3']]);
    expect(call.obligations.map(({ clause }) => clause)).toEqual(['通知 二.4']);
    const notice = withoutBlanks(call.notice ?? '');
    for (const { text } of [...call.conditions, ...call.obligations]) expect(notice).toContain(text);
    expect(notice).toContain(call.joint?.text);
  });

  it('bars who lost the right to apply by handing a project on (三.5), and asks nothing of earlier projects', () => {
    expect(call.history?.sanctioned?.clause).toBe('通知 三.5');
    expect(withoutBlanks(call.notice ?? '')).toContain(call.history?.sanctioned?.text);
    expect(call.history?.overdue).toBeUndefined();
  });

  it('says where to send: the office, its address and mailbox (四), no telephone', () => {
    expect(call.contacts).toEqual([
      {
        for: '申报材料报送',
        department: '常德市科协学会部',
        address: '柳叶大道2999号常德市交通运输局10楼，常德市科协学会部1010室',
        mailbox: 'cdkx7256979@163.com',
      },
    ]);
  });
});

/** Typed from annex 1 二: 申报主体, 项目数量, 经费额度, the kinds of its 申报条件, how many 应完成以下内容, 申报材料 by name. */
const categories = [
  {
    code: '1',
    clause: '附件1 二（一）',
    title: '学会党的建设',
    applicants: ['市级学会'],
    quota: { kind: 'exact', count: 1 },
    amount: { kind: 'fixed', value: '0.5', unit: '万元' },
    conditions: ['gate', 'gate'],
    deliverables: 0,
    required: ['学会党的建设项目申报书'],
    priority: 0,
    form: 'partyBuilding',
    kind: undefined,
  },
  {
    code: '2-1',
    clause: '附件1 二（二）1',
    title: '重点学会建设',
    applicants: ['市级学会'],
    quota: { kind: 'exact', count: 1 },
    amount: { kind: 'fixed', value: '0.5', unit: '万元' },
    conditions: ['gate'],
    deliverables: 0,
    required: ['能力建设与创新发展项目---重点学会建设申报书'],
    priority: 0,
    form: 'capability',
    kind: '重点学会建设',
  },
  {
    code: '2-2',
    clause: '附件1 二（二）2',
    title: '服务站建设',
    applicants: ['市级学会', '高校科协'],
    quota: { kind: 'exact', count: 1 },
    amount: { kind: 'fixed', value: '2', unit: '万元' },
    conditions: [],
    deliverables: 7,
    required: ['能力建设与创新发展项目---服务站建设申报书', '服务站筹建申请及申报表'],
    priority: 0,
    form: 'capability',
    kind: '服务站建设',
  },
  {
    code: '2-3',
    clause: '附件1 二（二）3',
    title: '承接政府转移职能',
    applicants: ['市级学会'],
    quota: { kind: 'exact', count: 1 },
    amount: { kind: 'fixed', value: '1', unit: '万元' },
    conditions: ['priority'],
    deliverables: 0,
    required: ['能力建设与创新发展项目---承接转移职能申报书'],
    priority: 1,
    form: 'capability',
    kind: '承接转移职能',
  },
  {
    code: '2-4',
    clause: '附件1 二（二）4',
    title: '学术交流',
    applicants: ['市级学会', '学会联合体', '高校科协'],
    quota: { kind: 'range', min: 8, max: 10 },
    amount: { kind: 'undetermined', note: '根据学术活动层次、规模等因素确定额度。' },
    conditions: [],
    deliverables: 0,
    required: ['能力建设与创新发展项目---学术交流申报书'],
    priority: 0,
    form: 'capability',
    kind: '学术交流',
  },
  {
    code: '2-5',
    clause: '附件1 二（二）5',
    title: '科技服务',
    applicants: ['市级学会', '学会联合体', '高校科协'],
    quota: { kind: 'range', min: 2, max: 3 },
    amount: { kind: 'range', min: '1', max: '2', unit: '万元' },
    conditions: ['priority'],
    deliverables: 3,
    required: ['能力建设与创新发展项目---科技服务申报书'],
    priority: 1,
    form: 'capability',
    kind: '科技服务',
  },
  {
    code: '2-6',
    clause: '附件1 二（二）6',
    title: '重点与特色科普活动',
    applicants: ['市级学会', '学会联合体', '高校科协'],
    quota: { kind: 'range', min: 3, max: 5 },
    amount: { kind: 'range', min: '1', max: '2', unit: '万元' },
    conditions: [],
    deliverables: 4,
    required: ['能力建设与创新发展项目---重点及特色科普活动申报书'],
    priority: 0,
    form: 'capability',
    kind: '重点与特色科普',
  },
  {
    code: '2-7',
    clause: '附件1 二（二）7',
    title: '“会地”合作',
    applicants: ['市级学会', '学会服务站'],
    quota: { kind: 'exact', count: 1 },
    amount: { kind: 'fixed', value: '3', unit: '万元' },
    conditions: ['priority'],
    deliverables: 0,
    required: ['能力建设与创新发展项目---“会地”合作申报书'],
    priority: 1,
    form: 'capability',
    kind: '会地合作',
  },
];

describe('its categories, by annex 1', () => {
  it('are one leaf and one group of seven', () => {
    expect(call.categories.map(({ code, title }) => [code, title])).toEqual([
      ['1', '学会党的建设'],
      ['2', '能力建设与创新发展'],
    ]);
    expect(leavesOf(call).map(({ code }) => code)).toEqual(categories.map(({ code }) => code));
  });

  it.each(categories)('has $code $title as $clause prints it', (expected) => {
    const leaf = leafOf(call, expected.code);
    expect({
      title: leaf.title,
      clause: leaf.clause,
      applicants: leaf.applicants,
      quota: leaf.quota,
      amount: leaf.amount,
      conditions: leaf.conditions.map(({ effect }) => effect),
      deliverables: leaf.deliverables.length,
      required: leaf.materials.filter(({ required }) => required).map(({ title }) => title),
      priority: leaf.materials.filter(({ priority }) => priority).length,
      form: leaf.form,
      kind: leaf.fixed?.projectKind,
    }).toEqual({
      title: expected.title,
      clause: expected.clause,
      applicants: expected.applicants,
      quota: expected.quota,
      amount: expected.amount,
      conditions: expected.conditions,
      deliverables: expected.deliverables,
      required: expected.required,
      priority: expected.priority,
      form: expected.form,
      kind: expected.kind,
    });
  });

  it('quotes content, conditions, deliverables, periods and material names word for word from the guide', () => {
    const guide = withoutBlanks(annexText(annexFiles.guide));
    for (const leaf of leavesOf(call)) {
      const quoted = [
        ...(leaf.content?.trim().split('\n') ?? []),
        leaf.period.text,
        ...leaf.conditions.map(({ text }) => text),
        ...leaf.deliverables.map(deliverableText),
        ...leaf.materials.filter(({ required }) => required).map(({ title }) => title),
      ].map((text) => withoutBlanks(text.replace('经费额度根据', '根据').replace(/确定额度。$/, '确定额度')));
      for (const text of quoted) expect(guide).toContain(text);
    }
  });

  it('gives every condition, indicator and material its clause in annex 1', () => {
    for (const leaf of leavesOf(call)) {
      for (const { clause } of [...leaf.conditions, ...leaf.indicators, ...leaf.materials])
        expect(clause).toContain(leaf.clause);
    }
  });

  it('never demands what only gives priority', () => {
    const priority = leavesOf(call).flatMap((leaf) => leaf.materials.filter((material) => material.priority));
    expect(priority.map(({ required }) => required)).toEqual([false, false, false]);
  });

  it('ends every project by 30 November 2022, in 承接政府转移职能 with the exception for agreements', () => {
    expect(leavesOf(call).map(({ period }) => period.until)).toEqual(Array(8).fill('2022-11-30'));
    expect(leafOf(call, '2-3').period.text).toContain('按协议书约定时间完成');
  });
});

describe('what decides its conditions', () => {
  it('of party building is the flag of the record (6（1）) and the printed question for 活动阵地 (6（2）)', () => {
    expect(leafOf(call, '1').conditions).toMatchObject([
      { rule: '"hasPartyBranch" in unit.flags', clause: '附件1 二（一）6（1）' },
      { declare: 'hasActivityBase', clause: '附件1 二（一）6（2）' },
    ]);
    expect(field(formOf(call, 'partyBuilding'), 'hasActivityBase')).toMatchObject({ type: 'boolean', required: true });
  });

  it('of 重点学会建设 is the year in which the society was founded (1（2）)', () => {
    expect(leafOf(call, '2-1').conditions).toMatchObject([
      { rule: 'unit.foundedYear == call.fiscalYear', clause: '附件1 二（二）1（2）' },
    ]);
  });

  it.each(['2-3', '2-5', '2-7'])('of %s is the copy of the agreement, which only gives priority', (code) => {
    expect(leafOf(call, code).conditions).toMatchObject([{ effect: 'priority', material: 'agreement' }]);
  });
});

describe('its figures, by annex 1', () => {
  it('ask for experts in 2-2 and 2-5', () => {
    for (const code of ['2-2', '2-5']) {
      expect(leafOf(call, code).indicators).toMatchObject([{ kind: 'bound', min: 5, unit: '名' }]);
    }
  });

  it('of popular science are alternatives, differ by kind of unit, and count only with records (6)', () => {
    const { indicators, deliverables } = leafOf(call, '2-6');
    expect(indicators).toMatchObject([
      { kind: 'oneOf', of: Array.from({ length: 5 }, () => ({ min: 1 })), clause: '附件1 二（二）6（6）①' },
      { kind: 'bound', min: 4, unit: '场次' },
      {
        kind: 'byApplicant',
        of: [
          { applicants: ['市级学会'], min: 10 },
          { applicants: ['高校科协'], min: 50 },
        ],
      },
      {
        kind: 'byApplicant',
        of: [
          { applicants: ['市级学会'], min: 20 },
          { applicants: ['高校科协'], min: 100 },
        ],
      },
      { kind: 'bound', min: 10, unit: '篇', soft: true },
    ]);
    expect(deliverables[0]).toMatchObject({
      evidence: { needed: '活动信息宣传、活动照片或影像资料记录', without: '视为未开展活动' },
    });
  });

  it('are in no other category', () => {
    const figured = leavesOf(call).filter(({ indicators }) => indicators.length > 0);
    expect(figured.map(({ code }) => code)).toEqual(['2-2', '2-5', '2-6']);
  });

  it('let an agreement set the time of 承接政府转移职能 alone', () => {
    const agreed = leavesOf(call).filter(({ period }) => period.agreement !== undefined);
    expect(agreed.map(({ code }) => code)).toEqual(['2-3']);
  });
});

/** Labels in the order of the print; a table's columns follow it. 起止时间 is one printed cell with three dates. */
const printed = {
  partyBuilding: {
    annex: annexFiles.partyBuildingForm,
    sections: [
      ['一、申报单位基本情况', '单位名称 成立时间 通讯地址 办公电话 单位负责人 专技职称 移动电话'],
      [
        '二、项目基本概况',
        '项目名称 项目负责人 专技职称 移动电话 项目联系人 移动电话 电子邮箱 起止时间 起止时间 起止时间 学会支部成立时间 支部书记 学会支部改选时间 现有党员个数 是否有活动阵地 支部“三会一课”情况 支部活动等开展情况',
      ],
      ['三、项目实施主要内容', '项目实施主要内容'],
      ['四、项目实施基础条件及保障措施', '项目实施基础条件及保障措施'],
      ['五、项目实施预期成效', '项目实施预期成效'],
      ['六、项目主要参与人员', '项目主要参与人员 姓名 学会职务 专技职称 在项目中承担的主要工作 备注'],
      [
        '七、项目经费预算',
        '经费总预算 其中：1.单位自筹经费 2.市科协“提能计划”项目经费 经费支出预算表（单位：万元） 支出项目内容 金额 备注',
      ],
      ['八、申报单位承诺', '经____会议研究审议'],
      ['九、申报单位意见', ''],
      ['十、常德市科协审查审核意见', ''],
    ],
  },
  capability: {
    annex: annexFiles.capabilityForm,
    sections: [
      ['一、申报单位基本情况', '单位名称 成立时间 通讯地址 邮政编码 电子邮箱 传真 单位负责人 专技职称 移动电话'],
      [
        '二、项目基本概况',
        '项目名称 项目主题 项目类型 项目地点 起止时间 起止时间 起止时间 项目负责人 专技职称 移动电话 项目联系人 电子邮箱 移动电话',
      ],
      ['三、项目选题背景依据', '项目选题背景依据'],
      [
        '四、项目实施主要内容',
        '项目实施主要内容 是否为会议类项目 会议名称 主题 规模 时间 地点 会期 邀请院士专家姓名 邀请院士专家人数 学术报告场次 科普讲座场次',
      ],
      ['五、项目实施方案及保障措施', '项目实施方案及保障措施'],
      ['六、项目实施预期成果', '项目实施预期成果'],
      ['七、项目实施主要参与人员', '项目实施主要参与人员 姓名 社团职务 专技职称 项目中承担的主要工作 备注'],
      [
        '八、项目经费预算（单位：万元）',
        '经费总预算 其中：1.单位自筹经费 2.市科协“提能计划”项目经费 经费支出预算情况 支出项目内容 金额 备注',
      ],
      ['九、申报单位承诺', '经____会议研究审议'],
      ['十、申报单位意见', ''],
      ['十一、常德市科协审查审核意见', ''],
    ],
  },
} as const;

const labelsOf = (fields: readonly Field[]): string =>
  fields
    .flatMap((one) => [one.label, ...(one.type === 'table' ? one.columns.map(({ label }) => label) : [])])
    .join(' ')
    .replace(/起止时间（[^）]+）/g, '起止时间');

describe.each(Object.entries(printed))('the form %s, by its annex', (key, { annex, sections }) => {
  const form = formOf(call, key);

  it('has the sections and labels of the print in its order', () => {
    const [cover, ...rest] = form.sections;
    expect(cover?.fields.map(({ label }) => label)).toEqual(['申报日期']);
    expect(rest.map(({ title, fields }) => [title, labelsOf(fields)])).toEqual(sections);
  });

  it('has a title and section titles that the annex prints', () => {
    const text = withoutBlanks(annexText(annex));
    expect(text).toContain(form.title);
    for (const { title } of form.sections.slice(1)) expect(text).toContain(title);
  });

  it('prints the cover, the commitment, signatures and opinions of the annex', () => {
    const text = withoutBlanks(annexText(annex)).replaceAll(':', '：');
    const statements = form.sections.flatMap((section) => section.statements);
    const pieces = statements.flatMap(({ text: statement }) =>
      statement.split(/\{[A-Za-z]+\}|\s+|(?<=：)/).filter((piece) => piece !== ''),
    );
    for (const piece of pieces) expect(text).toContain(piece);
    expect(statements.map(({ kind }) => kind)).toEqual([
      'note',
      'note',
      'note',
      'commitment',
      'signature',
      'opinion',
      'opinion',
      'opinion',
    ]);
    expect(statements.find(({ kind }) => kind === 'commitment')?.text).toContain('经{approvingMeeting}会议研究审议');
  });

  it('puts only fields of its own into statements', () => {
    const keys = form.sections.flatMap((section) => section.fields.map((one) => one.key));
    const named = form.sections.flatMap(({ statements }) =>
      statements.flatMap(({ text }) => [...text.matchAll(/\{([A-Za-z]+)\}/g)].map(([, name]) => name)),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(keys).toEqual(expect.arrayContaining(named));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has the project leader as the first participant', () => {
    expect(field(form, 'participants')).toMatchObject({
      type: 'table',
      required: true,
      minRows: 1,
      firstRow: { sameAs: { name: 'leaderName' }, fixed: { note: '项目负责人' } },
    });
  });

  it('adds the budget up in 万元, with own and requested funds, within the amount', () => {
    for (const money of ['totalBudget', 'ownFunds', 'requestedFunds']) {
      expect(field(form, money)).toMatchObject({ type: 'money', unit: '万元', required: true });
    }
    expect(field(form, 'budgetLines')).toMatchObject({ type: 'table', numbered: true, required: true });
    expect(form.rules).toEqual([
      expect.objectContaining({ kind: 'sum', total: 'totalBudget', parts: ['ownFunds', 'requestedFunds'] }),
      expect.objectContaining({ kind: 'columnSum', table: 'budgetLines', column: 'amount', total: 'totalBudget' }),
      expect.objectContaining({ kind: 'withinAmount', field: 'requestedFunds' }),
      expect.objectContaining({ kind: 'order', fields: ['startsOn', 'endsOn'] }),
      expect.objectContaining({ kind: 'order', fields: ['startsOn', 'completesOn'] }),
      expect.objectContaining({ kind: 'check', fields: ['completesOn'] }),
    ]);
  });
});

describe('the kinds of project, by annex 3', () => {
  const form = formOf(call, 'capability');
  const optionsOf = (one: Field): readonly string[] =>
    one.type === 'choice' ? one.options.map(({ value, label }) => (value === label ? label : '')) : [];

  it('offers the seven printed kinds', () => {
    expect(optionsOf(field(form, 'projectKind'))).toEqual([
      '重点学会建设',
      '服务站建设',
      '承接转移职能',
      '学术交流',
      '科技服务',
      '重点与特色科普',
      '会地合作',
    ]);
  });

  it('asks for the meeting of academic and popular-science projects only, and always of academic ones', () => {
    const asked = field(form, 'meetingProject');
    expect(asked).toMatchObject({
      required: true,
      visibleWhen: { field: 'projectKind', in: ['学术交流', '重点与特色科普'] },
    });
    expect(optionsOf(asked)).toEqual(['是', '否']);
    const fixed = leavesOf(call).filter((leaf) => leaf.fixed?.meetingProject !== undefined);
    expect(fixed.map(({ code, fixed: answers }) => [code, answers?.meetingProject])).toEqual([['2-4', '是']]);
    const details = form.sections
      .flatMap((section) => section.fields)
      .filter((one) => one.visibleWhen?.field === 'meetingProject');
    expect(details).toHaveLength(10);
    for (const detail of details) {
      expect(detail).toMatchObject({ required: true, clause: '附件3 四', visibleWhen: { in: ['是'] } });
    }
  });

  it('offers 正常 and 一般 where annex 2 does', () => {
    const party = formOf(call, 'partyBuilding');
    expect(optionsOf(field(party, 'threeMeetings'))).toEqual(['正常', '一般']);
    expect(optionsOf(field(party, 'branchActivities'))).toEqual(['正常', '一般']);
    expect(field(party, 'hasActivityBase').type).toBe('boolean');
  });
});

describe('its files', () => {
  it.each(Object.entries(annexFiles))('pins annex %s by size and SHA-256', (key, name) => {
    const bytes = readFileSync(new URL(`annexes/${name}`, folder));
    expect(call.annexes.find((annex) => annex.key === key)).toMatchObject({
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('has no annex without a file', () => {
    expect(call.annexes.map(({ key }) => key)).toEqual(Object.keys(annexFiles));
    expect(readdirSync(new URL('annexes/', folder)).filter((name) => name.endsWith('.txt'))).toEqual(
      Object.values(annexFiles),
    );
  });

  it('names nobody: neither the contacts of the notice nor a telephone number', () => {
    // The two names, by digest: written out here they would be just as public.
    const names = [
      '90ffacb7c4520f7ee50122100bc83728ec90630bcb8c3f2453c86496557287db',
      '8dd72da3b7ac0a054d057c4973de84fd4fbd0b763d56f115115c80b5c01ba477',
    ];
    const mailbox = 'cdkx7256979@163.com';
    const phone = mailbox.slice(4, 11);
    for (const name of ['call.yaml', ...Object.values(annexFiles).map((file) => `annexes/${file}`)]) {
      const text = withoutBlanks(readFileSync(new URL(name, folder), 'utf8').replaceAll(mailbox, ''));
      expect(text).not.toContain(phone);
      expect(text).not.toMatch(MOBILE);
      expect(namesIn(text, names)).toEqual([]);
    }
  });
});
