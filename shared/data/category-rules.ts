import type { CallHead } from '#shared/domain/call/call-head.ts';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import type { CategoryRules } from '#shared/domain/submission/category-rules.ts';
import type { CallsRepository } from './calls-repository.ts';

/** What the version in force asks in a category; undefined while none is in force, or where it has no such category. Cached with the version. */
export const rulesInForce = async (
  calls: Pick<CallsRepository, 'definition' | 'form'>,
  { callId, publishedVersion: version }: Pick<CallHead, 'callId' | 'publishedVersion'>,
  code: string,
): Promise<CategoryRules | undefined> => {
  if (version === undefined) return undefined;
  const call = await calls.definition(callId, version);
  const place = findCategory(call.categories, code);
  if (place === undefined) return undefined;
  return { version, call, place, form: await calls.form(callId, version, place.category.form) };
};
