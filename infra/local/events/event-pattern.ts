/** The part of EventBridge's patterns that occurs: fields, nested or with a list of what may match. */
export type EventPattern = { [field: string]: EventPattern | PatternMatch[] };
export type PatternMatch = string | { prefix: string } | { suffix: string };
