import { expect, it } from 'vitest';
import { shownKey } from '#shared/domain/fault.ts';

it.each([
  ['name', 'name'],
  [3, 3],
  ['x'.repeat(60), 'x'.repeat(60)],
  ['x'.repeat(61), `${'x'.repeat(60)}…`],
  // Cut between the two halves of one character.
  [`${'x'.repeat(59)}𠮷`, `${'x'.repeat(59)}\u{fffd}…`],
  ['\ud800', '\u{fffd}'],
])('shows the unknown key %j as %j', (key, shown) => {
  expect(shownKey(key)).toBe(shown);
});
