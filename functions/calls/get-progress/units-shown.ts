import * as z from 'zod';
import { OrganizationId } from '#shared/contract/primitives.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { pageOfTallied, type TalliedPosition } from '#shared/data/progress-pages.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import type { Tally } from '#shared/data/tally-items.ts';
import { MOST_SHOWN } from '#shared/domain/progress/present.ts';

export interface UnitPorts {
  readonly tallies: Pick<TalliesRepository, 'pageOfCall' | 'ofUnits'>;
  readonly organizations: Pick<OrganizationsRepository, 'findAll' | 'pageOfManaged'>;
}

/** Which units of which call. */
export interface Wanted {
  readonly callId: string;
  /** Who keeps the records of those that might apply. */
  readonly organiser: string;
  /** Kinds of unit that may apply. */
  readonly applicants: ReadonlySet<string>;
  readonly category?: string | undefined;
  readonly limit: number;
}

/** A unit, and what it has where it has anything. */
export interface FoundUnit {
  readonly unitId: string;
  readonly name: string;
  readonly kinds: readonly string[];
  readonly tally?: Tally | undefined;
}

export interface UnitsPage<Position> {
  readonly units: readonly FoundUnit[];
  readonly next?: Position;
}

const headsShown = ({ drafts, submitted }: Tally): number =>
  Math.min(drafts.length, MOST_SHOWN) + Math.min(submitted.length, MOST_SHOWN);

const countOf = (tally: Tally, show: 'drafts' | 'submitted', category: string | undefined): number => {
  if (category !== undefined) return (show === 'drafts' ? tally.draftsIn : tally.ownIn).get(category) ?? 0;
  return (show === 'drafts' ? tally.drafts : tally.submitted).length;
};

/** The next units that have drafts, or submissions, from the tallies: exact, in a stable order. */
export const unitsWith = async (
  { tallies, organizations }: UnitPorts,
  show: 'drafts' | 'submitted',
  { callId, category, limit }: Wanted,
  from: TalliedPosition | undefined,
): Promise<UnitsPage<TalliedPosition>> => {
  const { found, next } = await pageOfTallied(
    tallies,
    callId,
    { limit, from },
    (tally) => countOf(tally, show, category) > 0,
    headsShown,
  );
  const records = await organizations.findAll(found.map(({ unitId }) => unitId));
  const byId = new Map(records.map((record) => [record.organizationId, record]));
  const units = found.map((tally) => {
    const { name = tally.unitId, kinds = [] } = byId.get(tally.unitId) ?? {};
    return { unitId: tally.unitId, name, kinds, tally };
  });
  return next === undefined ? { units } : { units, next };
};

/** Where a list of units by their ids goes on. */
export const UnitAfter = z.object({ unitId: OrganizationId });
export type UnitAfter = z.output<typeof UnitAfter>;

/** How far one request looks for units that have nothing; then it gives what it found, and a cursor. */
const MOST_QUERIES = 5;

/**
 * The next units the organiser keeps that may apply by their kind and have neither draft nor submission: in the call, or in one category. Who a unit is comes
 * from an index that may lag by seconds; what it has, from its tally.
 */
export const unitsWithNothing = async (
  { tallies, organizations }: UnitPorts,
  { callId, organiser, applicants, category, limit }: Wanted,
  from: UnitAfter | undefined,
): Promise<UnitsPage<UnitAfter>> => {
  const units: FoundUnit[] = [];
  let after = from?.unitId;
  for (let query = 1; query <= MOST_QUERIES; query += 1) {
    const page = await organizations.pageOfManaged({ managedBy: organiser, after, limit: limit - units.length });
    const [records, tallied] = await Promise.all([
      organizations.findAll(page.organizationIds),
      tallies.ofUnits(callId, page.organizationIds),
    ]);
    const byId = new Map(records.map((record) => [record.organizationId, record]));
    for (const unitId of page.organizationIds) {
      const record = byId.get(unitId);
      const tally = tallied.get(unitId);
      const hasSome =
        tally !== undefined && countOf(tally, 'drafts', category) + countOf(tally, 'submitted', category) > 0;
      if (record?.managedBy !== organiser || hasSome || !record.kinds.some((kind) => applicants.has(kind))) continue;
      units.push({ unitId, name: record.name, kinds: record.kinds, tally });
    }
    after = page.organizationIds.at(-1) ?? after;
    if (page.ended) return { units };
    if (units.length === limit) break;
  }
  return after === undefined ? { units } : { units, next: { unitId: after } };
};
