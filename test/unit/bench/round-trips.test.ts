import { expect, test } from 'vitest';
import { roundTrips } from '#test/bench/round-trips.ts';

test('counts requests one after the other', () => {
  const trips = roundTrips();
  trips.begin('read')();
  trips.begin('read')();
  trips.begin('write')();
  expect([trips.all(), trips.of('read'), trips.of('write')]).toEqual([3, 2, 1]);
});

test('counts requests in flight together once', () => {
  const trips = roundTrips();
  const replies = [trips.begin('read'), trips.begin('read'), trips.begin('read')];
  for (const reply of replies) reply();
  expect([trips.all(), trips.of('read'), trips.of('write')]).toEqual([1, 1, 0]);
});

test('counts a request that waited for one of two as the next', () => {
  const trips = roundTrips();
  const slow = trips.begin('read');
  trips.begin('read')();
  trips.begin('write')();
  slow();
  trips.begin('read')();
  expect([trips.all(), trips.of('read'), trips.of('write')]).toEqual([3, 2, 1]);
});

test('counts a read and a write in flight together as one of each, and one in all', () => {
  const trips = roundTrips();
  const replies = [trips.begin('read'), trips.begin('write')];
  for (const reply of replies) reply();
  expect([trips.all(), trips.of('read'), trips.of('write')]).toEqual([1, 1, 1]);
});
