import { describe, expect, test } from 'vitest';
import { indexWriteUnits, type KeysOnlyIndex, readUnits, writeUnits } from '#test/bench/capacity.ts';

const KB = 1024;

// The figures of https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
describe('read units', () => {
  test.each([
    ['3.5 KB as 4', 3.5 * KB, 1],
    ['10 KB as 12', 10 * KB, 3],
    ['a page of 40.8 KB as 44', 40.8 * KB, 11],
    ['a page of 1,500 items of 64 bytes as 96 KB', 1_500 * 64, 24],
    ['an item that is not there as the smallest', 0, 1],
  ])('round up %s', (_what, bytes, units) => {
    expect(readUnits(bytes, 'strong')).toBe(units);
    expect(readUnits(bytes, 'eventual')).toBe(units / 2);
    expect(readUnits(bytes, 'transactional')).toBe(units * 2);
  });

  test('round up each item of a batch: 1.5 KB and 6.5 KB are 12 KB', () => {
    expect(readUnits(1.5 * KB, 'strong') + readUnits(6.5 * KB, 'strong')).toBe(3);
  });
});

describe('write units', () => {
  test.each([
    ['500 bytes as 1 KB', 0, 500, 1],
    ['exactly 1 KB as 1 KB', 0, KB, 1],
    ['1 byte more as 2 KB', 0, KB + 1, 2],
    ['an item that shrinks by what it was', 3 * KB, 10, 3],
    ['the deletion of nothing as the smallest', 0, 0, 1],
  ])('count %s', (_what, before, after, units) => {
    expect(writeUnits(before, after, false)).toBe(units);
    expect(writeUnits(before, after, true)).toBe(units * 2);
  });
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html, "Provisioned throughput considerations"
describe('writes of an index', () => {
  const index: KeysOnlyIndex = { name: 'due', indexKey: ['due', 'dueAt'], tableKey: ['id'] };
  const item = (more: object) => ({ id: { S: '1' }, ...more });
  const due = (at: string) => ({ due: { S: 'x' }, dueAt: { S: at } });

  test.each([
    ['an item that is not in it', undefined, item({ due: { S: 'x' } }), 0],
    ['an item that comes in', item({}), item(due('1')), 1],
    ['an item that goes out', item(due('1')), undefined, 1],
    ['an item whose place moves', item(due('1')), item(due('2')), 2],
    ['an item that changes elsewhere', item(due('1')), item({ ...due('1'), other: { N: '1' } }), 0],
  ])('count %s', (_what, before, after, units) => {
    expect(indexWriteUnits(before, after, index, false)).toBe(units);
    expect(indexWriteUnits(before, after, index, true)).toBe(units * 2);
  });
});
