import { DomainError } from '#shared/domain/domain-error.ts';
import type { SubmissionHead } from './submission.ts';

/** What the actor is to a submission: an applicant of its unit, an officer of its call's organiser, an applicant of units named as its partners. */
export interface Standing {
  readonly applicant: boolean;
  readonly officer: boolean;
  /** Ids of those partners. */
  readonly partnerOf: readonly string[];
}

/**
 * How much of a submission the actor reads: its unit everything; an officer everything of a submitted one and the head of a draft. A partner reads
 * everything from the moment it is named: it answers for the application by consenting, and cannot consent to what it has not read.
 *
 * @throws DomainError NOT_FOUND for anybody else, as if there were none
 */
export const viewOf = ({ status }: Pick<SubmissionHead, 'status'>, standing: Standing): 'all' | 'head' => {
  if (standing.applicant || standing.partnerOf.length > 0) return 'all';
  if (!standing.officer) throw new DomainError('NOT_FOUND');
  return status === 'submitted' ? 'all' : 'head';
};
