import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { LeafTerms } from '#shared/domain/call/category-record.ts';
import { conditionsOf, hasRules } from '#shared/domain/call/conditions.ts';
import { undecided } from '#shared/domain/expression/decide.ts';
import type { Decide } from '#shared/domain/expression/facts.ts';
import type { CategoryRules, CategoryTerms } from '#shared/domain/submission/category-rules.ts';
import { categoryInForce, type Definitions } from './category-rules.ts';

/** What decides the rules of a cached category: as immutable as it is, so read once per instance. */
const decided = new WeakMap<LeafTerms, Decide>();

/** The language of rules is loaded only where a category has one. A file of its own: what imports it carries the language, though on demand. */
export const decideOnce = async ({ place, form, call }: Omit<CategoryTerms, 'version'>): Promise<Decide> => {
  const known = decided.get(place.category);
  if (known !== undefined) return known;
  const conditions = conditionsOf(place, call.conditions);
  if (!hasRules(conditions, form)) return undecided;
  const [{ compileRules }, { categoryScope }] = await Promise.all([
    import('#shared/domain/expression/compile.ts'),
    import('#shared/domain/expression/scope.ts'),
  ]);
  const decide = compileRules(categoryScope(form, place.category, conditions));
  decided.set(place.category, decide);
  return decide;
};

/**
 * What the version in force asks in a category, with what decides its rules.
 *
 * @throws DomainError NOT_FOUND while no version is in force, VALIDATION_FAILED where it has no such category
 */
export const rulesInForce = async (
  definitions: Definitions,
  head: Pick<CallHead, 'callId' | 'publishedVersion' | 'publishedContent'>,
  code: string,
): Promise<CategoryRules> => {
  const terms = await categoryInForce(definitions, head, code);
  return { ...terms, decide: await decideOnce(terms) };
};
