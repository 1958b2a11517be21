import * as z from 'zod';
import { Sha256 } from '#shared/contract/primitives.ts';
import { CallTerms } from './call-terms.ts';
import { Category } from './definition.ts';

/** A category without what is only for reading: a submit looks at none of that. */
const LeafTerms = Category.omit({
  content: true,
  contacts: true,
  obligations: true,
  quota: true,
  envelope: true,
}).strip();
export type LeafTerms = z.output<typeof LeafTerms>;

/** What a node above a category, or the category itself, asks of every submission below it. */
const NodeTerms = Category.pick({
  code: true,
  title: true,
  limitPerUnit: true,
  limitClause: true,
  conditions: true,
  clause: true,
}).strip();
export type NodeTerms = z.output<typeof NodeTerms>;

/** All that a version of a call asks of a submission in one category, besides its form: that is named by its digest, since categories share it. */
export const CategoryRecord = z.object({
  call: CallTerms,
  place: z.object({ category: LeafTerms, path: z.array(NodeTerms).min(1) }),
  form: Sha256,
});
export type CategoryRecord = z.output<typeof CategoryRecord>;
