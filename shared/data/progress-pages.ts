import * as z from 'zod';
import { OrganizationId } from '#shared/contract/primitives.ts';
import type { TalliesRepository, TallyPosition } from './tallies-repository.ts';
import { TALLY_SHARDS, type Tally } from './tally-items.ts';

/** Where a list of units with tallies goes on: after this unit of this shard. */
export const TalliedPosition = z.object({
  shard: z
    .int()
    .min(0)
    .max(TALLY_SHARDS - 1),
  unitId: OrganizationId.optional(),
});
export type TalliedPosition = z.output<typeof TalliedPosition>;

/** Tallies a query looks at, and queries of a page: one for every shard of a call with few units. Both bound what a page costs, however many units there are. */
const TALLIES_PER_QUERY = 100;
const QUERIES_PER_PAGE = TALLY_SHARDS;

/** Submissions and drafts whose heads a page looks at; the first unit has at most a few hundred more. */
const HEADS_PER_PAGE = 200;

/**
 * The next units of a call whose tallies are such, at most `limit`, exact and in a stable order. A page may be shorter, even empty, and still have a `next`:
 * the work of one page is bounded.
 *
 * @param headsOf how many heads a tally is shown with
 */
export const pageOfTallied = async (
  tallies: Pick<TalliesRepository, 'pageOfCall'>,
  callId: string,
  { limit, from = { shard: 0 } }: { limit: number; from?: TalliedPosition | undefined },
  isSuch: (tally: Tally) => boolean,
  headsOf: (tally: Tally) => number,
): Promise<{ found: Tally[]; next?: TalliedPosition }> => {
  const found: Tally[] = [];
  let heads = 0;
  let position: TallyPosition = { shard: from.shard, ...(from.unitId === undefined ? {} : { unitId: from.unitId }) };
  for (let queries = 0; queries < QUERIES_PER_PAGE; queries += 1) {
    const page = await tallies.pageOfCall(callId, position, TALLIES_PER_QUERY);
    for (const tally of page.tallies) {
      if (isSuch(tally)) {
        heads += headsOf(tally);
        if (found.length === limit || (found.length > 0 && heads > HEADS_PER_PAGE)) return { found, next: position };
        found.push(tally);
      }
      position = { shard: position.shard, unitId: tally.unitId };
    }
    if (page.next === undefined) return { found };
    position = page.next;
  }
  return { found, next: position };
};
