import type { CallHead } from '#shared/domain/call/call-head.ts';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import { conditionsOf, hasRules } from '#shared/domain/call/conditions.ts';
import type { Category } from '#shared/domain/call/definition.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import { undecided } from '#shared/domain/expression/decide.ts';
import type { Decide } from '#shared/domain/expression/facts.ts';
import type { CategoryRules, CategoryTerms } from '#shared/domain/submission/category-rules.ts';
import type { CallsRepository } from './calls-repository.ts';

export type Definitions = Pick<CallsRepository, 'definition' | 'form'>;

/**
 * One category of a version of a call, without what decides its rules. Immutable, so cached.
 *
 * @throws DomainError VALIDATION_FAILED where the version has no such category
 */
export const categoryOfVersion = async (
  definitions: Definitions,
  callId: string,
  version: number,
  code: string,
): Promise<CategoryTerms> => {
  const call = await definitions.definition(callId, version);
  const place = findCategory(call.categories, code);
  if (place === undefined) {
    throw new DomainError('VALIDATION_FAILED', { faults: [{ path: 'category', code: 'UNKNOWN_CATEGORY' }] });
  }
  const form = withDeclarations(await definitions.form(callId, version, place.category.form), call, place);
  return { version, call, place, form };
};

/**
 * The version in force of a category, as `categoryOfVersion` gives it.
 *
 * @throws DomainError NOT_FOUND while no version is in force, VALIDATION_FAILED where it has no such category
 */
export const categoryInForce = async (
  definitions: Definitions,
  { callId, publishedVersion }: Pick<CallHead, 'callId' | 'publishedVersion'>,
  code: string,
): Promise<CategoryTerms> => {
  if (publishedVersion === undefined) throw new DomainError('NOT_FOUND');
  return categoryOfVersion(definitions, callId, publishedVersion, code);
};

/** What decides the rules of a cached category: as immutable as it is, so read once per instance. */
const decided = new WeakMap<Category, Decide>();

/** The language of rules is loaded only where a category has one; functions that ask for no rules do not carry it at all. */
const decideOnce = async ({ place, form, call }: CategoryTerms): Promise<Decide> => {
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
  call: Pick<CallHead, 'callId' | 'publishedVersion'>,
  code: string,
): Promise<CategoryRules> => {
  const terms = await categoryInForce(definitions, call, code);
  return { ...terms, decide: await decideOnce(terms) };
};
