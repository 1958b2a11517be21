import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { getCall } from '#functions/calls/get-call/get-call.ts';
import * as contract from '#shared/contract/calls.ts';
import { callChanges } from '#shared/data/call-changes.ts';
import { type CallsRepository, callsRepository } from '#shared/data/calls-repository.ts';
import { categoryOfVersion } from '#shared/data/category-rules.ts';
import { rulesInForce } from '#shared/data/rules-in-force.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import type { CallDefinition } from '#shared/domain/call/definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { presentCall } from '#shared/domain/call/present.ts';
import { headPublishing, headWithVersion } from '#shared/domain/call/publication.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { contentOf } from '#test/support/call-content.ts';
import { NO_REMINDERS, writtenCall, writtenForm } from '#test/support/calls.ts';
import { type FreshTables, freshTables } from '#test/support/dynamodb.ts';
import { send, WHILE_OPEN } from '#test/support/submission-world.ts';

const AT = '2022-02-20T02:00:00.000Z';

let fresh: FreshTables;
beforeAll(async () => {
  fresh = await freshTables(['calls', 'history']);
});

/** Of an instance of its own: nothing is cached yet. */
const freshCalls = (): CallsRepository => callsRepository(fresh.db, fresh.tables.calls);

const checked = (written: unknown) => {
  const { definition, window, faults } = checkDefinition(written);
  if (definition === undefined) throw new Error(JSON.stringify(faults));
  return { definition, window };
};

const save = async (callId: string, before: CallHead | undefined, written: unknown) => {
  const { definition, window } = checked(written);
  const { organiser } = definition;
  const version = (before?.latestVersion ?? 0) + 1;
  const saved = { callId, version, savedAt: AT, savedBy: 'officer-1', window, content: contentOf(definition) };
  const head = headWithVersion(before, { ...saved, organiser });
  const outcome = await callChanges(fresh.db, fresh.tables).saveVersionAtRevision(
    head,
    saved,
    before?.revision ?? 0,
    byOfficer('officer', AT, 'saved'),
  );
  return { outcome, head, saved };
};

const publish = async ({ head, saved }: Awaited<ReturnType<typeof save>>): Promise<CallHead> => {
  const published = headPublishing(head, saved, NO_REMINDERS, AT);
  expect(
    await callChanges(fresh.db, fresh.tables).replaceHeadAtRevision(
      published,
      head.revision,
      byOfficer('officer', AT, 'published'),
    ),
  ).toBe('replaced');
  return published;
};

const withFormTitled = (title: string) => writtenCall({ title, forms: { apply: { ...writtenForm, title } } });

describe('a version saved in parts', () => {
  it('leaves what is in force alone where the save breaks off before its last write, and the next save works', async () => {
    const published = await publish(await save('broken-off', undefined, withFormTitled('第一稿')));
    fresh.db.middlewareStack.add(
      (next, context) => (args) => {
        if (context.commandName === 'TransactWriteItemsCommand') throw new Error('broken off');
        return next(args);
      },
      { step: 'initialize', name: 'break-off' },
    );
    await expect(save('broken-off', published, withFormTitled('第二稿'))).rejects.toThrow('broken off');
    fresh.db.middlewareStack.remove('break-off');

    const reader = freshCalls();
    expect(await reader.head('broken-off')).toEqual(published);
    expect(await reader.version('broken-off', 2)).toBeUndefined();
    expect(await rulesInForce(reader, published, '1')).toMatchObject({ version: 1, form: { title: '第一稿' } });

    const next = await save('broken-off', published, withFormTitled('第二稿'));
    expect(next.outcome).toBe('saved');
    const inForce = await publish(next);
    expect(await rulesInForce(reader, inForce, '1')).toMatchObject({ version: 2, form: { title: '第二稿' } });
    expect(await categoryOfVersion(reader, 'broken-off', 1, '1')).toMatchObject({ form: { title: '第一稿' } });
  });

  it('says what the one save said that came first, of several at once', async () => {
    const { head } = await save('race', undefined, withFormTitled('初稿'));
    const titles = Array.from({ length: 6 }, (_, index) => `第${index + 1}稿`);
    const saves = await Promise.all(titles.map((title) => save('race', head, withFormTitled(title))));
    const winners = titles.filter((_, index) => saves[index]?.outcome === 'saved');
    const { call, form } = await categoryOfVersion(freshCalls(), 'race', 2, '2-1');
    expect(winners).toEqual([call.title]);
    expect(winners).toEqual([form.title]);
  });

  it('shares a form that did not change with the version before', async () => {
    const first = await save('shared', undefined, writtenCall());
    const second = await save('shared', first.head, writtenCall({ title: '改' }));
    expect(second.saved.content.forms).toEqual(first.saved.content.forms);
    expect(second.saved.content.digest).not.toBe(first.saved.content.digest);
  });

  it('has no rules for a category or a version that is not there', async () => {
    const published = await publish(await save('unknown', undefined, writtenCall()));
    const unknown = { faults: [{ path: 'category', code: 'UNKNOWN_CATEGORY' }] };
    for (const code of ['2', '3']) {
      await expect(rulesInForce(freshCalls(), published, code)).rejects.toMatchObject(unknown);
    }
    await expect(categoryOfVersion(freshCalls(), 'unknown', 2, '1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe.each(['changde-2022', 'guangdong-2024', 'hunan-2022'])('the real call %s', (callId) => {
  const text = readFileSync(new URL(`../../../shared/calls/${callId}/call.yaml`, import.meta.url), 'utf8');
  const { definition } = checked(parseYaml(text));
  const { forms, ...withoutForms }: CallDefinition = definition;

  it('is read back and shown as it was written, to the byte', async () => {
    const written = await save(callId, undefined, parseYaml(text));
    const published = await publish(written);
    const reader = freshCalls();
    const { content } = written.saved;
    expect(JSON.stringify(await reader.definition(callId, content.digest))).toBe(JSON.stringify(withoutForms));
    for (const { key, digest } of content.forms) {
      expect(JSON.stringify(await reader.form(callId, digest))).toBe(JSON.stringify(forms[key]));
    }
    const shown = presentCall(published, { version: 1, window: published, definition: withoutForms }, WHILE_OPEN);
    const { body } = await send(getCall({ calls: reader }), { params: { callId } });
    expect(JSON.stringify(body)).toBe(JSON.stringify(contract.getCall.reply.parse(shown)));
  });
});
