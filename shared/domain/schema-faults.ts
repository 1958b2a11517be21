import type * as z from 'zod';
import { isWellFormedName } from '#shared/contract/well-formed.ts';
import { at, type Fault, shownKey } from './fault.ts';
import { MAX_FAULTS } from './fault-list.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Which option of a union the author meant, by what stands there; undefined where the union's own issues tell. */
export type ChooseOption = (path: Path, value: unknown) => number | undefined;

const pathOf = (path: Path): string => at(...path.map(shownKey));

const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined,
    input,
  );

const COUNTED = new Set(['array', 'set', 'map', 'record', 'object']);

const boundCode = (origin: string, codes: readonly [Fault['code'], Fault['code'], Fault['code']]): Fault['code'] => {
  const [length, count, value] = codes;
  if (origin === 'string') return length;
  return COUNTED.has(origin) ? count : value;
};

const wrongSize = (path: Path, issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Fault =>
  issue.code === 'too_small'
    ? {
        path: pathOf(path),
        code: boundCode(issue.origin, ['TOO_SHORT', 'TOO_FEW', 'TOO_SMALL']),
        params: { limit: Number(issue.minimum) },
      }
    : {
        path: pathOf(path),
        code: boundCode(issue.origin, ['TOO_LONG', 'TOO_MANY', 'TOO_LARGE']),
        params: { limit: Number(issue.maximum) },
      };

/** More than so many values would bury the sentence that lists them. */
const MOST_LISTED = 20;

/** `of` and `accepted` where there are few enough values to tell them all. */
const notAnOption = (path: Path, value: unknown, accepted: readonly unknown[]): Fault => {
  if (value === undefined) return { path: pathOf(path), code: 'REQUIRED' };
  const listed = accepted.length > 0 && accepted.length <= MOST_LISTED;
  const params = listed ? { of: 'listed', accepted: accepted.join('、') } : undefined;
  return { path: pathOf(path), code: 'NOT_AN_OPTION', ...(params && { params }) };
};

const DATES: ReadonlySet<string> = new Set(['date', 'datetime']);

/** A pattern names itself by its message, which is then no sentence but what `WELL_FORMED` knows. */
const notWellFormed = (path: Path, issue: Extract<Issue, { code: 'invalid_format' }>): Fault => {
  if (DATES.has(issue.format)) return { path: pathOf(path), code: 'NOT_A_DATE' };
  const of = [issue.message, issue.format].find(isWellFormedName);
  return { path: pathOf(path), code: 'INVALID', ...(of !== undefined && { params: { of } }) };
};

/** Two ways to write a time, of which the second is told in the first one's fault: a day or a moment, a day or a month. */
const timeOf = (options: readonly (readonly Issue[])[]): string | undefined => {
  const [first, second] = options.map(([issue]) => (issue?.code === 'invalid_format' ? issue : undefined));
  if (first?.format !== 'date' || second === undefined) return undefined;
  return second.format === 'datetime' ? 'moment' : 'month';
};

const isRootType = (issue: Issue): boolean => issue.code === 'invalid_type' && issue.path.length === 0;

/** Faults of the option that was meant; without a choice, of the first whose type fits at all; else all types that would. */
const unionFaults = (
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
  value: unknown,
  translate: (issues: readonly Issue[], prefix: Path) => Fault[],
  choose: ChooseOption,
): Fault[] => {
  if (issue.discriminator !== undefined) {
    return [notAnOption(path, value, 'options' in issue ? (issue.options ?? []) : [])];
  }
  const options: readonly (readonly Issue[])[] = issue.errors;
  const time = timeOf(options);
  if (time !== undefined) return [{ path: pathOf(path), code: 'NOT_A_DATE', params: { of: time } }];
  const meant = options[choose(path, value) ?? options.findIndex((issues) => !issues.some(isRootType))];
  if (meant !== undefined) return translate(meant, path);
  if (value === undefined) return [{ path: pathOf(path), code: 'REQUIRED' }];
  if (value === null) return [{ path: pathOf(path), code: 'NULL' }];
  const expected = options.flatMap((issues) =>
    issues.flatMap((each) => (each.code === 'invalid_type' ? each.expected : [])),
  );
  return [{ path: pathOf(path), code: 'WRONG_TYPE', params: { expected: [...new Set(expected)].join(' / ') } }];
};

/**
 * What zod found, as faults: every issue at its own path, unknown keys named one by one, a union told by the option that was meant. `input` is what was
 * parsed, to tell what is missing from what is null.
 */
export const schemaFaults = (
  issues: readonly Issue[],
  input: unknown,
  choose: ChooseOption = () => undefined,
  prefix: Path = [],
): Fault[] => {
  const mistyped = new Set(issues.flatMap(({ code, path }) => (code === 'invalid_type' ? [pathOf(path)] : [])));
  return issues.flatMap((issue): Fault[] => {
    const path = [...prefix, ...issue.path];
    const where = pathOf(path);
    const value = valueAt(input, path);
    switch (issue.code) {
      case 'invalid_type':
        if (value === undefined) return [{ path: where, code: 'REQUIRED' }];
        if (value === null) return [{ path: where, code: 'NULL' }];
        return [{ path: where, code: 'WRONG_TYPE', params: { expected: issue.expected } }];
      case 'too_small':
      case 'too_big':
        // zod measures a text that stands where a list should be, too.
        return mistyped.has(pathOf(issue.path)) ? [] : [wrongSize(path, issue)];
      case 'unrecognized_keys':
        return issue.keys.slice(0, MAX_FAULTS).map((key) => ({ path: pathOf([...path, key]), code: 'UNKNOWN' }));
      case 'invalid_value':
        return [notAnOption(path, value, issue.values)];
      case 'invalid_format':
        return [notWellFormed(path, issue)];
      case 'invalid_union':
        return unionFaults(
          issue,
          path,
          value,
          (inner, innerPrefix) => schemaFaults(inner, input, choose, innerPrefix),
          choose,
        );
      default:
        return [{ path: where, code: 'INVALID' }];
    }
  });
};
