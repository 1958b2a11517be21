import { deadlineInForce } from '#shared/domain/deadline/deadline-in-force.ts';
import type { CallsRepository } from './calls-repository.ts';
import type { SubmissionsRepository } from './submissions-repository.ts';

/** The deadline in force for a submission, in ms; undefined for a deleted draft's, and for a call that is not there. */
export const submissionDeadline = async (
  { submissions, calls }: { submissions: Pick<SubmissionsRepository, 'head'>; calls: Pick<CallsRepository, 'head'> },
  submissionId: string,
): Promise<number | undefined> => {
  const head = await submissions.head(submissionId);
  const call = head === undefined ? undefined : await calls.head(head.callId);
  return call === undefined ? undefined : Date.parse(deadlineInForce(call).closesAt);
};
