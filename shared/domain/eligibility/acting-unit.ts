import { DomainError } from '#shared/domain/domain-error.ts';

/**
 * The unit an applicant acts for: the one named, or the only one.
 *
 * @param units those whose applicant the actor is
 * @throws DomainError NOT_FOUND where the named one is none of them, UNIT_REQUIRED where none is named and there is not exactly one
 */
export const actingUnit = (units: readonly string[], named: string | undefined): string => {
  if (named !== undefined) {
    if (!units.includes(named)) throw new DomainError('NOT_FOUND');
    return named;
  }
  const [only, ...others] = units;
  if (only === undefined || others.length > 0) throw new DomainError('UNIT_REQUIRED');
  return only;
};
