import { describe, expect, test } from 'vitest';
import { acceptanceNumbers } from '#shared/domain/seal/acceptance-numbers.ts';
import { findMembership } from '#shared/domain/seal/find-membership.ts';
import { PART_ENTRIES } from '#shared/domain/seal/parts.ts';
import { parseEntry } from '#shared/domain/seal/roster.ts';
import { type MadeSeal, madeSeal } from './made-seal.ts';
import { all, linesIn, receiptOf } from './receipts.ts';

const upTo = (most: number): number[] => Array.from({ length: most }, (_, n) => n + 1);
const { submittedAt: reopenedAt } = receiptOf(PART_ENTRIES + 10);
const first = await madeSeal(upTo(PART_ENTRIES + 2), { through: reopenedAt });
const second = await madeSeal([PART_ENTRIES + 11, PART_ENTRIES + 12], {
  ...{ number: 2, firstNo: PART_ENTRIES + 3, through: '2022-04-30T16:00:00.000Z' },
});

const ports = (...seals: readonly MadeSeal[]) => {
  const read: string[] = [];
  return {
    read,
    seals: { ofCall: async (callId: string) => (callId === 'changde-2022' ? seals : []) },
    rosters: {
      manifest: async (seal: MadeSeal) => seal.manifest,
      part: async (seal: MadeSeal, { name }: { name: string }) => {
        read.push(`${seal.number}/${name}`);
        return seal.parts[seal.manifest.parts.findIndex((part) => part.name === name)] ?? '';
      },
      entries: async function* (seal: MadeSeal) {
        for (const part of seal.parts) for (const line of linesIn(Buffer.from(part))) yield parseEntry(line);
      },
    },
  };
};

describe('a receipt', () => {
  test('is found in its seal by reading the one part it can be in', async () => {
    const world = ports(first, second);
    const { number, root, count, sealedAt } = first;
    expect(await findMembership(world, receiptOf(PART_ENTRIES + 1))).toMatchObject({
      acceptanceNo: PART_ENTRIES + 1,
      seal: { number, root, count, sealedAt },
      leaf: { index: PART_ENTRIES },
      path: [expect.any(String), expect.any(String)],
    });
    expect(world.read).toStrictEqual(['1/part-00002.ndjson']);
  });

  test('that came during a reopening is found in the supplementary seal', async () => {
    const world = ports(first, second);
    const { number, root, count, sealedAt } = second;
    const found = await findMembership(world, receiptOf(PART_ENTRIES + 12));
    expect(found?.seal).toStrictEqual({ number, root, count, sealedAt });
    expect(found).toMatchObject({ acceptanceNo: PART_ENTRIES + 4, leaf: { index: 1 } });
    expect(Object.keys(found?.leaf ?? {})).toStrictEqual(['index', 'line']);
  });

  test('is in no seal before there is one that reaches so far', async () => {
    expect(await findMembership(ports(), receiptOf(1))).toBeUndefined();
    expect(await findMembership(ports(first), { ...receiptOf(1), submittedAt: reopenedAt })).toBeUndefined();
    expect(await findMembership(ports(first), receiptOf(PART_ENTRIES + 11))).toBeUndefined();
  });

  test('that was withdrawn by then is in none, wherever it would stand', async () => {
    expect(await findMembership(ports(first, second), receiptOf(0))).toBeUndefined();
    expect(await findMembership(ports(first, second), receiptOf(PART_ENTRIES + 9))).toBeUndefined();
    const empty = await madeSeal([]);
    expect(await findMembership(ports(empty), receiptOf(1))).toBeUndefined();
  });
});

test('the 受理编号 of a call are those of all its seals, in their order', async () => {
  const numbers = await all(acceptanceNumbers(ports(first, second), 'changde-2022'));
  expect(numbers.map(({ acceptanceNo }) => acceptanceNo)).toStrictEqual(upTo(PART_ENTRIES + 4));
  const { receiptNo, submissionId } = receiptOf(PART_ENTRIES + 12);
  expect(numbers.at(-1)).toStrictEqual({ acceptanceNo: PART_ENTRIES + 4, receiptNo, submissionId });
});
