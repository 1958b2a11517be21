import type { CallHead } from '#shared/domain/call/call-head.ts';
import { type CategoryPlace, findCategory } from '#shared/domain/call/category-tree.ts';
import type { Condition } from '#shared/domain/call/condition.ts';
import { conditionsOf, hasRules } from '#shared/domain/call/conditions.ts';
import type { Category } from '#shared/domain/call/definition.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import { undecided } from '#shared/domain/expression/decide.ts';
import type { Decide } from '#shared/domain/expression/facts.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import type { CategoryRules } from '#shared/domain/submission/category-rules.ts';
import type { CallsRepository } from './calls-repository.ts';

export type Definitions = Pick<CallsRepository, 'definition' | 'form'>;

/** Places of cached definitions and what decides the rules of each: both immutable, so read once per instance. */
const decided = new WeakMap<Category, Decide>();

/** The language of rules is loaded only where a category has one: the others, and whatever else a function does, do not pay for it. */
const decideOnce = async (
  place: CategoryPlace,
  form: FormDefinition,
  ofCall: readonly Condition[],
): Promise<Decide> => {
  const known = decided.get(place.category);
  if (known !== undefined) return known;
  const conditions = conditionsOf(place, ofCall);
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
 * What a version of a call asks in a category. Immutable, so cached.
 *
 * @throws DomainError VALIDATION_FAILED where the version has no such category
 */
export const rulesOfVersion = async (
  definitions: Definitions,
  callId: string,
  version: number,
  code: string,
): Promise<CategoryRules> => {
  const call = await definitions.definition(callId, version);
  const place = findCategory(call.categories, code);
  if (place === undefined) {
    throw new DomainError('VALIDATION_FAILED', { faults: [{ path: 'category', code: 'UNKNOWN_CATEGORY' }] });
  }
  const form = withDeclarations(await definitions.form(callId, version, place.category.form), call, place);
  return { version, call, place, form, decide: await decideOnce(place, form, call.conditions) };
};

/**
 * What the version in force asks in a category, as `rulesOfVersion` gives it.
 *
 * @throws DomainError NOT_FOUND while no version is in force, VALIDATION_FAILED where it has no such category
 */
export const rulesInForce = async (
  definitions: Definitions,
  { callId, publishedVersion }: Pick<CallHead, 'callId' | 'publishedVersion'>,
  code: string,
): Promise<CategoryRules> => {
  if (publishedVersion === undefined) throw new DomainError('NOT_FOUND');
  return rulesOfVersion(definitions, callId, publishedVersion, code);
};
