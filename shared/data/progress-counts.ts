import type { TalliesRepository } from './tallies-repository.ts';

/** What a call's units have at one moment. `units`: those with at least one submission. */
export interface ProgressCounts {
  readonly submissions: number;
  readonly units: number;
  readonly drafts: number;
}

/** Counts every tally of a call: exact, and as dear as the call has units. */
export const countProgress = async (
  tallies: Pick<TalliesRepository, 'allOfCall'>,
  callId: string,
): Promise<ProgressCounts> => {
  let submissions = 0;
  let units = 0;
  let drafts = 0;
  for await (const tally of tallies.allOfCall(callId)) {
    submissions += tally.submitted.length;
    units += tally.submitted.length > 0 ? 1 : 0;
    drafts += tally.drafts.length;
  }
  return { submissions, units, drafts };
};
