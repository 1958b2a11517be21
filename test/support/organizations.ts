import type { Organization } from '#shared/data/organizations-repository.ts';

/** A unit of which nothing is known but its name; what a test is about is overridden. */
export const organization = (overrides: Partial<Organization> = {}): Organization => ({
  organizationId: 'u-1',
  name: '化学学会',
  kinds: [],
  organiser: false,
  flags: [],
  sanctions: [],
  overdue: [],
  revision: 1,
  ...overrides,
});
