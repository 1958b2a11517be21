import { getRetention } from '#functions/calls/get-retention/get-retention.ts';
import { applyRetention } from '#functions/jobs/apply-retention/apply-retention.ts';
import { lateAttemptsRepository } from '#shared/data/late-attempts-repository.ts';
import { retentionChanges } from '#shared/data/retention-changes.ts';
import { startRetention } from '#shared/data/retention-items.ts';
import { retentionRepository } from '#shared/data/retention-repository.ts';
import { submissionErasure } from '#shared/data/submission-erasure.ts';
import { latestDeadline } from '#shared/domain/deadline/latest-deadline.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { lambdaContext } from './http-event.ts';
import { CALL_ID, submissionWorld } from './submission-world.ts';

/** The world of submissions with what deletes, in time, what its call keeps no longer. */
export const retentionWorld = async (written: Record<string, unknown> = {}) => {
  const world = await submissionWorld(written);
  const { db, tables, calls, memberships, tallies, submissions, drafts, clock } = world;
  const retention = retentionRepository(db, tables.calls);
  const late = lateAttemptsRepository(db, tables.submissions);
  const ports = {
    ...{ calls, retention, tallies, submissions, late, drafts },
    changes: retentionChanges(db, tables),
    erasure: submissionErasure(db, tables),
    objects: world.bucket.objects,
    now: () => clock.now,
  };

  /** Seals the call as it is, as far as its head tells of it: what the seal holds is not looked at. */
  const seal = async (at: number): Promise<void> => {
    const head = await calls.head(CALL_ID);
    if (head === undefined) throw new Error('There is no call to seal.');
    const sealedAt = toInstant(at);
    const number = (head.seal?.number ?? 0) + 1;
    const through = latestDeadline(head);
    const sealed = { number, through, root: '0'.repeat(64), sealedAt, submissions: 0 };
    await world.changes.replaceHeadAtRevision(
      { ...head, revision: head.revision + 1, seal: sealed },
      head.revision,
      bySystem(sealedAt, 'sealed', { number }),
      [startRetention(tables.calls, CALL_ID, sealedAt)],
    );
  };

  return {
    ...world,
    retention,
    late,
    ports,
    seal,
    listed: getRetention({ calls, memberships, retention, tallies, submissions, late }),
    /** Runs the job at an instant (ms). */
    apply: async (at: number): Promise<void> => {
      clock.now = at;
      await applyRetention(ports)({}, lambdaContext());
    },
  };
};

export type RetentionWorld = Awaited<ReturnType<typeof retentionWorld>>;
