/** A limit that counts for a submit: of the whole call (no `code`), or of a node of its tree above or at the category. */
export interface LimitScope {
  readonly code?: string;
  /** As people know it: the call's or the node's title. */
  readonly title: string;
  readonly limit: number;
}

interface Limited {
  readonly title: string;
  readonly limitPerUnit?: number | undefined;
}

/** How many drafts a unit may have in a call: more than anybody needs, and a bound on what one user can make us keep. */
export const MOST_DRAFTS = 100;

/**
 * The limits on a unit's submissions in a category, the widest first.
 *
 * @param path the nodes from the call's top down to the category
 */
export const limitsOf = (call: Limited, path: readonly (Limited & { readonly code: string })[]): LimitScope[] =>
  [{ title: call.title, limitPerUnit: call.limitPerUnit }, ...path].flatMap(({ limitPerUnit, ...scope }) =>
    limitPerUnit === undefined
      ? []
      : [{ ...('code' in scope ? { code: scope.code } : {}), title: scope.title, limit: limitPerUnit }],
  );

/** The limits that leave no room for one more, each with what counts already. `counts` are in the order of `limits`. */
export const limitsReached = (
  limits: readonly LimitScope[],
  counts: readonly number[],
): { limit: number; count: number; scope: string }[] =>
  limits.flatMap(({ limit, title }, place) => {
    const count = counts[place] ?? 0;
    return count < limit ? [] : [{ limit, count, scope: title }];
  });
