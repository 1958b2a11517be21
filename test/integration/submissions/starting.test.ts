import { beforeEach, describe, expect, test } from 'vitest';
import { writtenForm, writtenLeaf } from '#test/support/calls.ts';
import { newDraft, readyDraft } from '#test/support/draft-steps.ts';
import { organization } from '#test/support/organizations.ts';
import { CALL_ID, type Sent, type SubmissionWorld, send, submissionWorld } from '#test/support/submission-world.ts';

const text = (key: string, label: string, more: object = {}) => ({ key, label, type: 'text', maxLength: 60, ...more });

const form = {
  title: '项目申报书',
  sections: [
    {
      title: '一、单位',
      fields: [
        text('unitName', '单位名称', { prefill: 'unit.name' }),
        text('phone', '电话', { prefill: 'unit.phone', format: 'phone-cn' }),
        text('contact', '联系人', { prefill: 'user.name' }),
        text('contactMobile', '手机', { prefill: 'user.mobile', format: 'mobile-cn' }),
      ],
    },
    ...writtenForm.sections,
  ],
};

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld({ forms: { apply: form } });
  const record = { organizationId: 'unit-1', name: '常德市医学会', kinds: ['市级学会'], phone: '0736-7256979' };
  await world.organizations.replaceAtRevision(organization({ ...record, revision: 2 }), 1);
  await world.memberships.put({
    ...{ subject: 'secretary', organizationId: 'unit-1', role: 'applicant' },
    ...{ name: '丙某某', mobile: '13000000003' },
  });
});

const create = (body: Record<string, unknown> = {}, sent: Sent = {}) =>
  send(world.app.create, { params: { callId: CALL_ID }, body: { category: '1', ...body }, ...sent });

describe('a new draft', () => {
  test('starts with what is known of the unit and of whoever starts it, and says so', async () => {
    const reply = await create({ answers: { phone: '0736-7000000' } });
    expect(reply).toMatchObject({
      status: 201,
      body: {
        answers: { unitName: '常德市医学会', phone: '0736-7000000', contact: '丙某某', contactMobile: '13000000003' },
        answered: 4,
        filled: [
          { field: 'unitName', from: 'unit.name' },
          { field: 'contact', from: 'user.name' },
          { field: 'contactMobile', from: 'user.mobile' },
        ],
        notCopied: [],
      },
    });
    const read = await send(world.app.get, { params: { submissionId: String(reply.body.submissionId) } });
    expect(read.body.answers).toEqual(reply.body.answers);
  });

  test('tells of the person what this unit knows, not another one', async () => {
    const { answers, filled } = (await create({ unitId: 'unit-1' }, { subject: 'both' })).body;
    expect(answers).toEqual({ unitName: '常德市医学会', phone: '0736-7256979' });
    expect(filled).toMatchObject([{ field: 'unitName' }, { field: 'phone' }]);
  });

  test('copies an earlier submission of the unit: submitted, of another category, of another call', async () => {
    const { submissionId } = await readyDraft(world, {
      body: { category: '1', answers: { name: '学会能力提升', kind: 'key', contact: '' } },
    });
    await send(world.app.submit, { params: { submissionId } });
    const begun = { name: '学会能力提升', kind: 'key', contact: '丙某某' };
    const again = await create({ category: '2-1', copyFrom: submissionId, answers: { name: '新项目' } });
    expect(again.body).toMatchObject({
      category: '2-1',
      answers: { ...begun, name: '新项目' },
      filled: expect.arrayContaining([
        { field: 'kind', from: 'copy' },
        { field: 'contact', from: 'user.name' },
      ]),
      notCopied: [],
      attachments: [],
    });

    await world.publishVersion({ forms: { apply: { ...form, sections: form.sections.slice(0, 1) } } }, 'next-year');
    const next = await create({ copyFrom: submissionId }, { params: { callId: 'next-year' } });
    expect(next.body).toMatchObject({ notCopied: ['name', 'kind'], answers: { unitName: '常德市医学会' } });
    expect(next.body.answers).not.toHaveProperty('name');
  });

  test('copies nothing of what is unknown or another unit’s, with one and the same answer', async () => {
    const theirs = await newDraft(world, { subject: 'secretary-2' });
    const foreign = await create({ copyFrom: theirs });
    const unknown = await create({ copyFrom: '0'.repeat(26) });
    expect(foreign).toMatchObject({ status: 404, body: { errors: [{ path: 'copyFrom', code: 'UNKNOWN' }] } });
    expect(foreign.body).toEqual(unknown.body);
    // Who acts for both units copies within one of them alone.
    expect((await create({ copyFrom: theirs, unitId: 'unit-1' }, { subject: 'both' })).status).toBe(404);
    expect((await create({ copyFrom: theirs, unitId: 'unit-2' }, { subject: 'both' })).status).toBe(201);
  });

  test('copies nothing of what the unit only joined as a partner', async () => {
    await world.publishVersion({ forms: { apply: form }, joint: { allowed: true } });
    const submissionId = await newDraft(world, { subject: 'secretary-2' });
    const partners = ['unit-1'];
    await send(world.app.namePartners, { params: { submissionId }, body: { partners }, subject: 'secretary-2' });
    expect((await send(world.app.get, { params: { submissionId } })).status).toBe(200);
    expect((await create({ copyFrom: submissionId })).status).toBe(404);
  });

  test('asks for declarations anew', async () => {
    const fields = [{ key: 'hasVenue', label: '有活动场地', type: 'boolean' }];
    const condition = { text: '有活动场地', effect: 'gate', declare: 'hasVenue' };
    await world.publishVersion({
      categories: [{ code: '1', title: '学会党的建设', ...writtenLeaf, conditions: [condition] }],
      forms: { apply: { ...form, sections: [...form.sections, { title: '声明', fields }] } },
    });
    const first = await create({ answers: { name: '甲', hasVenue: true } });
    const { body } = await create({ copyFrom: first.body.submissionId });
    expect(body).toMatchObject({ answers: { name: '甲' }, notCopied: ['hasVenue'] });
    expect(body.answers).not.toHaveProperty('hasVenue');
  });

  test('repeated with its key, tells again what was filled, dropped and not copied', async () => {
    const earlier = await create({ answers: { name: '甲', kind: 'key' } });
    await world.publishVersion({ forms: { apply: { ...form, sections: form.sections.slice(0, 1) } } });
    const headers = { 'idempotency-key': 'key-1' };
    const first = await create({ copyFrom: earlier.body.submissionId }, { headers });
    expect(first.body).toMatchObject({ notCopied: ['name', 'kind'] });
    expect(first.body.filled).toHaveLength(4);
    expect((await create({ copyFrom: earlier.body.submissionId }, { headers })).body).toEqual(first.body);
    expect((await create({}, { headers })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});
