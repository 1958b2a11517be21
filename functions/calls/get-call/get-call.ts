import * as contract from '#shared/contract/calls.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { secondsFresh } from '#shared/domain/call/freshness.ts';
import { presentCall } from '#shared/domain/call/present.ts';
import { callETag } from '#shared/domain/call/saved-call.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'definition'>;
}

export const getCall = ({ calls }: Dependencies) =>
  handle(contract.getCall, async ({ params, receivedAt }) => {
    const head = await calls.head(params.callId);
    if (head?.publishedVersion === undefined) throw new DomainError('NOT_FOUND');
    const version = head.publishedVersion;
    const definition = await calls.definition(head.callId, version);
    return {
      body: presentCall(head, { version, window: head, definition }, receivedAt),
      headers: {
        etag: callETag(head),
        'cache-control': `public, max-age=${secondsFresh([head], receivedAt)}`,
      },
    };
  });
