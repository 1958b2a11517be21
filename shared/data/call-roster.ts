import * as z from 'zod';
import { OrganizationId, SubmissionId } from '#shared/contract/primitives.ts';
import type { TalliesRepository, TallyPosition } from './tallies-repository.ts';
import { TALLY_SHARDS, type Tally } from './tally-items.ts';

/** Where the roster goes on: after this unit of this shard, or within the unit that follows it, after one of its submissions. */
export const RosterPosition = z.object({
  shard: z
    .int()
    .min(0)
    .max(TALLY_SHARDS - 1),
  unitId: OrganizationId.optional(),
  within: z.object({ unitId: OrganizationId, submissionId: SubmissionId }).optional(),
});
export type RosterPosition = z.output<typeof RosterPosition>;

export type Counted = 'draft' | 'submitted';

const idsOf = (tally: Tally, counted: Counted | undefined): string[] =>
  [...(counted === 'submitted' ? [] : tally.drafts), ...(counted === 'draft' ? [] : tally.submitted)].sort();

/** Queries a page may take: one for every shard of a call with few units. What a page finds is at most `limit`. */
const QUERIES_PER_PAGE = TALLY_SHARDS;

/**
 * The next ids of a call's drafts and submissions by the tallies: exact, unit by unit, at most `limit`. A page may be shorter, even empty, and still have
 * a `next`: the work of one page is bounded.
 */
export const pageOfRoster = async (
  tallies: Pick<TalliesRepository, 'pageOfCall'>,
  callId: string,
  {
    limit,
    counted,
    from = { shard: 0 },
  }: { limit: number; counted?: Counted | undefined; from?: RosterPosition | undefined },
): Promise<{ submissionIds: string[]; next?: RosterPosition }> => {
  const submissionIds: string[] = [];
  let within = from.within;
  let position: TallyPosition = { shard: from.shard, ...(from.unitId === undefined ? {} : { unitId: from.unitId }) };
  for (let queries = 0; queries < QUERIES_PER_PAGE; queries += 1) {
    const page = await tallies.pageOfCall(callId, position, limit);
    for (const tally of page.tallies) {
      const after = within?.unitId === tally.unitId ? within.submissionId : '';
      const ids = idsOf(tally, counted).filter((id) => id > after);
      const room = limit - submissionIds.length;
      submissionIds.push(...ids.slice(0, room));
      const last = ids[room - 1];
      if (ids.length > room) {
        const next =
          last === undefined ? position : { ...position, within: { unitId: tally.unitId, submissionId: last } };
        return { submissionIds, next };
      }
      within = undefined;
      position = { shard: position.shard, unitId: tally.unitId };
    }
    if (page.next === undefined) return { submissionIds };
    position = page.next;
  }
  return { submissionIds, next: position };
};
