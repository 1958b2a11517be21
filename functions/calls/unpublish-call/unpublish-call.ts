import * as contract from '#shared/contract/calls.ts';
import type { CallChanges } from '#shared/data/call-changes.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { headForOfficer } from '#shared/data/head-for-officer.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { restorePublication } from '#shared/data/restore-publication.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import { headTakenBack } from '#shared/domain/call/publication.ts';
import { callETag, presentSavedCall } from '#shared/domain/call/saved-call.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { handle } from '#shared/http/handle.ts';
import { ifMatches } from '#shared/http/if-match.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'version'>;
  readonly changes: Pick<CallChanges, 'replaceHeadAtRevision'>;
  readonly memberships: Pick<MembershipsRepository, 'find'>;
  readonly tallies: Pick<TalliesRepository, 'anyOfCall'>;
}

export const unpublishCall = ({ calls, changes, memberships, tallies }: Dependencies) =>
  handle(contract.unpublishCall, async ({ params, headers, actor, receivedAt }) => {
    const ifMatch = headers['if-match'];
    const head = await headForOfficer({ calls, memberships }, params.callId, actor.subject);
    const { callId, latestVersion, publishedVersion } = head;
    if (ifMatch !== undefined && !ifMatches(ifMatch, callETag(head))) throw new DomainError('PRECONDITION_FAILED');
    if (publishedVersion === undefined) throw new DomainError('NOT_PUBLISHED');
    const newest = await calls.version(callId, latestVersion);
    if (newest === undefined) throw new Error(`Call ${callId} has no version ${latestVersion}`);
    if (await tallies.anyOfCall(callId)) throw new DomainError('HAS_DRAFTS');

    const takenBack = headTakenBack(head, newest);
    const entry = byOfficer(actor.subject, toInstant(receivedAt), 'unpublished', { version: publishedVersion });
    if ((await changes.replaceHeadAtRevision(takenBack, head.revision, entry)) === 'moved') {
      throw new DomainError(ifMatch === undefined ? 'CONFLICT' : 'PRECONDITION_FAILED');
    }
    // Who begins a draft looks at the head once it is written, this looks for drafts once the head is: one of the two sees the other.
    if (await tallies.anyOfCall(callId)) {
      await restorePublication({ calls, changes }, head, takenBack, toInstant(receivedAt));
      throw new DomainError('HAS_DRAFTS');
    }
    return {
      body: { ...presentSavedCall(takenBack, { version: publishedVersion, window: head }), warnings: [] },
      headers: { etag: callETag(takenBack) },
    };
  });
