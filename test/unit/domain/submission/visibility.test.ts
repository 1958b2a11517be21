import { expect, test } from 'vitest';
import { viewOf } from '#shared/domain/submission/visibility.ts';

const nobody = { applicant: false, officer: false, partnerOf: [] };

test.each([
  ['an applicant of its unit', { ...nobody, applicant: true }, 'all', 'all'],
  ['a named partner', { ...nobody, partnerOf: ['unit-2'] }, 'all', 'all'],
  ['an officer of its call', { ...nobody, officer: true }, 'head', 'all'],
  ['an officer who is an applicant too', { ...nobody, officer: true, applicant: true }, 'all', 'all'],
] as const)('%s reads of a draft and of what was submitted as much as is theirs', (_, standing, draft, submitted) => {
  expect(viewOf({ status: 'draft' }, standing)).toBe(draft);
  expect(viewOf({ status: 'submitted' }, standing)).toBe(submitted);
});

test.each(['draft', 'submitted'] as const)('for anybody else there is no such %s', (status) => {
  expect(() => viewOf({ status }, nobody)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});
