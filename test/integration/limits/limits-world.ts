import { randomUUID } from 'node:crypto';
import { submitSubmission } from '#functions/submissions/submit-submission/submit-submission.ts';
import { withdrawSubmission } from '#functions/submissions/withdraw-submission/withdraw-submission.ts';
import { situationRepository } from '#shared/data/standing-repository.ts';
import type { SubmissionOutcomes } from '#shared/data/submission-outcomes.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import { generateId } from '#shared/runtime/ids.ts';
import type { SubmissionWorld } from '#test/support/submission-world.ts';
import { nameOf } from './model.ts';
import { callWith, FIRST_TERMS, UNITS, type Unit, USER_NAMES, USERS, type User } from './small-call.ts';

/** Stands between the functions and the repository that holds the limits. */
export type Standin = (real: SubmissionOutcomes, tallies: TalliesRepository) => SubmissionOutcomes;

/** A world for many runs, each with a call, units and users of its own, so that tables are made once. */
export const limitsWorld = (world: SubmissionWorld, standin: Standin = (real) => real) => {
  const outcomes = standin(world.outcomes, world.tallies);
  const { submissions, calls: definitions, receipts, attachments: verdicts, bucket } = world;
  const situations = situationRepository(world.db, world.tables);
  const app = {
    ...world.app,
    submit: submitSubmission({
      ...{ submissions, situations, definitions, outcomes, receipts, verdicts, objects: bucket.objects },
      newReceiptNo: generateId,
    }),
    withdraw: withdrawSubmission({ submissions, situations, outcomes }),
  };
  const beginRun = async () => {
    const suffix = randomUUID().slice(0, 18);
    const callId = `limits-${suffix}`;
    const unitId = (unit: Unit): string => `${unit}-${suffix}`;
    const subject = (user: User): string => `${user}-${suffix}`;
    await Promise.all([
      world.publishVersion(callWith(FIRST_TERMS), callId),
      ...UNITS.map((unit) =>
        world.organizations.put({
          organizationId: unitId(unit),
          name: nameOf(unit),
          kinds: ['市级学会'],
          organiser: false,
        }),
      ),
      ...USER_NAMES.flatMap((user) =>
        USERS[user].map((unit) =>
          world.memberships.put({ subject: subject(user), organizationId: unitId(unit), role: 'applicant' }),
        ),
      ),
    ]);
    return { world, app, callId, unitId, subject };
  };
  return { beginRun };
};

export type LimitsWorld = ReturnType<typeof limitsWorld>;
export type Run = Awaited<ReturnType<LimitsWorld['beginRun']>>;
