import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { DeadlineInForce } from '#shared/domain/deadline/deadline-in-force.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { actingUnit } from '#shared/domain/eligibility/acting-unit.ts';
import { type Applicant, withoutRecord } from '#shared/domain/eligibility/applicant.ts';
import type { Submission } from '#shared/domain/submission/submission.ts';
import { viewOf } from '#shared/domain/submission/visibility.ts';
import type { CallAndDeadline } from './deadlines-repository.ts';
import type { ApplicantSituations, SituationRepository, StandingRepository } from './standing-repository.ts';
import type { SubmissionsRepository } from './submissions-repository.ts';

type Loader = Pick<SubmissionsRepository, 'load'>;

/** A submission of the actor's own unit, with what decides on changing it. */
export interface OwnSubmission {
  readonly submission: Submission;
  readonly call: CallHead;
  /** In force for the unit in the category. */
  readonly deadline: DeadlineInForce;
}

/** With what decides on handing it in. */
export interface OwnWithRecords extends OwnSubmission {
  readonly unit: Applicant;
  /** The records of the partners that consented. */
  readonly partners: readonly Applicant[];
}

/** How often a change that lost a race is decided again on what the winner left. */
export const TRIES = 4;

/**
 * A submission of the actor's own unit and its call, in two round trips.
 *
 * @throws DomainError NOT_FOUND for what is unknown or another's
 */
export const loadOwn = async (
  { submissions, situations }: { submissions: Loader; situations: ApplicantSituations },
  submissionId: string,
  subject: string,
): Promise<OwnSubmission> => {
  const submission = await submissions.load(submissionId);
  const called = submission === undefined ? undefined : await situations.ofApplicant(subject, submission.head);
  if (submission === undefined || called === undefined) throw new DomainError('NOT_FOUND');
  return { submission, ...called };
};

/**
 * The same with the records of its unit and its partners, in as many round trips.
 *
 * @throws DomainError NOT_FOUND for what is unknown or another's
 */
export const loadOwnWithRecords = async (
  { submissions, situations }: { submissions: Loader; situations: SituationRepository },
  submissionId: string,
  subject: string,
): Promise<OwnWithRecords> => {
  const submission = await submissions.load(submissionId);
  if (submission === undefined) throw new DomainError('NOT_FOUND');
  const { standing, called, unit, partners } = await situations.of(subject, submission);
  if (!standing.applicant || called === undefined) throw new DomainError('NOT_FOUND');
  return { submission, ...called, unit: unit ?? withoutRecord(submission.head.unitId), partners };
};

/**
 * A submission in which a unit of the actor's is named as a partner, its call, and that unit: the one the actor names, or the only one.
 *
 * @throws DomainError NOT_FOUND for what is unknown or names no unit of the actor's, UNIT_REQUIRED where it names several and the actor says none
 */
export const loadJoined = async (
  { submissions, situations }: { submissions: Loader; situations: SituationRepository },
  submissionId: string,
  subject: string,
  named: string | undefined,
): Promise<Pick<OwnSubmission, 'submission' | 'call' | 'deadline'> & { unitId: string }> => {
  const submission = await submissions.load(submissionId);
  if (submission === undefined) throw new DomainError('NOT_FOUND');
  const { standing, called } = await situations.of(subject, submission);
  if (standing.partnerOf.length === 0 || called === undefined) throw new DomainError('NOT_FOUND');
  return { submission, ...called, unitId: actingUnit(standing.partnerOf, named) };
};

/**
 * A submission and how much of it the actor may read.
 *
 * @throws DomainError NOT_FOUND for what is unknown or not theirs to see
 */
export const loadVisible = async (
  { submissions, standings }: { submissions: Loader; standings: StandingRepository },
  submissionId: string,
  subject: string,
): Promise<{ submission: Submission; view: 'all' | 'head'; own: boolean }> => {
  const submission = await submissions.load(submissionId);
  if (submission === undefined) throw new DomainError('NOT_FOUND');
  const standing = await standings.of(subject, submission);
  return { submission, view: viewOf(submission.head, standing), own: standing.applicant };
};

/**
 * The same with the call as it is just now and the deadline that holds for the submission, in as many round trips.
 *
 * @throws DomainError NOT_FOUND for what is unknown or not theirs to see
 */
export const loadVisibleWithCall = async (
  { submissions, situations }: { submissions: Loader; situations: SituationRepository },
  submissionId: string,
  subject: string,
): Promise<{ submission: Submission; view: 'all' | 'head'; own: boolean; called: CallAndDeadline }> => {
  const submission = await submissions.load(submissionId);
  if (submission === undefined) throw new DomainError('NOT_FOUND');
  const { standing, called } = await situations.of(subject, submission);
  const view = viewOf(submission.head, standing);
  if (called === undefined) throw new Error(`The call ${submission.head.callId} of a submission is not there`);
  return { submission, view, own: standing.applicant, called };
};
