import type * as z from 'zod';
import { CallDefinition } from './definition.ts';

/** What a call says of every submission, whatever its category: all that a submit needs besides its own category and form. */
export const CallTerms = CallDefinition.pick({
  title: true,
  organiser: true,
  fiscalYear: true,
  timezone: true,
  limitPerUnit: true,
  limitClause: true,
  joint: true,
  history: true,
  conditions: true,
}).strip();
export type CallTerms = z.output<typeof CallTerms>;
