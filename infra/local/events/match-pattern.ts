import type { EventPattern, PatternMatch } from './event-pattern.ts';

const matchesValue = (match: PatternMatch, value: unknown): boolean => {
  if (typeof value !== 'string') return false;
  if (typeof match === 'string') return value === match;
  return 'prefix' in match ? value.startsWith(match.prefix) : value.endsWith(match.suffix);
};

/**
 * Whether an event is one that the rule waits for: every field of the pattern must be there with one of its values.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export const matchesPattern = (pattern: EventPattern, event: unknown): boolean =>
  Object.entries(pattern).every(([field, expected]) => {
    const value: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, field) : undefined;
    if (!Array.isArray(expected)) return matchesPattern(expected, value);
    const values = Array.isArray(value) ? value : [value];
    return expected.some((match) => values.some((each) => matchesValue(match, each)));
  });
