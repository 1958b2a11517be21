import { expect, test } from 'vitest';
import { actingPerson } from '#shared/domain/history/actors.ts';
import type { HistoryEntry } from '#shared/domain/history/entry.ts';

const of = { organiser: 'changde-kx', unitId: 'unit-1' };
const entry = (overrides: Partial<HistoryEntry>): HistoryEntry => ({
  ...{ at: '2022-03-10T00:00:00.000Z', by: 'user-1', role: 'applicant', action: 'created' },
  ...overrides,
});

test.each([
  [entry({ role: 'officer', action: 'extended' }), 'changde-kx', 'officer'],
  [entry({}), 'unit-1', 'applicant'],
  [entry({ role: 'partner', action: 'consented', details: { unitId: 'unit-2' } }), 'unit-2', 'applicant'],
])('%o was done for the organisation whose the person is', (one, organizationId, role) => {
  expect(actingPerson(one, of)).toStrictEqual({ subject: 'user-1', organizationId, role });
});

test.each<[string, HistoryEntry]>([
  ['a job did', { ...entry({ role: 'system', action: 'opened' }), by: undefined }],
  ['a job did for somebody', entry({ role: 'system', action: 'opened' })],
  ['a partner did that is not named', entry({ role: 'partner', action: 'consented' })],
])('what %s was done for nobody', (_, one) => {
  expect(actingPerson(one, of)).toBeUndefined();
});

test('an applicant without a unit acted for nobody', () => {
  expect(actingPerson(entry({}), { organiser: 'changde-kx' })).toBeUndefined();
});
