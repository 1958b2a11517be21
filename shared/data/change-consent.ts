import { assertOpen } from '#shared/domain/deadline/assert-open.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { consentEntry } from '#shared/domain/history/submission-entries.ts';
import type { Partner } from '#shared/domain/submission/submission.ts';
import { withPartners } from '#shared/domain/submission/transitions.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import type { SituationRepository } from './standing-repository.ts';
import { loadJoined, TRIES } from './submission-access.ts';
import type { SubmissionChanges } from './submission-changes.ts';
import type { SubmissionsRepository } from './submissions-repository.ts';

export interface ConsentPorts {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly changes: Pick<SubmissionChanges, 'savePartnersAtRevision'>;
  readonly situations: SituationRepository;
}

/** A change of a partner's consent, asked for by one of its users. */
export interface ConsentRequest {
  readonly action: 'consented' | 'consent-taken-back';
  readonly submissionId: string;
  readonly subject: string;
  /** The partner, of who acts for several. */
  readonly named: string | undefined;
  /** ms, API Gateway's clock. */
  readonly receivedAt: number;
}

/**
 * Changes what one partner of a draft consented to, while its call is open. Bound to the content read: a submit under way has either seen the change or
 * came before it. What changes nothing is not written.
 *
 * @param change makes the partners as they are to be, for the unit that changes
 * @returns the partners as they are now
 * @throws DomainError NOT_FOUND, UNIT_REQUIRED, CALL_NOT_OPEN, CALL_CLOSED, NOT_A_DRAFT, CONFLICT where others were faster every time
 */
export const changeConsent = async (
  ports: ConsentPorts,
  { action, submissionId, subject, named, receivedAt }: ConsentRequest,
  change: (partners: readonly Partner[], unitId: string) => readonly Partner[],
): Promise<readonly Partner[]> => {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { submission, call, deadline, unitId } = await loadJoined(ports, submissionId, subject, named);
    assertOpen(call, deadline, receivedAt);
    if (submission.head.status !== 'draft') throw new DomainError('NOT_A_DRAFT', { params: { of: 'partner' } });
    const partners = change(submission.partners, unitId);
    const next = withPartners(submission.head, partners, toInstant(receivedAt));
    if (next.joint?.digest === submission.head.joint?.digest) return submission.partners;
    const entry = consentEntry(next, action, unitId, subject);
    if ((await ports.changes.savePartnersAtRevision(next, submission, partners, entry)) === 'saved') return partners;
  }
  throw new DomainError('CONFLICT');
};
