import { expect, test } from 'vitest';
import { ifMatches } from '#shared/http/if-match.ts';

test.each(['"3"', ' "3" ', '"1", "3"', '"1","3" , W/"3"', '*', ' * '])('%s matches "3"', (header) => {
  expect(ifMatches(header, '"3"')).toBe(true);
});

test.each(['"2"', 'W/"3"', '3', '', '"3', '"33"', '"1", W/"3"', '"*"'])('%s does not match "3"', (header) => {
  expect(ifMatches(header, '"3"')).toBe(false);
});
