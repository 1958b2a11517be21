import type { Field, Format, PrefillSource } from './definition.ts';
import type { DefinitionFaults } from './definition-faults.ts';

/** What fits a field of each format. */
const SOURCES: Readonly<Record<Format, readonly PrefillSource[]>> = {
  uscc: ['unit.uscc'],
  'phone-cn': ['unit.phone', 'unit.fax', 'unit.headMobile', 'user.mobile'],
  'mobile-cn': ['unit.headMobile', 'user.mobile'],
  'postcode-cn': ['unit.postcode'],
  email: ['unit.email', 'user.email'],
};

/** Characters of what always has as many. */
const LENGTHS: Partial<Readonly<Record<PrefillSource, number>>> = {
  'unit.uscc': 18,
  'unit.postcode': 6,
  'unit.foundedOn': 10,
  'unit.headMobile': 11,
  'user.mobile': 11,
};

/** Checks that what a field starts with can be its answer: a date a date, a format what has it, a text long enough. */
export const checkPrefill = (
  field: Extract<Field, { type: 'text' | 'date' }>,
  path: string,
  faults: DefinitionFaults,
): void => {
  const { prefill } = field;
  if (prefill === undefined) return;
  const fits =
    field.type === 'date'
      ? prefill === 'unit.foundedOn'
      : field.format === undefined || SOURCES[field.format].includes(prefill);
  if (!fits) faults.add('WRONG_FIELD_TYPE', path, { field: field.key });
  const length = LENGTHS[prefill];
  if (field.type === 'text' && length !== undefined && field.maxLength < length)
    faults.add('TOO_SMALL', path.replace(/prefill$/, 'maxLength'), { limit: length });
};
