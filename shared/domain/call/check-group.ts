import { at } from '#shared/domain/fault.ts';
import { envelopeFaults } from './amount.ts';
import { categoryPlaces } from './category-tree.ts';
import { checkEnvelope, countBelow } from './check-envelope.ts';
import type { CategoryGroup } from './definition.ts';
import type { Findings } from './findings.ts';
import { earlyReports } from './obligation.ts';
import { lastDayOf } from './period.ts';
import { quotaFaults, sumFaults } from './quota.ts';

/** What is wrong with a group that is well formed in itself: its quota, envelope and obligations against all that is below it. */
export const checkGroup = (group: CategoryGroup, path: string): Findings => {
  const { quota, envelope } = group;
  const held = checkEnvelope(group, path);
  const lastDays = categoryPlaces(group.categories).flatMap(({ category }) => lastDayOf(category.period) ?? []);
  return {
    faults: [
      ...(quota === undefined ? [] : quotaFaults(quota, new Set(), at(path, 'quota'))),
      ...sumFaults(quota, countBelow(group.categories), at(path, 'quota')),
      ...(envelope === undefined ? [] : envelopeFaults(envelope, at(path, 'envelope'))),
      ...held.faults,
    ],
    warnings: [...held.warnings, ...earlyReports(group.obligations, lastDays, at(path, 'obligations'))],
  };
};
