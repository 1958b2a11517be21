import * as contract from '#shared/contract/extensions.ts';
import { headForOfficer, type OfficerPorts } from '#shared/data/head-for-officer.ts';
import type { IdempotencyKey, IdempotencyRepository, RememberedRequest } from '#shared/data/idempotency-repository.ts';
import { type MovePorts, moveDeadline } from '#shared/data/move-deadline.ts';
import { callETag } from '#shared/domain/call/saved-call.ts';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { extendDeadline } from '#shared/domain/deadline/move-deadline.ts';
import { presentMove } from '#shared/domain/deadline/present.ts';
import { deadlineAt } from '#shared/domain/deadline/window-of.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies extends MovePorts, OfficerPorts {
  readonly calls: MovePorts['calls'] & OfficerPorts['calls'];
  readonly idempotency: IdempotencyRepository;
}

/** Officers at work on one call at once are few; each of them moves its head once. */
const TRIES = 8;

export const extendCall = (dependencies: Dependencies) => {
  const { idempotency } = dependencies;

  /** What an earlier request with the same key was answered. */
  const replayed = (earlier: RememberedRequest, digest: string) => {
    if (earlier.digest !== digest) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    return contract.MovedDeadline.parse(JSON.parse(earlier.created.moved ?? ''));
  };

  return handle(contract.extendCall, async ({ params: { callId }, headers, body, actor: { subject }, receivedAt }) => {
    const { closesAt, reason, ...scope } = body;
    const sentKey = headers['idempotency-key'];
    const key: IdempotencyKey | undefined =
      sentKey === undefined ? undefined : { subject, operation: 'extendCall', key: sentKey };
    const digest = canonicalDigest({ callId, body });
    const request = { action: 'extended', scope, reason, by: subject, at: toInstant(receivedAt) } as const;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const [head, earlier] = await Promise.all([
        headForOfficer(dependencies, callId, subject),
        key === undefined ? undefined : idempotency.find(key, receivedAt),
      ]);
      if (earlier !== undefined) {
        const moved = replayed(earlier, digest);
        return { body: moved, headers: { etag: callETag(moved) } };
      }
      const to = deadlineAt(closesAt, head.timezone);
      const move = await moveDeadline(
        dependencies,
        head,
        request,
        (deadlines) => extendDeadline(deadlines, scope, to, receivedAt),
        (decided) => {
          if (key === undefined) return [];
          const moved = JSON.stringify(presentMove(decided, scope, reason));
          return [idempotency.remembering(key, { digest, created: { moved } }, receivedAt)];
        },
      );
      if (move !== undefined)
        return { body: presentMove(move, scope, reason), headers: { etag: callETag(move.next.head) } };
    }
    throw new DomainError('CONFLICT');
  });
};
