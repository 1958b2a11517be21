import * as contract from '#shared/contract/calls.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { callInForce } from '#shared/domain/call/call-in-force.ts';
import { secondsFresh } from '#shared/domain/call/freshness.ts';
import { presentCall } from '#shared/domain/call/present.ts';
import { callETag } from '#shared/domain/call/saved-call.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'definition'>;
}

export const getCall = ({ calls }: Dependencies) =>
  handle(contract.getCall, async ({ params, receivedAt }) => {
    const { head, version, content } = callInForce(await calls.head(params.callId));
    const definition = await calls.definition(head.callId, content);
    return {
      body: presentCall(head, { version, window: head, definition }, receivedAt),
      headers: {
        etag: callETag(head),
        'cache-control': `public, max-age=${secondsFresh([head], receivedAt)}`,
      },
    };
  });
