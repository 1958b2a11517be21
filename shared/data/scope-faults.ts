import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { DeadlineScope } from '#shared/domain/deadline/deadline-in-force.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { keeperOf } from '#shared/domain/organization/keeper.ts';
import type { CallsRepository } from './calls-repository.ts';
import type { OrganizationsRepository } from './organizations-repository.ts';
import type { TalliesRepository } from './tallies-repository.ts';

export interface ScopePorts {
  readonly calls: Pick<CallsRepository, 'category'>;
  readonly organizations: Pick<OrganizationsRepository, 'find'>;
  readonly tallies: Pick<TalliesRepository, 'begunBy'>;
}

/** Who the organiser keeps, or who has begun to apply: of others it is told nothing, not even whether they are there. */
const isKnownUnit = async (
  { organizations, tallies }: ScopePorts,
  { callId, organiser }: CallHead,
  unitId: string,
): Promise<boolean> => {
  const unit = await organizations.find(unitId);
  if (unit === undefined) return false;
  return keeperOf(unit) === organiser || (await tallies.begunBy(callId, [unitId])).has(unitId);
};

/** What is wrong with whom a deadline is to be moved for: a category that the version in force has not, a unit that the organiser does not know. */
export const scopeFaults = async (
  ports: ScopePorts,
  head: CallHead,
  { category, unitId }: DeadlineScope,
): Promise<Fault[]> => {
  const { callId, publishedContent } = head;
  const [isCategory, isUnit] = await Promise.all([
    category === undefined ||
      publishedContent === undefined ||
      ports.calls.category(callId, publishedContent, category).then((found) => found !== undefined),
    unitId === undefined || isKnownUnit(ports, head, unitId),
  ]);
  return [
    ...(isCategory ? [] : [{ path: 'category', code: 'UNKNOWN_CATEGORY' } as const]),
    ...(isUnit ? [] : [{ path: 'unitId', code: 'UNKNOWN_UNIT' } as const]),
  ];
};
