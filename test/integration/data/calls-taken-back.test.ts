import { beforeAll, describe, expect, it } from 'vitest';
import { publishCall } from '#functions/calls/publish-call/publish-call.ts';
import { saveCall } from '#functions/calls/save-call/save-call.ts';
import { unpublishCall } from '#functions/calls/unpublish-call/unpublish-call.ts';
import { createSubmission } from '#functions/submissions/create-submission/create-submission.ts';
import { callChanges } from '#shared/data/call-changes.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { categoriesInUse } from '#shared/data/categories-in-use.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { idempotencyRepository } from '#shared/data/idempotency-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { submissionDrafts } from '#shared/data/submission-drafts.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import type { HttpHandler } from '#shared/http/operation-request.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { writtenCall, writtenLeaf } from '#test/support/calls.ts';
import { freshTables } from '#test/support/dynamodb.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';

type Fresh = Awaited<ReturnType<typeof freshTables>>;

const nothing = async (): Promise<void> => {};

/** The real functions on real tables. What is given is awaited at its place, so that a test can order what happens. */
const machine = ({ db, tables }: Fresh) => {
  const calls = callsRepository(db, tables.calls);
  const changes = callChanges(db, tables);
  const memberships = membershipsRepository(db, tables.memberships);
  const organizations = organizationsRepository(db, tables.organizations);
  const tallies = talliesRepository(db, tables.tallies);
  const submissions = submissionsRepository(db, tables.submissions);
  const drafts = submissionDrafts(db, tables);

  const unpublishing = ({ beforeWrite = nothing, afterWrite = nothing } = {}) =>
    unpublishCall({
      calls,
      changes: {
        replaceHeadAtRevision: async (head, ...change) => {
          const takesBack = head.publishedVersion === undefined;
          if (takesBack) await beforeWrite();
          const outcome = await changes.replaceHeadAtRevision(head, ...change);
          if (takesBack) await afterWrite();
          return outcome;
        },
      },
      memberships,
      tallies,
    });
  const creating = (afterWrite = nothing) =>
    createSubmission({
      calls,
      deadlines: deadlinesRepository(db, tables.calls),
      memberships,
      organizations,
      submissions,
      drafts: {
        ...drafts,
        createDraft: async (...draft) => {
          const outcome = await drafts.createDraft(...draft);
          await afterWrite();
          return outcome;
        },
      },
      idempotency: idempotencyRepository(db, tables.idempotency),
      newSubmissionId: generateId,
    });
  const publishing = (beforeWrite = nothing) =>
    publishCall({
      calls,
      changes: {
        replaceHeadAtRevision: async (...change) => {
          await beforeWrite();
          return changes.replaceHeadAtRevision(...change);
        },
      },
      memberships,
      annexes: { holds: async () => true },
      categoriesInUse: (callId, codes) => categoriesInUse({ tallies, submissions }, callId, codes),
    });
  return {
    calls,
    memberships,
    organizations,
    tallies,
    unpublishing,
    creating,
    publishing,
    save: saveCall({ calls, changes, memberships }),
  };
};

let at: ReturnType<typeof machine>;

beforeAll(async () => {
  at = machine(await freshTables());
  await at.organizations.put({ organizationId: 'unit-1', name: '化学学会', kinds: ['市级学会'], organiser: false });
  await at.memberships.put({ subject: 'officer-1', organizationId: 'changde-kx', role: 'officer' });
  await at.memberships.put({ subject: 'secretary-1', organizationId: 'unit-1', role: 'applicant' });
});

const send = async (handler: HttpHandler, callId: string, body?: unknown, as = 'officer-1') => {
  const { statusCode, body: reply } = await handler(
    httpEvent({
      pathParameters: { callId },
      claims: { sub: as, token_use: 'access' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    lambdaContext(),
  );
  return { status: statusCode, body: JSON.parse(reply ?? '{}') };
};

const begin = (handler: HttpHandler, callId: string, category = '1') =>
  send(handler, callId, { category }, 'secretary-1');

const published = async (callId: string): Promise<string> => {
  expect((await send(at.save, callId, writtenCall())).status).toBe(200);
  expect((await send(at.publishing(), callId)).status).toBe(200);
  return callId;
};

/** What must hold whatever came first: nobody has a draft in a call that is not in force. */
const outcomeOf = async (callId: string) => ({
  inForce: (await at.calls.head(callId))?.publishedVersion !== undefined,
  hasDrafts: await at.tallies.anyOfCall(callId),
});

describe('taking a publication back while somebody begins to apply', () => {
  it('refuses where the draft was written first, and the call stays in force', async () => {
    const callId = await published('draft-first');
    expect((await begin(at.creating(), callId)).status).toBe(201);
    expect(await send(at.unpublishing(), callId)).toMatchObject({ status: 409, body: { code: 'HAS_DRAFTS' } });
    expect(await outcomeOf(callId)).toEqual({ inForce: true, hasDrafts: true });
  });

  it('removes and refuses a draft that was written after the publication was taken back', async () => {
    const callId = await published('taken-first');
    const creating = at.creating(async () => {
      expect((await at.calls.head(callId))?.publishedVersion).toBeUndefined();
    });
    // The applicant has read the head while the call was in force; then it is taken back; then the draft is written.
    let unpublished: Promise<{ status: number | undefined }> | undefined;
    const { ofSubject } = at.memberships;
    at.memberships.ofSubject = async (subject) => {
      if (subject === 'secretary-1') {
        await new Promise((resolve) => setTimeout(resolve, 100));
        unpublished ??= send(at.unpublishing(), callId);
        await unpublished;
      }
      return ofSubject(subject);
    };
    const begun = await begin(creating, callId).finally(() => {
      at.memberships.ofSubject = ofSubject;
    });
    expect(begun.status).toBe(404);
    expect((await unpublished)?.status).toBe(200);
    expect(await outcomeOf(callId)).toEqual({ inForce: false, hasDrafts: false });
  });

  /** A draft that is written while a publication is taken back, just before its head is; its second look at the head comes when it is let go on. */
  const writtenBetween = (callId: string) => {
    const written = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const creating = at.creating(async () => {
      written.resolve();
      await goOn.promise;
    });
    let begun: ReturnType<typeof begin> | undefined;
    return {
      beforeWrite: async () => {
        begun = begin(creating, callId);
        await written.promise;
      },
      letGoOn: async () => {
        goOn.resolve();
        return (await begun)?.status;
      },
    };
  };

  it('restores the publication where the draft is found, and the draft stays', async () => {
    const callId = await published('found');
    const { beforeWrite, letGoOn } = writtenBetween(callId);
    const taken = await send(at.unpublishing({ beforeWrite }), callId);
    expect(taken).toMatchObject({ status: 409, body: { code: 'HAS_DRAFTS' } });
    expect(await letGoOn()).toBe(201);
    expect(await outcomeOf(callId)).toEqual({ inForce: true, hasDrafts: true });
  });

  it('takes the publication back where the draft found it taken back and is gone again', async () => {
    const callId = await published('gone-again');
    const { beforeWrite, letGoOn } = writtenBetween(callId);
    const afterWrite = async () => {
      expect(await letGoOn()).toBe(404);
    };
    expect((await send(at.unpublishing({ beforeWrite, afterWrite }), callId)).status).toBe(200);
    expect(await outcomeOf(callId)).toEqual({ inForce: false, hasDrafts: false });
  });

  it('never leaves a draft in a call that is not in force, whoever is faster', async () => {
    const callIds = Array.from({ length: 20 }, (_, index) => `race-${index}`);
    for (const callId of callIds) {
      await published(callId);
      const [taken, begun] = await Promise.all([send(at.unpublishing(), callId), begin(at.creating(), callId)]);
      const { inForce, hasDrafts } = await outcomeOf(callId);
      expect({ callId, inForce, hasDrafts }).toEqual({
        callId,
        inForce: taken.status === 409,
        hasDrafts: begun.status === 201,
      });
      expect(inForce || !hasDrafts).toBe(true);
    }
  }, 60_000);
});

describe('publishing a version without a category while somebody begins to apply in it', () => {
  const withoutFirst = writtenCall({ categories: [{ code: '2-1', title: '重点学会建设', ...writtenLeaf }] });

  it('refuses once there is a draft in it, and only in it', async () => {
    const callId = await published('category');
    expect((await begin(at.creating(), callId, '2-1')).status).toBe(201);
    expect((await send(at.save, callId, withoutFirst)).status).toBe(200);
    expect((await begin(at.creating(), callId, '1')).status).toBe(201);
    expect(await send(at.publishing(), callId)).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'CATEGORY_IN_USE' }] },
    });
    expect((await at.calls.head(callId))?.publishedVersion).toBe(1);
  });

  it('puts the version before back where the draft came between', async () => {
    const callId = await published('category-between');
    const before = await at.calls.head(callId);
    expect((await send(at.save, callId, withoutFirst)).status).toBe(200);
    let begun: { status: number | undefined } | undefined;
    const publishing = at.publishing(async () => {
      begun ??= await begin(at.creating(), callId, '1');
    });
    expect((await send(publishing, callId)).status).toBe(422);
    expect(begun?.status).toBe(201);
    const publishedContent = before?.publishedContent;
    expect(publishedContent).toBeDefined();
    expect(await at.calls.head(callId)).toMatchObject({ publishedVersion: 1, publishedContent, latestVersion: 2 });
  });
});
