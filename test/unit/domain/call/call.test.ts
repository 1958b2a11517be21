import { describe, expect, it } from 'vitest';
import { categoryPlaces, findCategory } from '#shared/domain/call/category-tree.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { secondsFresh } from '#shared/domain/call/freshness.ts';
import { sizeInBytes } from '#shared/domain/call/material.ts';
import { headRestored, headTakenBack, removedCategories } from '#shared/domain/call/publication.ts';
import { statusOf } from '#shared/domain/call/status.ts';
import { callHead, FIRST_SEAL, RECORDED_CLOSE, writtenCall, writtenLeaf } from '#test/support/calls.ts';

const head = callHead();
const opens = Date.parse(head.opensAt);
const closes = Date.parse(head.closesAt);

describe('statusOf', () => {
  it.each([
    [opens - 1, 'scheduled'],
    [opens, 'open'],
    [closes - 1, 'open'],
    [closes, 'closed'],
  ])('is at %i %s', (now, status) => {
    expect(statusOf(head, now)).toBe(status);
  });

  it('is sealed once a seal covers its deadline, and open again where it was reopened for all after that', () => {
    const seal = FIRST_SEAL;
    expect(statusOf({ ...head, seal }, closes)).toBe('sealed');
    const reopened = { ...head, seal, closesAt: '2022-04-05T16:00:00.000Z' };
    expect(statusOf(reopened, closes)).toBe('open');
    expect(statusOf(reopened, Date.parse(reopened.closesAt))).toBe('closed');
  });
});

describe('categoryPlaces', () => {
  const categories = checkDefinition(writtenCall()).definition?.categories ?? [];

  it('gives every category that can be applied to with the nodes above it', () => {
    expect(categoryPlaces(categories).map(({ path }) => path.map(({ code }) => code))).toEqual([['1'], ['2', '2-1']]);
  });

  it('finds no group and nothing unknown', () => {
    expect(findCategory(categories, '2-1')?.category.title).toBe('重点学会建设');
    expect(findCategory(categories, '2')).toBeUndefined();
    expect(findCategory(categories, '3')).toBeUndefined();
  });
});

describe('sizeInBytes', () => {
  it.each([
    ['20MB', 20_971_520],
    ['500 KB', 512_000],
    [1_000, 1_000],
  ])('counts %s as %i bytes', (size, bytes) => {
    expect(sizeInBytes(size)).toBe(bytes);
  });
});

describe('secondsFresh', () => {
  it.each([
    [opens - 60_000, 30],
    [opens - 29_999, 29],
    [opens - 1, 0],
    [opens, 30],
    [closes - 999, 0],
    [closes, 30],
  ])('at %i is %i', (now, seconds) => {
    expect(secondsFresh([head], now)).toBe(seconds);
  });

  it('never crosses the nearest of several boundaries', () => {
    expect(secondsFresh([head, callHead({ closesAt: '2022-03-10T00:00:10.000Z' })], Date.UTC(2022, 2, 10))).toBe(10);
  });
});

describe('taking a publication back', () => {
  const newest = { version: 2, window: { ...head, closesAt: '2022-04-15T16:00:00.000Z' } };

  it('leaves no trace of what the close recorded', () => {
    const takenBack = headTakenBack({ ...head, closing: RECORDED_CLOSE }, newest);
    expect(takenBack).toMatchObject({ revision: 3, closesAt: '2022-04-15T16:00:00.000Z' });
    expect([takenBack.publishedVersion, takenBack.publishedAt, takenBack.closing]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('can be undone on top of what was saved meanwhile', () => {
    const current = { ...headTakenBack(head, newest), latestVersion: 3, revision: 9 };
    expect(headRestored(current, head)).toEqual({ ...head, latestVersion: 3, revision: 10 });
  });
});

describe('putting a publication back in place of a later one', () => {
  it('keeps a deadline that was moved meanwhile', () => {
    const before = callHead({ revision: 4 });
    const moved = { closesAt: '2022-04-10T16:00:00.000Z', lastClosesAt: '2022-04-12T16:00:00.000Z' };
    const later = { ...before, publishedVersion: 2, publishedContent: '1'.repeat(64), latestVersion: 2 };
    const restored = headRestored({ ...later, ...moved, revision: 6 }, before);
    expect(restored).toEqual({ ...before, ...moved, latestVersion: 2, revision: 7 });
  });
});

describe('removedCategories', () => {
  const leaf = { code: '1', title: '学会党的建设', ...writtenLeaf };
  const group = (code: string, limitPerUnit?: number) => ({ code, title: '一组', categories: [leaf], limitPerUnit });
  const inForce = (...categories: object[]) => {
    const { definition } = checkDefinition(writtenCall({ categories }));
    if (definition === undefined) throw new Error('the definition has faults');
    return definition;
  };

  it.each([
    ['stays beside a new one', inForce(group('A', 3)), inForce(group('A', 3), { ...leaf, code: '9' }), []],
    ['is gone', inForce(leaf, { ...leaf, code: '9' }), inForce({ ...leaf, code: '9' }), ['1']],
    ['has another code', inForce(leaf), inForce({ ...leaf, code: '9' }), ['1']],
    ['is below a limit that would count from zero', inForce(group('A', 3)), inForce(group('B', 3)), ['1']],
    ['is below a group without a limit', inForce(leaf), inForce(group('B')), []],
    ['is below the same group with a new limit', inForce(group('A')), inForce(group('A', 3)), []],
  ])('told of a category that %s', (_, before, next, removed) => {
    expect(removedCategories(before, next)).toEqual(removed);
  });
});
