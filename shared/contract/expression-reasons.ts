/** What is wrong with a rule, as a code among the figures of `EXPRESSION_SYNTAX` and `EXPRESSION_TYPE`; the sentence is shared/http/expression-reasons.ts. */
export const EXPRESSION_REASONS = [
  // how it is written
  'ENDS_EARLY',
  'UNEXPECTED',
  'TEXT_NOT_CLOSED',
  'WRONG_ESCAPE',
  'WRONG_NUMBER',
  'RESERVED_WORD',
  'NO_VARIABLE',
  'TOO_MANY_PARTS',
  // what it is made of
  'NOT_BOOL',
  'OPERATOR',
  'ONE_SIDED',
  'ARGUMENTS',
  'HAS',
  'NOT_YES_OR_NO',
  'NOT_A_LIST',
  'MIXED_LIST',
  'MIXED_BRANCHES',
  'NO_PARTS',
  'NOT_AN_AMOUNT',
  'NOT_AN_OPTION',
  'NOT_A_FLAG',
  'DIVISOR',
  'OTHER',
] as const;
export type ExpressionReason = (typeof EXPRESSION_REASONS)[number];
