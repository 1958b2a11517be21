import * as z from 'zod';
import { at, type Fault } from '#shared/domain/fault.ts';
import { type Bounds, boundsText, meetOf, sumOfBounds, UNBOUNDED } from '#shared/domain/money/bounds.ts';

const count = z.int().min(1);
const exact = { kind: z.literal('exact'), count };
const cap = { kind: z.literal('cap'), max: count };
const range = { kind: z.literal('range'), min: z.int().min(0), max: count };
/** 一般不超过……: a number that guides and does not bind. */
const soft = { kind: z.literal('soft'), max: count };

/** A sub-quota (其中……3个); `goal` names the goal it is kept for. */
const part = { title: z.string().min(1).max(100), goal: z.string().min(1).max(60).optional() };

const Part = z.discriminatedUnion('kind', [
  z.strictObject({ ...part, ...exact }),
  z.strictObject({ ...part, ...cap }),
  z.strictObject({ ...part, ...range }),
  z.strictObject({ ...part, ...soft }),
]);

const parts = z.array(Part).max(50).optional();

/** 项目数量: how many awards a category, or all categories below a group, have. */
export const Quota = z.discriminatedUnion('kind', [
  z.strictObject({ ...exact, parts }),
  z.strictObject({ ...cap, parts }),
  z.strictObject({ ...range, parts }),
  z.strictObject({ ...soft, parts }),
]);
export type Quota = z.output<typeof Quota>;

type Counted = Quota | z.output<typeof Part>;

const ownBounds = (quota: Counted): Bounds => {
  switch (quota.kind) {
    case 'exact':
      return { least: BigInt(quota.count), most: BigInt(quota.count) };
    case 'cap':
      return { least: 0n, most: BigInt(quota.max) };
    case 'range':
      return quota.min > quota.max ? UNBOUNDED : { least: BigInt(quota.min), most: BigInt(quota.max) };
    case 'soft':
      return UNBOUNDED;
  }
};

const partsBounds = (quota: Quota | undefined): Bounds =>
  quota?.parts === undefined || quota.parts.length === 0 ? UNBOUNDED : sumOfBounds(quota.parts.map(ownBounds));

/** How many awards a quota and its parts allow; any number without one, or where the two contradict each other. */
export const quotaBounds = (quota: Quota | undefined): Bounds => {
  if (quota === undefined) return UNBOUNDED;
  const own = ownBounds(quota);
  return meetOf(own, partsBounds(quota)) ?? own;
};

/** What `below` adds up to against the quota it is below of. */
export const sumFaults = (quota: Quota | undefined, below: Bounds, path: string): Fault[] => {
  if (quota === undefined) return [];
  const own = ownBounds(quota);
  if (meetOf(own, below) !== undefined) return [];
  return [{ path, code: 'PARTS_MISMATCH', params: { sum: boundsText(below), expected: boundsText(own) } }];
};

const rangeFaults = (quota: Counted, path: string): Fault[] =>
  quota.kind === 'range' && quota.min > quota.max ? [{ path: at(path, 'min'), code: 'MINIMUM_ABOVE_MAXIMUM' }] : [];

/** `goals` are the values of the category's goals: what a part may be kept for. */
export const quotaFaults = (quota: Quota, goals: ReadonlySet<string>, path: string): Fault[] => [
  ...rangeFaults(quota, path),
  ...(quota.parts ?? []).flatMap((each, index): Fault[] => [
    ...rangeFaults(each, at(path, 'parts', index)),
    ...(each.goal === undefined || goals.has(each.goal)
      ? []
      : [{ path: at(path, 'parts', index, 'goal'), code: 'UNKNOWN_GOAL' as const }]),
  ]),
  ...sumFaults(quota, partsBounds(quota), at(path, 'parts')),
];
