import type { CallHead } from '#shared/domain/call/call-head.ts';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { undecided } from '#shared/domain/expression/decide.ts';
import type { CategoryRules } from '#shared/domain/submission/category-rules.ts';
import type { CallsRepository } from './calls-repository.ts';

export type Definitions = Pick<CallsRepository, 'definition' | 'form'>;

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
  return {
    version,
    call,
    place,
    decide: undecided,
    form: await definitions.form(callId, version, place.category.form),
  };
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
