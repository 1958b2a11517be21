/** What a draft of unit-1 in category 2-1 of the Changde call begins with. */
export const BEGUN_DRAFT = {
  submissionId: '0'.repeat(26),
  callId: 'changde-2022',
  organiser: 'changde-kx',
  category: '2-1',
  callVersion: 1,
  unitId: 'unit-1',
  answered: 1,
  createdAt: '2022-03-10T00:00:00.000Z',
};
