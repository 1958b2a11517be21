import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { getForm } from '#functions/calls/get-form/get-form.ts';
import { publishCall } from '#functions/calls/publish-call/publish-call.ts';
import { saveCall } from '#functions/calls/save-call/save-call.ts';
import { submitSubmission } from '#functions/submissions/submit-submission/submit-submission.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { rulesInForce } from '#shared/data/rules-in-force.ts';
import { situationRepository } from '#shared/data/standing-repository.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { meter } from '#test/bench/meter.ts';
import { describeTables } from '#test/bench/metered-tables.ts';
import { writtenCall, writtenLeaf } from '#test/support/calls.ts';
import { type SubmissionWorld, send, submissionWorld } from '#test/support/submission-world.ts';

const callId = 'large-2022';
const GROUPS = 10;
const CATEGORIES_PER_GROUP = 10;
const FIELDS = 40;

const codes = Array.from({ length: GROUPS * CATEGORIES_PER_GROUP }, (_, index) => String(index + 1));

/** No two forms are the same. */
const formOf = (code: string) => ({
  title: `第${code}类项目申报书`,
  sections: Array.from({ length: 4 }, (_, section) => ({
    title: `${section + 1}、第${code}类`,
    fields: Array.from({ length: FIELDS / 4 }, (_, field) => ({
      key: `field${section}x${field}`,
      label: `第${code}类第${section + 1}栏第${field + 1}项的内容`,
      hint: '简明扼要，不超过五百字，所述内容应有依据。',
      type: 'text',
      maxLength: 500,
      required: section === 0,
    })),
  })),
});

const largeCall = writtenCall({
  limitPerUnit: 50,
  categories: Array.from({ length: GROUPS }, (_, group) => ({
    code: `G${group + 1}`,
    title: `第${group + 1}组`,
    limitPerUnit: 20,
    conditions: [{ text: '依法登记并正常开展工作', effect: 'gate', clause: '三' }],
    categories: codes.slice(group * CATEGORIES_PER_GROUP, (group + 1) * CATEGORIES_PER_GROUP).map((code) => ({
      code,
      title: `第${code}类项目`,
      content: '支持学会面向产业开展服务。'.repeat(20),
      ...writtenLeaf,
      form: `form${code}`,
      materials: [],
    })),
  })),
  forms: Object.fromEntries(codes.map((code) => [`form${code}`, formOf(code)])),
});

const answers = Object.fromEntries(Array.from({ length: FIELDS / 4 }, (_, field) => [`field0x${field}`, '已写明。']));

let world: SubmissionWorld;
let observer: DynamoDBClient;
let counted: ReturnType<typeof meter>;

beforeAll(async () => {
  world = await submissionWorld();
  observer = new DynamoDBClient({
    endpoint: inject('dynamoDbUrl'),
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  counted = meter(world.db, await describeTables(observer, world.tables), observer);
  const { calls, changes, db, tables } = world;
  const memberships = membershipsRepository(db, tables.memberships);
  const asOfficer = { subject: 'officer', params: { callId } };
  const saved = await send(saveCall({ calls, changes, memberships }), { ...asOfficer, body: largeCall });
  expect(saved.status).toBe(200);
  const annexes = { holds: async () => true };
  const publish = publishCall({ calls, changes, memberships, annexes, categoriesInUse: async () => [] });
  expect((await send(publish, { ...asOfficer, body: {} })).status).toBe(200);
}, 60_000);
afterAll(() => observer.destroy());

/** Of an instance of its own: nothing is cached yet. */
const freshCalls = () => callsRepository(world.db, world.tables.calls);

const freshSubmit = () =>
  submitSubmission({
    submissions: world.submissions,
    situations: situationRepository(world.db, world.tables),
    definitions: freshCalls(),
    outcomes: world.outcomes,
    receipts: world.receipts,
    verdicts: world.attachments,
    objects: world.bucket.objects,
    newReceiptNo: generateId,
  });

const draftIn = async (category: string): Promise<string> => {
  const { status, body } = await send(world.app.create, { params: { callId }, body: { category, answers } });
  expect(status, JSON.stringify(body)).toBe(201);
  return String(body.submissionId);
};

describe(`a call of ${codes.length} categories, each with a form of its own of ${FIELDS} fields`, () => {
  test('gives the form of a category from two items besides the head', async () => {
    const form = getForm({ calls: freshCalls() });
    const { result, usage } = await counted.measure(() => send(form, { params: { callId, code: '77' } }));
    expect(result.body).toMatchObject({ category: '77', title: '第77类项目申报书' });
    expect(usage.charges.map(({ of, rru }) => [of, rru])).toEqual([
      ['calls/head', 1],
      ['calls/category', 1],
      ['calls/form', 1],
    ]);
  });

  test('takes submits that read their own category and form alone, and those once', async () => {
    const submit = freshSubmit();
    const submitted = async () => {
      const submissionId = await draftIn('42');
      const { result, usage } = await counted.measure(() => send(submit, { params: { submissionId } }));
      expect(result.status, JSON.stringify(result.body)).toBe(200);
      return usage;
    };
    const ofCall = ({ charges }: Awaited<ReturnType<typeof submitted>>) =>
      charges.filter(({ of }) => of.startsWith('calls/')).map(({ of, rru }) => [of, rru]);
    const cold = await submitted();
    // No deadline was granted to anybody, as the head says, so none is looked for.
    const head = ['calls/head', 1];
    expect(ofCall(cold)).toEqual([head, ['calls/category', 1], ['calls/form', 1]]);
    expect(cold).toMatchObject({ wru: 8, readRoundTrips: 4, writeRoundTrips: 1 });
    const warm = await submitted();
    expect(ofCall(warm)).toEqual([head]);
    expect(warm).toMatchObject({ wru: 8, rru: cold.rru - 2, readRoundTrips: 2, writeRoundTrips: 1 });
  });

  test('stays whole in the memory of an instance', async () => {
    const calls = freshCalls();
    const head = await calls.head(callId);
    if (head === undefined) throw new Error('no call');
    const inEveryCategory = () =>
      counted.measure(async () => {
        for (const code of codes) expect((await rulesInForce(calls, head, code)).form.title).toContain(`第${code}类`);
      });
    expect((await inEveryCategory()).usage.requests).toBe(2 * codes.length);
    expect((await inEveryCategory()).usage.requests).toBe(0);
  }, 60_000);
});
