import { describe, expect, it } from 'vitest';
import { Call } from '#shared/contract/calls.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { momentText } from '#shared/domain/call/moment-text.ts';
import { presentCall } from '#shared/domain/call/present.ts';
import { callHead, FIRST_SEAL, RECORDED_CLOSE, writtenCall, writtenLeaf } from '#test/support/calls.ts';

const shown = (overrides: Record<string, unknown>): Call => {
  const { definition, window, faults } = checkDefinition(writtenCall(overrides));
  expect(faults).toEqual([]);
  if (definition === undefined) throw new Error('no definition');
  return Call.parse(presentCall(callHead(), { version: 1, window, definition }, 0));
};

const said = {
  quota: { kind: 'exact', count: 4, parts: [{ title: '甲', goal: '甲', kind: 'exact', count: 4 }] },
  amount: { kind: 'range', min: '5', max: '10', unit: '万元', payment: 'after' },
  envelope: { total: '30', unit: '万元', clause: '一' },
  goals: {
    choose: 'one',
    options: [
      { value: '甲', text: '目标甲' },
      { value: '乙', text: '目标乙' },
    ],
  },
  indicators: [
    { kind: 'bound', title: '会期', max: 3, unit: '天', soft: true },
    { kind: 'byApplicant', title: '队伍', unit: '人', soft: false, of: [{ applicants: ['市级学会'], min: 10 }] },
  ],
  period: { from: '2022-04', until: '2022-11-30', agreement: '协议书', text: '按协议书' },
  joint: { allowed: false },
  obligations: [
    { text: '报送统计', report: false, due: { kind: 'within', count: 1, unit: 'week', after: '论坛结束' } },
  ],
  contacts: [{ department: '学会部', technical: true }],
};

describe('presentCall', () => {
  it('shows of a category all that the notice says of numbers, money, time and demands', () => {
    const [category] = shown({ categories: [{ code: '1', title: '学术交流', ...writtenLeaf, ...said }] }).categories;
    expect(category).toMatchObject(said);
  });

  it('shows of a group its own quota, envelope, obligations and contacts', () => {
    const { quota: _, ...rest } = said;
    const own = { quota: { kind: 'soft', max: 3 }, envelope: rest.envelope, obligations: rest.obligations };
    const leaf = { code: '2', title: '学术交流', ...writtenLeaf };
    const [group] = shown({
      categories: [{ code: '1', title: '大类', ...own, contacts: said.contacts, categories: [leaf] }],
    }).categories;
    expect(group).toMatchObject({ ...own, contacts: said.contacts, indicators: [], evidence: [] });
  });

  it('shows deliverables as sentences, and beside them the records they are believed by', () => {
    const evidence = { needed: '影像资料', without: '视为未开展活动' };
    const deliverables = ['建立名册', { text: '活动不少于4场', evidence, clause: '6（1）' }, { text: '总结' }];
    const [category] = shown({ categories: [{ code: '1', title: '科普', ...writtenLeaf, deliverables }] }).categories;
    expect(category?.deliverables).toEqual(['建立名册', '活动不少于4场', '总结']);
    expect(category?.evidence).toEqual([{ deliverable: 1, ...evidence, clause: '6（1）' }]);
  });

  it('shows when and where paper is due, who may apply together, and what holds for every category', () => {
    const every = {
      joint: { allowed: true, leadNamed: true, partnersCount: false, text: '注明牵头单位' },
      conditions: [{ text: '未完成上年项目的不得申报', effect: 'gate' }],
      obligations: [{ text: '提交总结报告', report: true, due: { kind: 'date', on: '2022-12-31' } }],
    };
    const call = shown({
      ...every,
      paper: { copies: 1, closes: '2022-04-03', place: '学会部', afterFormalCheck: true },
    });
    expect(call).toMatchObject(every);
    expect(call.paper).toEqual({
      copies: 1,
      closes: '2022-04-03',
      closesText: '2022年4月3日24:00（Asia/Shanghai）',
      place: '学会部',
      afterFormalCheck: true,
    });
  });
});

describe('presentCall of a version', () => {
  const annex = {
    key: 'form',
    title: '申报书',
    filename: 'a.docx',
    contentType: 'application/msword',
    size: 5,
    sha256: '0'.repeat(64),
  };
  const { definition, window } = checkDefinition(writtenCall({ annexes: [annex], paper: { copies: 3 } }));
  const closed = Date.parse('2022-05-01T00:00:00.000Z');
  const sealed = { closing: RECORDED_CLOSE, seal: FIRST_SEAL };
  const version = (number: number, overrides: object) => {
    if (definition === undefined) throw new Error('no definition');
    return presentCall(callHead(overrides), { version: number, window, definition }, closed);
  };

  it('in force has the status of the call and what its close recorded', () => {
    expect(version(1, sealed)).toMatchObject({ version: 1, status: 'sealed', closing: RECORDED_CLOSE });
    expect(version(1, {})).toMatchObject({ status: 'closed' });
    expect(version(1, {})).not.toHaveProperty('closing');
  });

  it('that is not in force has neither', () => {
    const shown = version(2, sealed);
    expect(shown).toMatchObject({ version: 2, status: 'closed', callId: 'changde-2022' });
    expect(shown).not.toHaveProperty('closing');
  });

  it('names where its annexes are, and says of paper what is said of it', () => {
    expect(version(1, {})).toMatchObject({
      annexes: [{ key: 'form', href: '/calls/changde-2022/annexes/form' }],
      paper: { copies: 3 },
    });
    expect(version(1, {}).paper).not.toHaveProperty('closesText');
  });

  it('shows sizes in bytes', () => {
    const materials = [{ key: 'a', title: '证明', accept: ['pdf'], maxSize: '2MB' }];
    const [category] = shown({ categories: [{ code: '1', title: '科普', ...writtenLeaf, materials }] }).categories;
    expect(category?.materials).toMatchObject([{ key: 'a', maxSize: 2 * 1024 * 1024 }]);
  });
});

describe('momentText', () => {
  it.each([
    ['2023-09-28', 'Asia/Shanghai', '2023年9月28日24:00（Asia/Shanghai）'],
    ['2023-09-28T09:00:00Z', 'Asia/Shanghai', '2023年9月28日17:00（Asia/Shanghai）'],
    ['2023-09-28T17:30:00+08:00', 'Asia/Urumqi', '2023年9月28日15:30（Asia/Urumqi）'],
  ])('says %s in %s as a notice would', (moment, timezone, text) => {
    expect(momentText(moment, timezone)).toBe(text);
  });
});
