import type { CallHead } from '#shared/domain/call/call-head.ts';
import { callInForce } from '#shared/domain/call/call-in-force.ts';
import type { CallTerms } from '#shared/domain/call/call-terms.ts';
import { type CategoryPlace, categoryPlaces } from '#shared/domain/call/category-tree.ts';
import { conditionsOf } from '#shared/domain/call/conditions.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import { undecided } from '#shared/domain/expression/decide.ts';
import type { Decide } from '#shared/domain/expression/facts.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { unknownCategory, type WholeDefinitions } from './category-rules.ts';
import { decideOnce } from './rules-in-force.ts';

/** Where a unit can apply, and what decides the conditions there. */
export interface OpenPlace {
  readonly place: CategoryPlace;
  readonly decide: Decide;
}

/** Some forms of a version by their keys, each read once. */
const formsOf = async (
  definitions: WholeDefinitions,
  callId: string,
  version: number,
  keys: readonly string[],
): Promise<ReadonlyMap<string, FormDefinition>> => {
  if (keys.length === 0) return new Map();
  const stored = await definitions.version(callId, version);
  const wanted = stored?.content.forms.filter(({ key }) => keys.includes(key)) ?? [];
  return new Map(
    await Promise.all(wanted.map(async ({ key, digest }) => [key, await definitions.form(callId, digest)] as const)),
  );
};

/**
 * Every category of the version in force, or the one named, in the order of the notice. The definition is read whole, forms only where conditions have
 * rules, and once for all their categories: a call of a hundred categories with one form takes three reads.
 *
 * @throws DomainError NOT_FOUND while no version is in force, VALIDATION_FAILED where it has no such category
 */
export const placesInForce = async (
  definitions: WholeDefinitions,
  head: Pick<CallHead, 'callId' | 'publishedVersion' | 'publishedContent'>,
  code: string | undefined,
): Promise<{ version: number; call: CallTerms; places: OpenPlace[] }> => {
  const { version, content } = callInForce(head);
  const { callId } = head;
  const call = await definitions.definition(callId, content);
  const places = categoryPlaces(call.categories).filter(({ category }) => code === undefined || category.code === code);
  if (places.length === 0) throw unknownCategory();
  const isRuled = (place: CategoryPlace): boolean =>
    conditionsOf(place, call.conditions).some(({ rule }) => rule !== undefined);
  const ruled = new Set(places.filter(isRuled).map(({ category }) => category.form));
  const forms = await formsOf(definitions, callId, version, [...ruled]);
  const decided = places.map(async (place): Promise<OpenPlace> => {
    const written = forms.get(place.category.form);
    if (written === undefined || !isRuled(place)) return { place, decide: undecided };
    return { place, decide: await decideOnce({ place, form: withDeclarations(written, call, place), call }) };
  });
  return { version, call, places: await Promise.all(decided) };
};
