import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CallChanges, callChanges } from '#shared/data/call-changes.ts';
import { type CallsRepository, callsRepository } from '#shared/data/calls-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { headPublishing, headTakenBack, headWithVersion } from '#shared/domain/call/publication.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { contentOf } from '#test/support/call-content.ts';
import { NO_REMINDERS, writtenCall, writtenForm } from '#test/support/calls.ts';
import { freshTables } from '#test/support/dynamodb.ts';

let newRepository: () => CallsRepository;
let calls: CallsRepository;
let changes: CallChanges;

const SAVED = byOfficer('officer-1', '2022-02-20T02:00:00.000Z', 'saved');
const PUBLISHED = byOfficer('officer-1', '2022-02-20T02:00:00.000Z', 'published');

beforeAll(async () => {
  const { db, tables } = await freshTables(['calls', 'history']);
  newRepository = () => callsRepository(db, tables.calls);
  calls = newRepository();
  changes = callChanges(db, tables);
});

/** Digest of nothing that was saved. */
const NOWHERE = '0'.repeat(64);

const drafted = (callId: string, version: number, overrides: Record<string, unknown> = {}) => {
  const { definition, window } = checkDefinition(writtenCall(overrides));
  if (definition === undefined) throw new Error('the definition of the test is wrong');
  const saved = {
    callId,
    version,
    savedAt: '2022-02-20T02:00:00.000Z',
    savedBy: 'officer-1',
    window,
    content: contentOf(definition),
  };
  return { saved, definition, organiser: definition.organiser };
};

const save = async (callId: string, before?: CallHead, overrides: Record<string, unknown> = {}) => {
  const { saved, definition, organiser } = drafted(callId, (before?.latestVersion ?? 0) + 1, overrides);
  const head = headWithVersion(before, { ...saved, organiser });
  const outcome = await changes.saveVersionAtRevision(head, saved, before?.revision ?? 0, SAVED);
  return { outcome, head, saved, definition };
};

const publish = async (callId: string, overrides: Record<string, unknown> = {}): Promise<CallHead> => {
  const { head, saved } = await save(callId, undefined, overrides);
  const published = headPublishing(head, saved, NO_REMINDERS, '2022-02-20T02:00:00.000Z');
  expect(await changes.replaceHeadAtRevision(published, head.revision, PUBLISHED)).toBe('replaced');
  return published;
};

describe('callsRepository', () => {
  it('gives back what was saved, definition and forms', async () => {
    const { head, saved, definition } = await save('round-trip');
    const reader = newRepository();
    expect(await reader.head('round-trip')).toEqual(head);
    const { digest, forms } = saved.content;
    expect(await reader.version('round-trip', 1)).toEqual({ ...saved, content: { digest, forms } });
    expect({ ...(await reader.definition('round-trip', digest)), forms: definition.forms }).toEqual(definition);
    expect(await reader.form('round-trip', forms[0]?.digest ?? '')).toEqual(definition.forms.apply);
  });

  it('has no head and no version of an unknown call, and finds a version once it is there', async () => {
    expect(await calls.head('later')).toBeUndefined();
    expect(await calls.version('later', 1)).toBeUndefined();
    await expect(calls.definition('later', NOWHERE)).rejects.toThrow('has no definition');
    await expect(calls.form('later', NOWHERE)).rejects.toThrow('has no form');
    expect(await calls.category('later', NOWHERE, '1')).toBeUndefined();
    await save('later');
    expect((await calls.version('later', 1))?.version).toBe(1);
  });

  it('lets one of many concurrent saves through', async () => {
    const { head } = await save('race');
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => save('race', head)));
    expect(outcomes.filter(({ outcome }) => outcome === 'saved')).toHaveLength(1);
    expect(await calls.head('race')).toMatchObject({ latestVersion: 2, revision: 2 });
  });

  it('lets one of many concurrent first saves through', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => save('first-race')));
    expect(outcomes.filter(({ outcome }) => outcome === 'saved')).toHaveLength(1);
  });

  it('never overwrites a version, even under a head that was lost', async () => {
    const { head } = await save('immutable');
    const before = await newRepository().version('immutable', 1);
    const { saved } = drafted('immutable', 1, { title: '改' });
    expect(await changes.saveVersionAtRevision({ ...head, revision: 2 }, saved, 1, SAVED)).toBe('moved');
    expect(await newRepository().version('immutable', 1)).toEqual(before);
    expect((await calls.head('immutable'))?.revision).toBe(1);
  });

  it('lets a save or a publication through, not both', async () => {
    const { head, saved } = await save('save-or-publish');
    const [saving, publishing] = await Promise.all([
      save('save-or-publish', head, { closes: '2022-05-01' }),
      changes.replaceHeadAtRevision(
        headPublishing(head, saved, NO_REMINDERS, '2022-02-20T02:00:00.000Z'),
        head.revision,
        PUBLISHED,
      ),
    ]);
    expect([saving.outcome, publishing]).toSatisfy(
      ([one, other]) => (one === 'saved') !== (other === 'replaced'),
      'exactly one',
    );
    const { latestVersion, publishedVersion, closesAt } = (await calls.head('save-or-publish')) ?? {};
    expect([latestVersion, publishedVersion, closesAt]).toEqual(
      publishing === 'replaced' ? [1, 1, '2022-03-31T16:00:00.000Z'] : [2, undefined, '2022-05-01T16:00:00.000Z'],
    );
  });

  it('reads many heads in the order asked for and leaves unknown ones out', async () => {
    await Promise.all(['many-1', 'many-2', 'many-3'].map((callId) => save(callId)));
    const heads = await calls.heads(['many-3', 'nobody', 'many-1', 'many-2']);
    expect(heads.map(({ callId }) => callId)).toEqual(['many-3', 'many-1', 'many-2']);
    expect(await calls.heads([])).toEqual([]);
  });

  it('keeps forms in their order, and the same form once', async () => {
    const { saved } = await save('two-forms', undefined, {
      forms: { b: writtenForm, apply: writtenForm, a: { ...writtenForm, title: '另一' } },
    });
    const { forms } = saved.content;
    expect(forms.map(({ key }) => key)).toEqual(['b', 'apply', 'a']);
    expect(forms[0]?.digest).toBe(forms[1]?.digest);
    expect((await calls.form('two-forms', forms[2]?.digest ?? '')).title).toBe('另一');
  });

  it('fails on an item that has not the expected shape, naming paths and no values', async () => {
    const { db, tables } = await freshTables(['calls']);
    const broken = callsRepository(db, tables.calls);
    await db.send(new PutCommand({ TableName: tables.calls, Item: { callId: 'broken', item: 'head', organiser: 7 } }));
    await expect(broken.head('broken')).rejects.toThrow(/organiser invalid_type(?!.*7)/);
  });
});

describe('the indexes on heads', () => {
  beforeAll(async () => {
    const { db, tables } = await freshTables(['calls', 'history']);
    calls = callsRepository(db, tables.calls);
    changes = callChanges(db, tables);
  });

  it('list published calls by deadline, page by page, and none that was taken back', async () => {
    const closing = ['2022-03-10', '2022-03-20', '2022-03-30'];
    const heads = await Promise.all(closing.map((closes, index) => publish(`listed-${index}`, { closes })));
    const { head } = await save('listed-never');
    expect(head.publishedVersion).toBeUndefined();

    const pages: string[] = [];
    let page = await calls.pageOfPublished({ limit: 2 });
    for (;;) {
      pages.push(page.positions.map(({ callId }) => callId).join(' '));
      if (page.next === undefined) break;
      page = await calls.pageOfPublished({ limit: 2, after: page.next });
    }
    expect(pages.filter((text) => text !== '')).toEqual(['listed-2 listed-1', 'listed-0']);

    const idsOf = async (bounds: { closesAfter?: string; closesUpTo?: string }) =>
      (await calls.pageOfPublished({ limit: 10, ...bounds })).positions.map(({ callId }) => callId);
    const boundary = heads[1]?.closesAt ?? '';
    expect(await idsOf({ closesAfter: boundary })).toEqual(['listed-2']);
    expect(await idsOf({ closesUpTo: boundary })).toEqual(['listed-1', 'listed-0']);

    const [first] = heads;
    if (first === undefined) throw new Error('nothing was published');
    const newest = { version: 1, window: first };
    expect(await changes.replaceHeadAtRevision(headTakenBack(first, newest), first.revision, PUBLISHED)).toBe(
      'replaced',
    );
    expect(await idsOf({})).toEqual(['listed-2', 'listed-1']);
  });
});
