import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { DeadlineScope } from '#shared/domain/deadline/deadline-in-force.ts';
import type { CallDeadlines, DeadlineMove } from '#shared/domain/deadline/move-deadline.ts';
import { moveDetails } from '#shared/domain/deadline/present.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import type { CallChanges } from './call-changes.ts';
import type { DeadlinesRepository } from './deadlines-repository.ts';
import { type ScopePorts, scopeFaults } from './scope-faults.ts';
import type { TransactWrite } from './transact.ts';

export interface MovePorts extends ScopePorts {
  readonly deadlines: Pick<DeadlinesRepository, 'ofCall' | 'granting'>;
  readonly changes: Pick<CallChanges, 'replaceHeadAtRevision'>;
}

/** One officer's wish to move a deadline. `at` is an instant. */
export interface MoveRequest {
  readonly action: 'extended' | 'closed-early';
  readonly scope: DeadlineScope;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

/**
 * Decides on a deadline as it is now and, where nobody else changed the call meanwhile, moves it: scope's item or head, head and history in one
 * transaction.
 *
 * @param decide makes the move of all deadlines of the call, or throws
 * @param beside what has to be written with it, of the move that was decided
 * @returns undefined where the call changed meanwhile, or what is `beside` could not be written
 * @throws DomainError NOT_PUBLISHED, VALIDATION_FAILED for a category or unit that is unknown, and what `decide` throws
 */
export const moveDeadline = async (
  ports: MovePorts,
  head: CallHead,
  { action, scope, reason, by, at }: MoveRequest,
  decide: (deadlines: CallDeadlines) => DeadlineMove,
  beside: (move: DeadlineMove) => readonly TransactWrite[] = () => [],
): Promise<DeadlineMove | undefined> => {
  if (head.publishedVersion === undefined) throw new DomainError('NOT_PUBLISHED');
  const [faults, granted] = await Promise.all([scopeFaults(ports, head, scope), ports.deadlines.ofCall(head.callId)]);
  if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });
  const move = decide({ head, granted });
  const outcome = await ports.changes.replaceHeadAtRevision(
    move.next.head,
    head.revision,
    byOfficer(by, at, action, moveDetails(move, scope, reason)),
    [...ports.deadlines.granting(head.callId, scope, move.next.granted), ...beside(move)],
  );
  return outcome === 'replaced' ? move : undefined;
};
