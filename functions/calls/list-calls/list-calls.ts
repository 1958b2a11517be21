import type * as z from 'zod';
import * as contract from '#shared/contract/calls.ts';
import { type CallsRepository, PublishedPosition } from '#shared/data/calls-repository.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { callInForce } from '#shared/domain/call/call-in-force.ts';
import { secondsFresh } from '#shared/domain/call/freshness.ts';
import { presentCall } from '#shared/domain/call/present.ts';
import { statusOf } from '#shared/domain/call/status.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'pageOfPublished' | 'heads' | 'definition'>;
}

type Status = z.output<typeof contract.CallStatus>;
type Shown = z.input<typeof contract.Call>;

/** How far one request looks for calls of the status asked for; then it gives what it found, and a cursor. */
const MOST_QUERIES = 5;

/** A Lambda's reply takes 6 MB; a page ends early rather than fail on long notices. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Status follows from time, so the index on deadlines finds it: open and scheduled calls end after now, the others not. */
const deadlineBounds = (status: Status | undefined, now: string) => {
  switch (status) {
    case undefined:
      return {};
    case 'open':
    case 'scheduled':
      return { closesAfter: now };
    case 'closed':
    case 'sealed':
      return { closesUpTo: now };
  }
};

/** How many of the first items fit into so many bytes of JSON; one always does. */
const countWithin = (bytes: number, items: readonly Shown[]): number => {
  let left = bytes;
  const tooMany = items.findIndex((item, index) => {
    left -= Buffer.byteLength(JSON.stringify(item));
    return left < 0 && index > 0;
  });
  return tooMany === -1 ? items.length : tooMany;
};

export const listCalls = ({ calls }: Dependencies) => {
  /** Heads that are still published and of the status, in the order of the index; and where the index goes on. */
  const headsFrom = async (
    from: PublishedPosition | undefined,
    { limit, status, now }: { limit: number; status: Status | undefined; now: number },
  ): Promise<{ heads: CallHead[]; next?: PublishedPosition }> => {
    const heads: CallHead[] = [];
    let after = from;
    for (let query = 1; query <= MOST_QUERIES; query += 1) {
      const page = await calls.pageOfPublished({
        limit: limit - heads.length,
        after,
        ...deadlineBounds(status, toInstant(now)),
      });
      const found = await calls.heads(page.positions.map(({ callId }) => callId));
      heads.push(
        ...found.filter(
          (head) => head.publishedVersion !== undefined && (status === undefined || statusOf(head, now) === status),
        ),
      );
      after = page.next;
      if (after === undefined || heads.length === limit) break;
    }
    return after === undefined ? { heads } : { heads, next: after };
  };

  const present = async (head: CallHead, now: number): Promise<Shown> => {
    const { version, content } = callInForce(head);
    const definition = await calls.definition(head.callId, content);
    return presentCall(head, { version, window: head, definition }, now);
  };

  return handle(contract.listCalls, async ({ query: { limit, cursor, status }, receivedAt: now }) => {
    const list = `calls:${status ?? ''}`;
    const from = decodeCursor(list, PublishedPosition, cursor);
    const bounds = deadlineBounds(status, toInstant(now));
    if (from !== undefined && bounds.closesUpTo !== undefined && from.closesAt > bounds.closesUpTo) {
      throw new InvalidRequest([{ path: 'cursor', code: 'INVALID' }]);
    }
    // Since the page before, the deadline it ended at has passed: all that would follow is closed by now.
    if (from !== undefined && bounds.closesAfter !== undefined && from.closesAt <= bounds.closesAfter) {
      return { body: { items: [] } };
    }

    const { heads, next } = await headsFrom(from, { limit, status, now });
    const shown = await Promise.all(heads.map((head) => present(head, now)));
    const items = shown.slice(0, countWithin(MOST_BYTES, shown));
    const lastShown = heads[items.length - 1];
    const goesOn = items.length < heads.length ? lastShown : next;
    return {
      body: {
        items,
        ...(goesOn === undefined
          ? {}
          : { nextCursor: encodeCursor(list, { callId: goesOn.callId, closesAt: goesOn.closesAt }) }),
      },
      headers: { 'cache-control': `public, max-age=${secondsFresh(heads, now)}` },
    };
  });
};
