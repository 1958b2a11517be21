import * as contract from '#shared/contract/calls.ts';
import type { CallChanges } from '#shared/data/call-changes.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { headForOfficer } from '#shared/data/head-for-officer.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { restorePublication } from '#shared/data/restore-publication.ts';
import { windowInForce } from '#shared/data/window-in-force.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { CallDefinitionWithoutForms } from '#shared/domain/call/definition.ts';
import { headPublishing, removedCategories, windowFaults } from '#shared/domain/call/publication.ts';
import { callETag, presentSavedCall } from '#shared/domain/call/saved-call.ts';
import { latestDeadline } from '#shared/domain/deadline/latest-deadline.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { handle } from '#shared/http/handle.ts';
import { ifMatches } from '#shared/http/if-match.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import type { AnnexStore } from '#shared/storage/annexes.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'version' | 'definition'>;
  readonly changes: Pick<CallChanges, 'replaceHeadAtRevision'>;
  readonly memberships: Pick<MembershipsRepository, 'find'>;
  readonly annexes: AnnexStore;
  /** Of these category codes of a call, those with drafts or submissions. */
  readonly categoriesInUse: (callId: string, codes: readonly string[]) => Promise<readonly string[]>;
}

export const publishCall = ({ calls, changes, memberships, annexes, categoriesInUse }: Dependencies) => {
  const missingAnnexes = async (callId: string, definition: CallDefinitionWithoutForms): Promise<Fault[]> => {
    const held = await Promise.all(definition.annexes.map((annex) => annexes.holds(callId, annex)));
    return held.flatMap((isHeld, index): Fault[] =>
      isHeld ? [] : [{ path: at('annexes', index, 'sha256'), code: 'ANNEX_MISSING' }],
    );
  };

  /** Categories that the version takes away from the one in force. */
  const takenAway = async (head: CallHead, definition: CallDefinitionWithoutForms): Promise<string[]> => {
    if (head.publishedContent === undefined) return [];
    return removedCategories(await calls.definition(head.callId, head.publishedContent), definition);
  };

  const inUseFaults = async (callId: string, codes: readonly string[]): Promise<Fault[]> => {
    if (codes.length === 0) return [];
    const used = await categoriesInUse(callId, codes);
    return used.map((category) => ({ path: 'categories', code: 'CATEGORY_IN_USE', params: { category } }));
  };

  return handle(contract.publishCall, async ({ params, headers, body, actor, receivedAt }) => {
    const ifMatch = headers['if-match'];
    const head = await headForOfficer({ calls, memberships }, params.callId, actor.subject);
    const version = await calls.version(head.callId, body.version ?? head.latestVersion);
    if (version === undefined) throw new DomainError('NOT_FOUND');
    const reply = (published: CallHead) => ({
      body: { ...presentSavedCall(published, { version: version.version, window: published }), warnings: [] },
      headers: { etag: callETag(published) },
    });
    // Before If-Match: whoever repeats a request whose reply was lost still holds the ETag from before.
    if (head.publishedVersion === version.version) return reply(head);
    if (ifMatch !== undefined && !ifMatches(ifMatch, callETag(head))) throw new DomainError('PRECONDITION_FAILED');

    const { last, closes } =
      head.publishedVersion === undefined
        ? { last: version.window.closesAt, closes: version.window }
        : { last: latestDeadline(head), closes: head };
    if (receivedAt >= Date.parse(last)) {
      const { closesAt, closesAtLocal, closesText, timezone } = closes;
      throw new DomainError('CALL_CLOSED', { params: { closesAt, closesAtLocal, closesText, timezone } });
    }
    const definition = await calls.definition(head.callId, version.content.digest);
    const removed = await takenAway(head, definition);
    const faults = [
      ...windowFaults(head, await windowInForce(calls, head), version.window),
      ...(await missingAnnexes(head.callId, definition)),
      ...(await inUseFaults(head.callId, removed)),
    ];
    if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });

    const published = headPublishing(head, version, definition.reminders, toInstant(receivedAt));
    const entry = byOfficer(actor.subject, toInstant(receivedAt), 'published', { version: version.version });
    if ((await changes.replaceHeadAtRevision(published, head.revision, entry)) === 'moved') {
      throw new DomainError(ifMatch === undefined ? 'CONFLICT' : 'PRECONDITION_FAILED');
    }
    // A draft begun under the version before looks at the head once it is written, this looks for drafts: one of the two sees the other.
    const begun = await inUseFaults(head.callId, removed);
    if (begun.length > 0) {
      await restorePublication({ calls, changes }, head, published, toInstant(receivedAt));
      throw new DomainError('VALIDATION_FAILED', { faults: begun });
    }
    return reply(published);
  });
};
