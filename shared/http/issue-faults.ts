import type * as z from 'zod';
import { at, type Fault } from '#shared/domain/fault.ts';

const codeOf = (issue: z.core.$ZodIssue): Pick<Fault, 'code' | 'params'> => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { code: 'REQUIRED' }
        : { code: 'WRONG_TYPE', params: { expected: issue.expected } };
    case 'unrecognized_keys':
      return { code: 'UNKNOWN' };
    case 'too_small':
      return { code: issue.origin === 'string' ? 'TOO_SHORT' : 'TOO_SMALL', params: { limit: Number(issue.minimum) } };
    case 'too_big':
      return { code: issue.origin === 'string' ? 'TOO_LONG' : 'TOO_LARGE', params: { limit: Number(issue.maximum) } };
    case 'invalid_value':
      return { code: 'NOT_AN_OPTION' };
    default:
      return { code: 'INVALID' };
  }
};

/** A request's envelope as zod sees it, as faults: paths and codes, never the values. Unknown keys are named one by one. */
export const issueFaults = (issues: readonly z.core.$ZodIssue[], prefix: readonly string[] = []): Fault[] =>
  issues.flatMap((issue): Fault[] => {
    const steps = [...prefix, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: at(...steps, key), code: 'UNKNOWN' }));
    return [{ path: at(...steps), ...codeOf(issue) }];
  });
