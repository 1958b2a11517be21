import type { SubmissionsRepository } from './submissions-repository.ts';
import type { TalliesRepository } from './tallies-repository.ts';

/** Of these category codes those in which any unit has a draft or a submission, strongly consistent. Reads every tally of the call: for officers alone. */
export const categoriesInUse = async (
  repositories: {
    readonly tallies: Pick<TalliesRepository, 'pageOfCall'>;
    readonly submissions: Pick<SubmissionsRepository, 'heads'>;
  },
  callId: string,
  codes: readonly string[],
): Promise<string[]> => {
  const { tallies, submissions } = repositories;
  const inUse = new Set<string>();
  let page = await tallies.pageOfCall(callId);
  for (;;) {
    const ids = page.tallies.flatMap(({ drafts, submitted }) => [...drafts, ...submitted]);
    for (const { category } of await submissions.heads(ids)) inUse.add(category);
    if (page.next === undefined) return codes.filter((code) => inUse.has(code));
    page = await tallies.pageOfCall(callId, page.next);
  }
};
