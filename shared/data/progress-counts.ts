import type { TalliesRepository } from './tallies-repository.ts';
import type { Tally } from './tally-items.ts';

/** What there is in one category or group. `units`: those with at least one submission there. */
export interface NodeCounts {
  readonly submissions: number;
  readonly units: number;
  readonly drafts: number;
}

/** What a call's units have at one moment: in the whole call, and by the codes of categories and groups with anything in them. Groups have no drafts of their own. */
export interface ProgressCounts extends NodeCounts {
  readonly categories: Readonly<Record<string, NodeCounts>>;
}

const NOTHING: NodeCounts = { submissions: 0, units: 0, drafts: 0 };

const plus = (one: NodeCounts, submissions: number, drafts: number): NodeCounts => ({
  submissions: one.submissions + submissions,
  units: one.units + (submissions > 0 ? 1 : 0),
  drafts: one.drafts + drafts,
});

/** Counts every tally of a call: exact, and as dear as the call has units. */
export const countProgress = async (
  tallies: Pick<TalliesRepository, 'allOfCall'>,
  callId: string,
): Promise<ProgressCounts> => {
  let all = NOTHING;
  const categories = new Map<string, NodeCounts>();
  const add = ({ ownIn, draftsIn }: Tally): void => {
    for (const code of new Set([...ownIn.keys(), ...draftsIn.keys()])) {
      const [submissions, drafts] = [ownIn.get(code) ?? 0, draftsIn.get(code) ?? 0];
      if (submissions + drafts > 0) categories.set(code, plus(categories.get(code) ?? NOTHING, submissions, drafts));
    }
  };
  for await (const tally of tallies.allOfCall(callId)) {
    all = plus(all, tally.submitted.length, tally.drafts.length);
    add(tally);
  }
  return { ...all, categories: Object.fromEntries(categories) };
};
