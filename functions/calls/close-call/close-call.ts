import * as contract from '#shared/contract/extensions.ts';
import { headForOfficer, type OfficerPorts } from '#shared/data/head-for-officer.ts';
import { type MovePorts, moveDeadline } from '#shared/data/move-deadline.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { unitNames } from '#shared/data/unit-names.ts';
import { callETag } from '#shared/domain/call/saved-call.ts';
import type { GrantedDeadline } from '#shared/domain/deadline/deadline-in-force.ts';
import { closeEarly, type DeadlineMove, earliestClose } from '#shared/domain/deadline/move-deadline.ts';
import { presentGranted, presentMove } from '#shared/domain/deadline/present.ts';
import { deadlineAt } from '#shared/domain/deadline/window-of.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies extends MovePorts, OfficerPorts {
  readonly calls: MovePorts['calls'] & OfficerPorts['calls'];
  readonly organizations: MovePorts['organizations'] & Pick<OrganizationsRepository, 'findAll'>;
}

/** Officers at work on one call at once are few; each of them moves its head once. */
const TRIES = 8;

/** Granted deadlines that an answer lists; all of them are at `GET /calls/{callId}/extensions`. */
const MOST_LISTED = 100;

export const closeCall = (dependencies: Dependencies) => {
  /** What was granted and outlasts the deadline that is in force now. */
  const stillOpen = async ({ after, next }: DeadlineMove, now: number) => {
    const open = next.granted
      .filter(({ closesAt }) => closesAt > after.closesAt)
      .sort((one: GrantedDeadline, other) => (one.closesAt > other.closesAt ? -1 : 1));
    const listed = open.slice(0, MOST_LISTED);
    const names = await unitNames(
      dependencies.organizations,
      listed.map(({ unitId }) => unitId),
    );
    return { stillOpen: listed.map((one) => presentGranted(one, names, now)), stillOpenCount: open.length };
  };

  return handle(contract.closeCall, async ({ params: { callId }, body, actor: { subject }, receivedAt }) => {
    const { closesAt = toInstant(earliestClose(receivedAt)), reason, ...scope } = body;
    const request = { action: 'closed-early', scope, reason, by: subject, at: toInstant(receivedAt) } as const;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const head = await headForOfficer(dependencies, callId, subject);
      const to = deadlineAt(closesAt, head.timezone);
      const move = await moveDeadline(dependencies, head, request, (deadlines) =>
        closeEarly(deadlines, scope, to, receivedAt),
      );
      if (move !== undefined)
        return {
          body: { ...presentMove(move, scope, reason), ...(await stillOpen(move, receivedAt)) },
          headers: { etag: callETag(move.next.head) },
        };
    }
    throw new DomainError('CONFLICT');
  });
};
