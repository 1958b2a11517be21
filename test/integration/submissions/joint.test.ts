import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { writtenLeaf } from '#test/support/calls.ts';
import { applicantOf, consented, jointDraft, readyDraft, talliesOf, uploaded } from '#test/support/draft-steps.ts';
import {
  CALL_ID,
  CLOSES_AT,
  type SubmissionWorld,
  send,
  submissionWorld,
  WHILE_OPEN,
} from '#test/support/submission-world.ts';

const CLAUSE = '通知 三.3';
const JOINT = { allowed: true, clause: CLAUSE };

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld({ joint: JOINT });
});

const submit = (submissionId: string, lead = 'unit-1', receivedAt = WHILE_OPEN) =>
  send(world.app.submit, { params: { submissionId }, subject: applicantOf(lead), receivedAt });
const withdraw = (submissionId: string, lead = 'unit-1') =>
  send(world.app.withdraw, { params: { submissionId }, subject: applicantOf(lead) });
const name = (submissionId: string, partners: readonly string[], subject = 'secretary', receivedAt = WHILE_OPEN) =>
  send(world.app.namePartners, { params: { submissionId }, body: { partners }, subject, receivedAt });
const consent = (submissionId: string, subject = 'secretary-2', body?: unknown, receivedAt = WHILE_OPEN) =>
  send(world.app.consent, { params: { submissionId }, subject, receivedAt, ...(body === undefined ? {} : { body }) });
const takeBack = (submissionId: string, subject = 'secretary-2', receivedAt = WHILE_OPEN) =>
  send(world.app.takeBackConsent, { params: { submissionId }, subject, receivedAt });
const read = (submissionId: string, subject: string) => send(world.app.get, { params: { submissionId }, subject });
const listed = (unitId: string, query: Record<string, string> = {}) =>
  send(world.app.list, { subject: applicantOf(unitId), query: { unitId, ...query } });

/** Every item of the Submissions table that is in a unit's list. */
const indexed = async (unitId: string): Promise<unknown[]> => {
  const { Items = [] } = await world.db.send(
    new QueryCommand({
      TableName: world.tables.submissions,
      IndexName: 'byUnit',
      KeyConditionExpression: 'unitId = :unitId',
      ExpressionAttributeValues: { ':unitId': unitId },
    }),
  );
  return Items;
};

describe('naming partners', () => {
  test('shows them to both sides in their order, without consent', async () => {
    const { submissionId } = await readyDraft(world);
    const reply = await name(submissionId, ['unit-2', 'company']);
    const partners = [
      { unitId: 'unit-2', name: '常德职业技术学院科协' },
      { unitId: 'company', name: '某公司' },
    ];
    expect(reply).toMatchObject({ status: 200, body: { partners } });
    expect((await read(submissionId, 'secretary')).body).toMatchObject({ partners, partnerCount: 0 });
    expect((await read(submissionId, 'outsider')).body).toMatchObject({ partners });
  });

  test('is refused with every fault, and changes nothing', async () => {
    const { submissionId } = await readyDraft(world);
    await name(submissionId, ['company']);
    const reply = await name(submissionId, ['unit-2', 'unit-1', 'nobody', 'unit-2']);
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toMatchObject([
      { path: 'partners[1]', code: 'DUPLICATE', message: '这是牵头单位自己，不必列入。' },
      { path: 'partners[2]', code: 'UNKNOWN_UNIT' },
      { path: 'partners[3]', code: 'DUPLICATE' },
    ]);
    expect((await read(submissionId, 'secretary')).body.partners).toMatchObject([{ unitId: 'company' }]);
  });

  test("follows the category's own words before the call's", async () => {
    world = await submissionWorld({ joint: { allowed: false, clause: CLAUSE } });
    const { submissionId } = await readyDraft(world);
    expect((await name(submissionId, ['unit-2'])).body.errors).toMatchObject([
      { path: 'partners', code: 'JOINT_NOT_ALLOWED', clause: CLAUSE },
    ]);
  });

  test('is refused for a unit of another kind than may take part, before its consent is asked for', async () => {
    world = await submissionWorld({ joint: { ...JOINT, partners: ['高校科协'] } });
    const { submissionId } = await readyDraft(world);
    expect((await name(submissionId, ['unit-2', 'company'])).body.errors).toMatchObject([
      { path: 'partners[1]', code: 'APPLICANT_KIND', message: expect.stringContaining('某公司'), clause: CLAUSE },
    ]);
    expect((await name(submissionId, ['unit-2'])).status).toBe(200);
    await consented(world, submissionId, 'unit-2');
    expect((await submit(submissionId)).status).toBe(200);
  });

  test("belongs to the lead's user alone, to a draft, and to the time of the call", async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'] });
    expect((await name(submissionId, [], 'secretary-2')).status).toBe(404);
    expect((await name(submissionId, [], 'officer')).status).toBe(404);
    expect((await name(submissionId, [], 'secretary', CLOSES_AT)).body.code).toBe('CALL_CLOSED');
    await submit(submissionId);
    expect((await name(submissionId, [])).body.code).toBe('NOT_A_DRAFT');
  });

  test('again keeps the consent of who stays; who was taken off has to consent anew', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'] });
    expect((await name(submissionId, ['company', 'unit-2'])).body.partners).toMatchObject([
      { unitId: 'company' },
      { unitId: 'unit-2', consentedAt: expect.any(String) },
    ]);
    await name(submissionId, []);
    expect((await name(submissionId, ['unit-2'])).body.partners).toEqual([
      { unitId: 'unit-2', name: '常德职业技术学院科协' },
    ]);
  });
});

describe('a partner', () => {
  test('reads all of a draft from being named on, its files too, and finds it in its list', async () => {
    const { submissionId, attachmentId } = await readyDraft(world);
    const { key, versionId } = uploaded(world, submissionId, attachmentId);
    await world.jobs.admit(key, versionId);
    expect((await read(submissionId, 'secretary-2')).status).toBe(404);
    await name(submissionId, ['unit-2']);
    const { status, body } = await read(submissionId, 'secretary-2');
    expect(status).toBe(200);
    expect(body).toMatchObject({ answers: { name: '学会能力提升' }, attachments: [{ attachmentId }] });
    const download = await send(world.app.download, {
      params: { submissionId, attachmentId },
      subject: 'secretary-2',
      headers: { accept: 'application/json' },
    });
    expect(download.status).toBe(200);
    expect((await listed('unit-2')).body.items).toMatchObject([{ submissionId, unitId: 'unit-1', role: 'partner' }]);
    await consented(world, submissionId, 'unit-2');
    expect((await listed('unit-2')).body.items).toMatchObject([
      { submissionId, role: 'partner', consentedAt: new Date(WHILE_OPEN).toISOString() },
    ]);
    expect((await listed('unit-1')).body.items).toMatchObject([{ submissionId, role: 'lead', partnerCount: 1 }]);
  });

  test('edits nothing', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'] });
    const sent = { params: { submissionId }, subject: 'secretary-2' };
    const replies = [
      await send(world.app.save, { ...sent, body: {}, headers: { 'if-match': '"1"' } }),
      await send(world.app.submit, sent),
      await send(world.app.validate, sent),
      await send(world.app.remove, sent),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    await submit(submissionId);
    expect((await send(world.app.withdraw, sent)).status).toBe(404);
  });

  test('that is taken off the list sees no more of it', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'] });
    await name(submissionId, []);
    expect((await read(submissionId, 'secretary-2')).status).toBe(404);
    expect((await consent(submissionId)).status).toBe(404);
    expect((await listed('unit-2')).body.items).toEqual([]);
  });

  test('pages through what it leads and what it is named in, each once', async () => {
    const own = (await readyDraft(world, { subject: 'secretary-2', receivedAt: WHILE_OPEN })).submissionId;
    const named = [
      await jointDraft(world, { partners: ['unit-2'] }),
      await jointDraft(world, { partners: ['unit-2'], consenting: [] }),
    ];
    const found: unknown[] = [];
    let cursor: unknown;
    do {
      const { body } = await listed('unit-2', { limit: '1', ...(typeof cursor === 'string' ? { cursor } : {}) });
      if (Array.isArray(body.items)) found.push(...body.items.map(({ submissionId }) => submissionId));
      cursor = body.nextCursor;
    } while (cursor !== undefined);
    expect(found.sort()).toEqual([own, ...named].sort());
  });
});

describe('a consent', () => {
  test('given twice stays as it was first given, and moves the content once', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'], consenting: [] });
    const first = await consent(submissionId);
    const revision = (await world.submissions.head(submissionId))?.contentRevision;
    expect((await consent(submissionId, 'secretary-2', undefined, WHILE_OPEN + 1)).body).toEqual(first.body);
    expect((await world.submissions.head(submissionId))?.contentRevision).toBe(revision);
  });

  test('is no matter of another unit, of the lead, or of the officer', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'], consenting: [] });
    for (const subject of ['outsider', 'secretary', 'officer'])
      expect((await consent(submissionId, subject)).status).toBe(404);
    expect((await consent(submissionId, 'secretary-2', { unitId: 'company' })).status).toBe(404);
  });

  test('of who acts for several partners says for which', async () => {
    world = await submissionWorld({
      joint: JOINT,
      categories: [{ code: '1', title: '科技服务', ...writtenLeaf, applicants: ['企业'] }],
    });
    const submissionId = await jointDraft(world, { lead: 'company', partners: ['unit-1', 'unit-2'], consenting: [] });
    expect((await consent(submissionId, 'both')).body.code).toBe('UNIT_REQUIRED');
    expect((await consent(submissionId, 'both', { unitId: 'unit-2' })).body.partners).toMatchObject([
      { unitId: 'unit-1', name: '常德市医学会' },
      { unitId: 'unit-2', consentedAt: expect.any(String) },
    ]);
    expect((await read(submissionId, 'outsider')).body.partnerCount).toBe(1);
  });

  test('comes too late after the submit, and after the deadline', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'] });
    expect((await takeBack(submissionId, 'secretary-2', CLOSES_AT)).body.code).toBe('CALL_CLOSED');
    expect((await consent(submissionId, 'secretary-2', undefined, CLOSES_AT)).body.code).toBe('CALL_CLOSED');
    await submit(submissionId);
    const detail = expect.stringContaining('牵头单位');
    expect((await consent(submissionId)).body).toMatchObject({ code: 'NOT_A_DRAFT', detail });
    expect((await takeBack(submissionId)).body).toMatchObject({ code: 'NOT_A_DRAFT', detail });
  });

  test('of two partners at once is kept of both', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2', 'company'], consenting: [] });
    await Promise.all([consent(submissionId), consent(submissionId, 'outsider')]);
    expect((await read(submissionId, 'secretary')).body.partnerCount).toBe(2);
  });

  test('is seen by the officer, and who did not consent is not', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2', 'company'], consenting: ['company'] });
    expect((await read(submissionId, 'officer')).body).toMatchObject({
      partnerCount: 1,
      partners: [{ unitId: 'company', name: '某公司' }],
    });
  });
});

describe('a joint submit', () => {
  test('is refused without every consent, and the dry run says the same', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2', 'company'], consenting: ['unit-2'] });
    const errors = [
      {
        path: 'partners[1]',
        code: 'CONSENT_MISSING',
        message: '某公司尚未同意联合申报。请该单位的用户确认，或从参加单位中去掉。',
      },
    ];
    expect(await submit(submissionId)).toMatchObject({ status: 422, body: { errors } });
    const dryRun = await send(world.app.validate, { params: { submissionId } });
    expect(dryRun.body).toMatchObject({ ready: false, errors });
    await name(submissionId, ['unit-2']);
    expect((await submit(submissionId)).status).toBe(200);
  });

  test('is refused for a partner under a sanction, by its place and name', async () => {
    const submissionId = await jointDraft(world, { partners: ['company', 'unit-2'] });
    await world.db.send(
      new UpdateCommand({
        TableName: world.tables.organizations,
        Key: { organizationId: 'unit-2' },
        UpdateExpression: 'SET sanctions = :sanctions',
        ExpressionAttributeValues: {
          ':sanctions': [{ reason: '弄虚作假', from: '2021-01-01', until: '2023-12-31' }],
        },
      }),
    );
    expect((await submit(submissionId)).body.errors).toMatchObject([
      { path: 'partners[1]', code: 'SANCTIONED', message: expect.stringContaining('常德职业技术学院科协') },
    ]);
  });

  test('asks for as many partners as the category does', async () => {
    world = await submissionWorld({ joint: { ...JOINT, minPartners: 1 } });
    const { submissionId } = await readyDraft(world);
    expect((await submit(submissionId)).body.errors).toMatchObject([
      { path: 'partners', code: 'TOO_FEW', message: '参加单位太少，至少 1 个。', clause: CLAUSE },
    ]);
  });

  test('names the partners in its receipt, which both sides can read and check', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'] });
    const { body } = await submit(submissionId);
    const { digest, ...rest } = body;
    expect(rest.partners).toEqual([{ unitId: 'unit-2', name: '常德职业技术学院科协' }]);
    expect(digest).toBe(canonicalDigest(rest));
    const receipt = (subject: string) => send(world.app.receipt, { params: { submissionId }, subject });
    expect((await receipt('secretary-2')).body).toMatchObject(body);
    expect((await receipt('outsider')).status).toBe(404);
    expect((await read(submissionId, 'secretary-2')).body).toMatchObject({ status: 'submitted' });
    expect((await listed('unit-2')).body.items).toMatchObject([{ submissionId, status: 'submitted' }]);
  });

  test('leaves the partners their places where the call does not count them', async () => {
    await submit(await jointDraft(world, { partners: ['unit-2'] }));
    expect(await talliesOf(world)).toMatchObject([{ unitId: 'unit-1', submitted: { length: 1 } }]);
    expect(await world.tallies.countsOfUnit(CALL_ID, 'unit-2', [{ title: '', limit: 3 }])).toEqual([0]);
  });

  test('that is withdrawn keeps partners and consents, and can be submitted again', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'] });
    await submit(submissionId);
    await withdraw(submissionId);
    expect((await read(submissionId, 'secretary-2')).body.partners).toMatchObject([
      { consentedAt: expect.any(String) },
    ]);
    expect((await submit(submissionId)).status).toBe(200);
  });
});

describe('where it counts against the limits of its partners', () => {
  const counts = (unitId: string) =>
    world.tallies.countsOfUnit(CALL_ID, unitId, [
      { title: '', limit: 1 },
      { title: '', limit: 1, code: '1' },
    ]);

  beforeEach(async () => {
    world = await submissionWorld({
      joint: { ...JOINT, partnersCount: true },
      limitPerUnit: 1,
      limitClause: '通知 二',
    });
  });

  test('takes a place of each, and a withdrawal gives all of them back', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2', 'company'] });
    expect((await submit(submissionId)).status).toBe(200);
    expect([await counts('unit-1'), await counts('unit-2'), await counts('company')]).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    await withdraw(submissionId);
    expect([await counts('unit-1'), await counts('unit-2'), await counts('company')]).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  test('is refused where a partner has none left, naming it, and so says the dry run', async () => {
    await submit((await readyDraft(world, { subject: 'secretary-2' })).submissionId, 'unit-2');
    const submissionId = await jointDraft(world, { partners: ['company', 'unit-2'] });
    const reply = await submit(submissionId);
    expect(reply).toMatchObject({ status: 409, body: { code: 'LIMIT_REACHED', limit: 1, count: 1 } });
    expect(reply.body.detail).toContain('参加单位“常德职业技术学院科协”已有 1 项');
    expect(reply.body.errors).toMatchObject([{ path: 'partners[1]', code: 'LIMIT_REACHED', clause: '通知 二' }]);
    const dryRun = await send(world.app.validate, { params: { submissionId } });
    expect(dryRun.body.errors).toMatchObject([{ path: 'partners[1]', code: 'LIMIT_REACHED' }]);
    expect((await read(submissionId, 'secretary')).body.status).toBe('draft');
    expect(await counts('company')).toEqual([0, 0]);
  });

  test('tells the lead nothing of what a unit has submitted that did not consent', async () => {
    await submit((await readyDraft(world, { subject: 'secretary-2' })).submissionId, 'unit-2');
    const submissionId = await jointDraft(world, { partners: ['company', 'unit-2'], consenting: ['company'] });
    const dryRun = await send(world.app.validate, { params: { submissionId } });
    expect(dryRun.body.errors).toMatchObject([{ path: 'partners[1]', code: 'CONSENT_MISSING' }]);
    await consented(world, submissionId, 'unit-2');
    const told = await send(world.app.validate, { params: { submissionId } });
    expect(told.body.errors).toMatchObject([{ path: 'partners[1]', code: 'LIMIT_REACHED' }]);
  });

  test('leaves the partner no place for one of its own', async () => {
    await submit(await jointDraft(world, { partners: ['unit-2'] }));
    const own = await readyDraft(world, { subject: 'secretary-2' });
    const refused = await submit(own.submissionId, 'unit-2');
    expect(refused).toMatchObject({ status: 409, body: { code: 'LIMIT_REACHED' } });
    // It has submitted nothing itself, and a draft takes no place.
    for (const told of [String(refused.body.detail), JSON.stringify(refused.body.errors)]) {
      expect(told).toContain('贵单位已有 1 项');
      expect(told).not.toMatch(/已提交|删除/);
    }
  });

  test('lets exactly one of two leads through that name the same partner at once', async () => {
    const drafts = [
      { lead: 'unit-1', submissionId: await jointDraft(world, { lead: 'unit-1', partners: ['company'] }) },
      { lead: 'unit-2', submissionId: await jointDraft(world, { lead: 'unit-2', partners: ['company'] }) },
    ];
    const replies = await Promise.all(drafts.map(({ lead, submissionId }) => submit(submissionId, lead)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(replies.find(({ status }) => status === 409)?.body.errors).toMatchObject([{ path: 'partners[0]' }]);
    expect(await counts('company')).toEqual([1, 1]);
    expect((await talliesOf(world)).flatMap(({ submitted }) => submitted)).toHaveLength(1);
  });

  test('is once in the roster and once in what the close records', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2', 'company'] });
    await submit(submissionId);
    const roster = await send(world.app.listOfCall, { params: { callId: CALL_ID }, subject: 'officer' });
    expect(roster.body.items).toMatchObject([{ submissionId, unitId: 'unit-1', partnerCount: 2 }]);
    world.clock.now = CLOSES_AT + 120_000;
    await world.jobs.advance();
    expect((await world.calls.head(CALL_ID))?.closing).toMatchObject({ submissions: 1, units: 1, drafts: 0 });
  });
});

describe('a consent taken back while the submit is under way', () => {
  test('leaves a draft without it, or a submission with it', async () => {
    for (let round = 0; round < 8; round += 1) {
      const submissionId = await jointDraft(world, { partners: ['unit-2'] });
      const [sent] = await Promise.all([submit(submissionId), takeBack(submissionId)]);
      const kept = await world.submissions.load(submissionId);
      const hasConsent = kept?.partners[0]?.consentedAt !== undefined;
      expect(kept?.head.status === 'submitted').toBe(sent.status === 200);
      expect(hasConsent).toBe(sent.status === 200);
      if (sent.status === 200) await withdraw(submissionId);
    }
  });

  test('between reading and writing has the submit decide again', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'] });
    let taken = false;
    world.db.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'TransactWriteItemsCommand' && !taken) {
          taken = true;
          await takeBack(submissionId);
        }
        return next(args);
      },
      { step: 'initialize', name: 'take-back' },
    );
    expect((await submit(submissionId)).body.errors).toMatchObject([{ code: 'CONSENT_MISSING' }]);
    expect(taken).toBe(true);
  });
});

describe('a deleted draft', () => {
  test('is gone from the lists of its partners at once, and leaves no item of theirs', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2', 'company'] });
    await send(world.app.remove, { params: { submissionId } });
    expect((await listed('unit-2')).body.items).toEqual([]);
    expect((await read(submissionId, 'outsider')).status).toBe(404);
    expect([...(await indexed('unit-1')), ...(await indexed('unit-2')), ...(await indexed('company'))]).toEqual([]);
  });

  test('is deleted all the same where a partner consents meanwhile, and nothing is left', async () => {
    const submissionId = await jointDraft(world, { partners: ['unit-2'], consenting: [] });
    const [removed] = await Promise.all([send(world.app.remove, { params: { submissionId } }), consent(submissionId)]);
    expect(removed.status).toBe(204);
    expect(await indexed('unit-2')).toEqual([]);
  });
});
