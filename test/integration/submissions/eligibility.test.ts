import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Eligibility } from '#shared/contract/eligibility.ts';
import type { Organization } from '#shared/data/organizations-repository.ts';
import { writtenForm, writtenLeaf } from '#test/support/calls.ts';
import { newDraft, readyDraft } from '#test/support/draft-steps.ts';
import { organization } from '#test/support/organizations.ts';
import { CALL_ID, type Sent, type SubmissionWorld, send, submissionWorld } from '#test/support/submission-world.ts';

const RATED = { text: '评估等级3A以上', effect: 'gate', rule: 'unit.rating >= 3', clause: '二、（三）' };
const VENUE = { text: '有活动场地', effect: 'gate', declare: 'hasVenue', clause: '二、2' };
const LARGE = {
  text: '不少于100人次',
  effect: 'gate',
  rule: 'answers.people >= 100',
  message: '人次不足100',
  clause: '三',
};
const PROVEN = { text: '附有证明的优先', effect: 'priority', material: 'application' };

const [section] = writtenForm.sections;
const people = { key: 'people', label: '人次', type: 'integer' };
const call = {
  history: { sanctioned: { text: '弄虚作假的三年内不得申报', clause: '六' }, overdue: { clause: '二、4' } },
  conditions: [VENUE],
  categories: [
    {
      code: '2',
      title: '能力建设',
      limitPerUnit: 1,
      clause: '三、（二）',
      categories: [
        { ...writtenLeaf, code: '2-1', title: '重点学会', conditions: [RATED, PROVEN] },
        { ...writtenLeaf, code: '2-2', title: '学会活动', conditions: [LARGE] },
      ],
    },
    { ...writtenLeaf, code: '3', title: '高校科协', applicants: ['高校科协'] },
  ],
  forms: { apply: { ...writtenForm, sections: [{ ...section, fields: [...(section?.fields ?? []), people] }] } },
};

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld(call);
});

/** What the organiser has on record of 常德市医学会. */
const recorded = async (record: Partial<Organization>): Promise<void> => {
  const kept = await world.organizations.find('unit-1');
  if (kept === undefined) throw new Error('no such unit');
  const next = organization({ ...kept, ...record, revision: kept.revision + 1 });
  expect(await world.organizations.replaceAtRevision(next, kept.revision)).toBe('replaced');
};

/** Puts a unit's record into the hands of an organiser. */
const kept = async (organizationId: string, managedBy: string): Promise<void> => {
  const unit = await world.organizations.find(organizationId);
  if (unit === undefined) throw new Error('no such unit');
  await world.organizations.put({ ...unit, managedBy });
};

const ask = (sent: Sent = {}) => send(world.app.eligibility, { params: { callId: CALL_ID }, ...sent });
const told = async (code: string, sent: Sent = {}) => {
  const { categories } = z.object({ categories: Eligibility.shape.categories }).parse((await ask(sent)).body);
  const category = categories.find((one) => one.code === code);
  if (category === undefined) throw new Error(`Nothing is told of ${code}`);
  return category;
};
const ready = (category: string, answers: Record<string, unknown> = {}) =>
  readyDraft(world, { body: { category, answers: { name: '学会能力提升', hasVenue: true, ...answers } } });
const submit = (submissionId: string) => send(world.app.submit, { params: { submissionId } });
const errorsOf = async (submissionId: string) => {
  const [dry, real] = [await send(world.app.validate, { params: { submissionId } }), await submit(submissionId)];
  expect(dry.body.errors).toEqual(real.body.errors);
  expect(real.status).toBe(422);
  return real.body.errors;
};

describe('what a unit is told of a call', () => {
  test('is a verdict on every category, with the call’s window and version', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      callId: CALL_ID,
      version: 1,
      unitId: 'unit-1',
      judgedAt: '2022-03-10T00:00:00.000Z',
      status: 'open',
      closesText: '2022年3月31日24:00（Asia/Shanghai）',
      categories: [
        { code: '2-1', title: '重点学会', groups: ['能力建设'], verdict: 'mayNot' },
        { code: '2-2', verdict: 'dependsOnDeclarations' },
        { code: '3', groups: [], verdict: 'mayNot' },
      ],
    });
  });

  test('gives each rule with its result, its reason and its clause', async () => {
    await recorded({ rating: { grade: '2A', validUntil: '2024-12-31' } });
    expect((await told('2-1')).rules).toEqual([
      {
        kind: 'applicants',
        effect: 'gate',
        result: 'met',
        text: '本类别由市级学会、高校科协申报。',
        reason: '贵单位登记的单位类型：市级学会。',
      },
      {
        kind: 'sanction',
        effect: 'gate',
        result: 'met',
        text: '弄虚作假的三年内不得申报',
        reason: '贵单位没有正在执行的限制。',
        clause: '六',
      },
      {
        kind: 'overdue',
        effect: 'gate',
        result: 'met',
        text: '有逾期未履行义务的单位不得申报。',
        reason: '贵单位没有逾期未履行的义务。',
        clause: '二、4',
      },
      {
        kind: 'condition',
        effect: 'gate',
        result: 'declare',
        text: '有活动场地',
        reason: '须在申报书中作出声明。',
        clause: '二、2',
      },
      {
        kind: 'condition',
        effect: 'gate',
        result: 'notMet',
        text: '评估等级3A以上',
        reason: '贵单位评估等级为 2A（有效期至 2024-12-31）。要求：评估等级3A以上',
        clause: '二、（三）',
      },
      {
        kind: 'condition',
        effect: 'priority',
        result: 'attach',
        text: '附有证明的优先',
        reason: '须上传材料“申报书”证明。',
      },
      {
        kind: 'limit',
        effect: 'gate',
        result: 'met',
        text: '关于申报2022年度项目的通知：每个单位最多 3 项。',
        reason: '贵单位已有 0 项，还可提交 3 项。',
      },
      {
        kind: 'limit',
        effect: 'gate',
        result: 'met',
        text: '能力建设：每个单位最多 1 项。',
        reason: '贵单位已有 0 项，还可提交 1 项。',
        clause: '三、（二）',
      },
    ]);
  });

  test('is in English for who asks for it', async () => {
    const { rules } = await told('3', { headers: { 'accept-language': 'en' } });
    expect(rules[0]).toMatchObject({ result: 'notMet', reason: 'Your unit is recorded as 市级学会.' });
  });

  test('counts what it has submitted under each limit', async () => {
    await recorded({ rating: { grade: '4A', validUntil: '2024-12-31' } });
    const { submissionId } = await ready('2-2', { people: 100 });
    await ready('2-1');
    expect((await submit(submissionId)).status).toBe(200);
    expect(await told('2-1')).toMatchObject({
      verdict: 'mayNot',
      limits: [
        { limit: 3, count: 1, left: 2 },
        { code: '2', title: '能力建设', limit: 1, count: 1, left: 0, clause: '三、（二）' },
      ],
    });
  });

  test('can be asked of one category, and of none that is not there', async () => {
    const { body } = await ask({ query: { category: '2-2' } });
    expect(body.categories).toMatchObject([{ code: '2-2' }]);
    expect(await ask({ query: { category: '2' } })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'category', code: 'UNKNOWN_CATEGORY' }] },
    });
  });

  test('is its own affair and the organiser’s', async () => {
    expect(await ask({ subject: 'both' })).toMatchObject({ status: 422, body: { code: 'UNIT_REQUIRED' } });
    expect((await ask({ subject: 'both', query: { unitId: 'unit-2' } })).body.unitId).toBe('unit-2');
    expect((await ask({ subject: 'secretary', query: { unitId: 'unit-2' } })).status).toBe(404);
    await kept('unit-2', 'changde-kx');
    expect((await ask({ subject: 'officer', query: { unitId: 'unit-2' } })).body.unitId).toBe('unit-2');
    expect((await ask({ subject: 'officer', query: { unitId: 'nobody' } })).status).toBe(404);
    expect((await ask({ subject: 'officer' })).body.code).toBe('UNIT_REQUIRED');
    expect((await ask({ params: { callId: 'no-such-call' } })).status).toBe(404);
  });

  test('is told to no officer who may not read its record', async () => {
    const asked = { subject: 'officer', query: { unitId: 'unit-2' } };
    expect((await ask(asked)).status).toBe(404);
    await kept('unit-2', 'xiangtan-kx');
    expect((await ask(asked)).status).toBe(404);
    await world.memberships.put({ subject: 'officer', organizationId: 'xiangtan-kx', role: 'officer' });
    expect((await ask(asked)).status).toBe(200);
  });

  test('of 150 categories takes as few reads as of one', async () => {
    const categories = Array.from({ length: 150 }, (_, index) => ({
      ...writtenLeaf,
      code: `C${index}`,
      title: `类别${index}`,
      conditions: [RATED],
    }));
    await world.publishVersion({ ...call, categories });
    const requests: (string | undefined)[] = [];
    world.db.middlewareStack.add(
      (next, context) => (args) => {
        requests.push(context.commandName);
        return next(args);
      },
      { step: 'initialize', name: 'count-requests' },
    );
    const { body } = await ask();
    expect(body.categories).toHaveLength(150);
    // Head, roles, unit, definition, version, form, tally, deadlines of categories, of the unit.
    expect(requests).toHaveLength(9);
  });
});

describe('what bars a unit', () => {
  test('by its record alone bars it from a draft, with reason and clause', async () => {
    await recorded({ sanctions: [{ reason: '弄虚作假', from: '2021-01-01', until: '2023-12-31' }] });
    const { status, body } = await send(world.app.create, { params: { callId: CALL_ID }, body: { category: '2-1' } });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        path: 'unitId',
        code: 'SANCTIONED',
        message: '常德市医学会在 2021-01-01 至 2023-12-31 期间不得申报：弄虚作假',
        clause: '六',
      },
      {
        path: 'categories.2-1.conditions[0]',
        code: 'CONDITION_NOT_MET',
        message: '贵单位没有登记评估等级。不符合申报条件：评估等级3A以上',
        clause: '二、（三）',
      },
    ]);
  });

  test('only once it is recorded bars a draft from being submitted', async () => {
    const { submissionId } = await ready('2-2', { people: 100 });
    await recorded({ overdue: [{ what: '2021年度总结报告', since: '2022-01-31' }] });
    expect(await errorsOf(submissionId)).toMatchObject([{ path: 'unitId', code: 'OVERDUE', clause: '二、4' }]);
  });

  test('in its answers bars a submit: a rule they do not meet, a declaration they do not make', async () => {
    const { submissionId } = await ready('2-2', { people: 99, hasVenue: false });
    expect(await errorsOf(submissionId)).toEqual([
      {
        path: 'hasVenue',
        code: 'DECLARATION_NEEDED',
        message: '声明符合以下条件才能提交：有活动场地',
        clause: '二、2',
      },
      {
        path: 'categories.2-2.conditions[0]',
        code: 'CONDITION_NOT_MET',
        message: '不符合申报条件：人次不足100',
        clause: '三',
      },
    ]);
  });

  test('is no declaration of another kind than yes and no', async () => {
    const reply = await send(world.app.create, {
      params: { callId: CALL_ID },
      body: { category: '2-2', answers: { hasVenue: '有' } },
    });
    expect(reply.body.errors).toMatchObject([{ path: 'hasVenue', code: 'WRONG_TYPE' }]);
    const submissionId = await newDraft(world, { body: { category: '2-2' } });
    expect((await submit(submissionId)).body.errors).toMatchObject([
      { path: 'hasVenue', code: 'DECLARATION_NEEDED' },
      { path: 'name', code: 'REQUIRED' },
      { path: 'materials.application', code: 'MATERIAL_MISSING' },
    ]);
  });
});
