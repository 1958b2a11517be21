import type { CallHead } from '#shared/domain/call/call-head.ts';
import { callInForce } from '#shared/domain/call/call-in-force.ts';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import type { CategoryTerms, WholeCategory } from '#shared/domain/submission/category-rules.ts';
import type { CallsRepository } from './calls-repository.ts';

export type Definitions = Pick<CallsRepository, 'version' | 'category' | 'form'>;

/** The same with what is only for reading. */
export type WholeDefinitions = Definitions & Pick<CallsRepository, 'definition'>;

export const unknownCategory = (): DomainError =>
  new DomainError('VALIDATION_FAILED', { faults: [{ path: 'category', code: 'UNKNOWN_CATEGORY' }] });

const categoryOfContent = async (
  definitions: Definitions,
  callId: string,
  { version, content }: { readonly version: number; readonly content: string },
  code: string,
): Promise<CategoryTerms> => {
  const record = await definitions.category(callId, content, code);
  if (record === undefined) throw unknownCategory();
  const { call, place } = record;
  const form = withDeclarations(await definitions.form(callId, record.form), call, place);
  return { version, call, place, form };
};

/**
 * One category of a version of a call, without what decides its rules: the version's item, the category's and its form's, all cached.
 *
 * @throws DomainError NOT_FOUND where there is no such version, VALIDATION_FAILED where it has no such category
 */
export const categoryOfVersion = async (
  definitions: Definitions,
  callId: string,
  version: number,
  code: string,
): Promise<CategoryTerms> => {
  const stored = await definitions.version(callId, version);
  if (stored === undefined) throw new DomainError('NOT_FOUND');
  return categoryOfContent(definitions, callId, { version, content: stored.content.digest }, code);
};

/**
 * The same with all that the notice says of the category and its groups, read from the whole definition: for what compares versions, not for a submit.
 *
 * @throws DomainError NOT_FOUND where there is no such version, VALIDATION_FAILED where it has no such category
 */
export const wholeCategoryOfVersion = async (
  definitions: WholeDefinitions,
  callId: string,
  version: number,
  code: string,
): Promise<WholeCategory> => {
  const terms = await categoryOfVersion(definitions, callId, version, code);
  const stored = await definitions.version(callId, version);
  if (stored === undefined) throw new DomainError('NOT_FOUND');
  const { categories } = await definitions.definition(callId, stored.content.digest);
  const place = findCategory(categories, code);
  if (place === undefined) throw new Error(`The record of category ${code} is of another definition`);
  return { ...terms, place };
};

/**
 * The version in force of a category, as `categoryOfVersion` gives it: the head names its content, so two items are all that is read.
 *
 * @throws DomainError NOT_FOUND while no version is in force, VALIDATION_FAILED where it has no such category
 */
export const categoryInForce = async (
  definitions: Definitions,
  head: Pick<CallHead, 'callId' | 'publishedVersion' | 'publishedContent'>,
  code: string,
): Promise<CategoryTerms> => categoryOfContent(definitions, head.callId, callInForce(head), code);
