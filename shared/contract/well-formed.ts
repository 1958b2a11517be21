/** What a text has to look like, as `of` among the figures of `INVALID`; a pattern of a schema names itself by one of these as its message. */
const WELL_FORMED = [
  'key',
  'code',
  'id',
  'username',
  'file-size',
  'duration',
  'span',
  'sha256',
  'email',
  'text',
] as const;
export type WellFormedName = (typeof WELL_FORMED)[number];

export const isWellFormedName = (name: string): name is WellFormedName => WELL_FORMED.some((each) => each === name);
