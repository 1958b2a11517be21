import { ParseError, type TypeError as RuleTypeError } from '@marcbachmann/cel-js';
import type { ExpressionReason } from '#shared/contract/expression-reasons.ts';
import type { FaultCode } from '#shared/contract/problem.ts';

/** What is wrong with a rule, as the code and figures of a fault. */
export interface ExpressionFault {
  readonly code: FaultCode;
  readonly params: Readonly<Record<string, string | number>>;
}

const SYNTAX: Readonly<Record<string, ExpressionReason>> = {
  unexpected_character: 'UNEXPECTED',
  unexpected_token: 'UNEXPECTED',
  expected_token: 'UNEXPECTED',
  unterminated_string: 'TEXT_NOT_CLOSED',
  unterminated_triple_quoted_string: 'TEXT_NOT_CLOSED',
  newline_in_string: 'TEXT_NOT_CLOSED',
  invalid_unicode_escape: 'WRONG_ESCAPE',
  invalid_unicode_surrogate: 'WRONG_ESCAPE',
  invalid_hex_escape: 'WRONG_ESCAPE',
  invalid_octal_escape: 'WRONG_ESCAPE',
  octal_escape_out_of_range: 'WRONG_ESCAPE',
  invalid_escape_sequence: 'WRONG_ESCAPE',
  bytes_unicode_escape: 'WRONG_ESCAPE',
  invalid_number: 'WRONG_NUMBER',
  invalid_integer: 'WRONG_NUMBER',
  invalid_hex_integer: 'WRONG_NUMBER',
  invalid_exponent: 'WRONG_NUMBER',
  reserved_identifier: 'RESERVED_WORD',
  invalid_macro_argument: 'NO_VARIABLE',
  limit_exceeded: 'TOO_MANY_PARTS',
};

const TYPES: Readonly<Record<string, ExpressionReason>> = {
  invalid_logical_operand: 'NOT_YES_OR_NO',
  invalid_condition_type: 'NOT_YES_OR_NO',
  invalid_comprehension_range: 'NOT_A_LIST',
  heterogeneous_list_element: 'MIXED_LIST',
  incompatible_ternary_branches: 'MIXED_BRANCHES',
  cannot_index_type: 'NO_PARTS',
  invalid_index_type: 'NO_PARTS',
  invalid_macro_argument: 'HAS',
};

/** The types of an operator's sides, out of the library's `no such overload: int == string`. */
const operatorFault = (summary: string): ExpressionFault['params'] => {
  const [left = '', operator = '', right] = summary.replace('no such overload: ', '').split(' ');
  if (right === undefined) return { reason: 'ONE_SIDED', operator: left.slice(0, 1), right: left.slice(1) };
  return { reason: 'OPERATOR', left, operator, right };
};

const typeReason = ({ code, summary }: RuleTypeError): ExpressionFault['params'] => {
  if (code === 'no_such_overload') return operatorFault(summary);
  if (code === 'no_matching_overload') return { reason: 'ARGUMENTS', call: summary.split("'")[1] ?? '' };
  return { reason: TYPES[code] ?? 'OTHER' };
};

/** What the library says of a rule, as a fault: its codes in words of our own, its sentences nowhere. `at` counts characters of the rule from 1. */
export const explain = (error: ParseError | RuleTypeError, source: string): ExpressionFault => {
  const start = error.range?.start ?? 0;
  const at = start + 1;
  if (error instanceof ParseError) {
    const reason =
      start >= source.trimEnd().length && error.code !== 'limit_exceeded' ? 'ENDS_EARLY' : SYNTAX[error.code];
    return { code: 'EXPRESSION_SYNTAX', params: { reason: reason ?? 'UNEXPECTED', at } };
  }
  return { code: 'EXPRESSION_TYPE', params: { ...typeReason(error), at } };
};
