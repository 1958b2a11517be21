import type { TalliesRepository } from './tallies-repository.ts';

/**
 * Of these category codes those in which any unit has a draft or a submission, strongly consistent. Reads the tallies of the call, which know where
 * something is submitted, and the heads of its drafts, until all are found: for officers alone.
 */
export const categoriesInUse = async (
  repositories: {
    readonly tallies: Pick<TalliesRepository, 'pageOfCall'>;
    readonly submissions: {
      heads(submissionIds: readonly string[]): Promise<readonly { readonly category: string }[]>;
    };
  },
  callId: string,
  codes: readonly string[],
): Promise<string[]> => {
  const { tallies, submissions } = repositories;
  const unused = new Set(codes);
  let page = await tallies.pageOfCall(callId);
  for (;;) {
    for (const code of page.tallies.flatMap(({ submittedIn }) => submittedIn)) unused.delete(code);
    const drafts = unused.size === 0 ? [] : page.tallies.flatMap((tally) => tally.drafts);
    for (const { category } of await submissions.heads(drafts)) unused.delete(category);
    if (unused.size === 0 || page.next === undefined) return codes.filter((code) => !unused.has(code));
    page = await tallies.pageOfCall(callId, page.next);
  }
};
