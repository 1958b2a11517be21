import type { CallDefinitionWithoutForms } from './definition.ts';

/** What a call says of every submission, whatever its category: all that a submit needs besides its own category and form. */
export type CallTerms = Pick<
  CallDefinitionWithoutForms,
  | 'title'
  | 'organiser'
  | 'fiscalYear'
  | 'timezone'
  | 'limitPerUnit'
  | 'limitClause'
  | 'joint'
  | 'history'
  | 'conditions'
>;
