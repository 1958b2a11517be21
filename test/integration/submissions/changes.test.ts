import { beforeEach, describe, expect, test } from 'vitest';
import { headPublishing } from '#shared/domain/call/publication.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { NO_REMINDERS, writtenForm, writtenLeaf } from '#test/support/calls.ts';
import { announced, newDraft, readyDraft } from '#test/support/draft-steps.ts';
import { CALL_ID, type Sent, type SubmissionWorld, send, submissionWorld } from '#test/support/submission-world.ts';

const [section] = writtenForm.sections;
const fields = section?.fields ?? [];
const place = { key: 'place', label: '会议地点', type: 'text', maxLength: 100, required: true };
const formOf = (...asked: readonly object[]) => ({
  forms: { apply: { ...writtenForm, sections: [{ title: '一、项目', fields: asked }] } },
});
/** Asks where the meeting is, and no longer of which kind the project is. */
const second = formOf(...fields.filter(({ key }) => key !== 'kind'), place);

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld();
});

const read = (submissionId: string, sent: Sent = {}) => send(world.app.get, { params: { submissionId }, ...sent });
const save = (submissionId: string, body: unknown, ifMatch: string) =>
  send(world.app.save, { params: { submissionId }, body, headers: { 'if-match': ifMatch } });

const changes = {
  from: 1,
  to: 2,
  changes: [
    { path: 'form.kind', kind: 'removed', text: '您填写的“项目类型”不再需要，保存时请去掉。' },
    { path: 'form.place', kind: 'added', text: '新增必填项“会议地点”。' },
    { path: 'form.kind', kind: 'removed', text: '删除了填报项“项目类型”。' },
  ],
};

describe('a newer version of the call', () => {
  test('is told to a draft until a save is checked against it, whose reply tells it for the last time', async () => {
    const submissionId = await newDraft(world, { body: { category: '1', answers: { name: '甲', kind: 'key' } } });
    expect((await read(submissionId)).body).not.toHaveProperty('changes');

    await world.publishVersion(second);
    expect((await read(submissionId)).body).toMatchObject({ callVersion: 1, changes });
    expect((await read(submissionId)).body).toMatchObject({ callVersion: 1, changes });
    expect((await save(submissionId, { name: '甲', kind: 'key' }, '"1"')).body.code).toBe('VALIDATION_FAILED');
    expect((await read(submissionId)).body).toMatchObject({ changes });

    const saved = await save(submissionId, { name: '甲', place: '常德' }, '"1"');
    expect(saved.body).toMatchObject({ callVersion: 2, changes: { ...changes, changes: changes.changes.slice(1) } });
    expect((await save(submissionId, { name: '乙' }, '"2"')).body).not.toHaveProperty('changes');
    expect((await read(submissionId)).body).not.toHaveProperty('changes');
  });

  test('tells all that changed since, over several versions, in the language of the reader', async () => {
    const submissionId = await newDraft(world);
    await world.publishVersion(second);
    await world.publishVersion({ ...second, limitPerUnit: 1 });
    expect((await read(submissionId, { headers: { 'accept-language': 'en' } })).body.changes).toEqual({
      from: 1,
      to: 3,
      changes: [
        {
          path: 'call.limitPerUnit',
          kind: 'changed',
          text: 'The limit of submissions per unit of this call changed from 3 to 1.',
        },
        { path: 'form.place', kind: 'added', text: 'New required field "会议地点".' },
        { path: 'form.kind', kind: 'removed', text: 'Removed field "项目类型".' },
      ],
    });
  });

  test('that asks the same of this category says so by an empty list', async () => {
    const submissionId = await newDraft(world);
    await world.publishVersion({ title: '关于申报2022年度项目的通知（修订）' });
    expect((await read(submissionId)).body.changes).toEqual({ from: 1, to: 2, changes: [] });
  });

  test('is told backwards where the version before it is put in force again', async () => {
    const first = await world.calls.version(CALL_ID, 1);
    await world.publishVersion(second);
    const head = await world.calls.head(CALL_ID);
    if (head === undefined || first === undefined) throw new Error('no call');
    const submissionId = await newDraft(world);
    const published = headPublishing(head, first, NO_REMINDERS, head.opensAt);
    await world.changes.replaceHeadAtRevision(
      published,
      head.revision,
      byOfficer('officer', head.opensAt, 'published'),
    );
    expect((await read(submissionId)).body.changes).toMatchObject({
      from: 2,
      to: 1,
      changes: [
        { path: 'form.kind', kind: 'added' },
        { path: 'form.place', kind: 'removed' },
      ],
    });
  });

  test('tells which files of the draft it no longer takes', async () => {
    const submissionId = await newDraft(world);
    await announced(world, submissionId);
    const materials = [{ key: 'plan', title: '计划', accept: ['pdf'] }];
    await world.publishVersion({ categories: [{ code: '1', title: '学会党的建设', ...writtenLeaf, materials }] });
    expect((await read(submissionId)).body.changes).toMatchObject({
      changes: [
        { path: 'materials.application', kind: 'removed', text: '您上传的“申报书”不再需要，提交前请删除。' },
        { path: 'materials.plan', kind: 'added', text: '新增材料“计划”。' },
        { path: 'materials.application', kind: 'removed', text: '删除了材料“申报书”。' },
      ],
    });
  });

  test('is told to the lead of a joint application, and not to its partners', async () => {
    const joint = { allowed: true };
    await world.publishVersion({ joint });
    const submissionId = await newDraft(world);
    await send(world.app.namePartners, { params: { submissionId }, body: { partners: ['unit-2'] } });
    await world.publishVersion({ ...second, joint });
    expect((await read(submissionId)).body).toMatchObject({ changes: { from: 2, to: 3 } });
    const theirs = await read(submissionId, { subject: 'secretary-2' });
    expect(theirs).toMatchObject({ status: 200, body: { submissionId } });
    expect(theirs.body).not.toHaveProperty('changes');
  });

  test('concerns neither officers, nor what is submitted, nor a draft begun under it', async () => {
    const draft = await newDraft(world);
    const { submissionId } = await readyDraft(world);
    await send(world.app.submit, { params: { submissionId } });
    await world.publishVersion(second);
    expect((await read(draft, { subject: 'officer' })).body).not.toHaveProperty('changes');
    expect((await read(submissionId)).body).not.toHaveProperty('changes');
    expect((await read(await newDraft(world))).body).not.toHaveProperty('changes');
    await send(world.app.withdraw, { params: { submissionId } });
    expect((await read(submissionId)).body).toMatchObject({ status: 'draft', changes: { from: 1, to: 2 } });
  });
});
