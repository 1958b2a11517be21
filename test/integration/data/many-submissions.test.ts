import { beforeAll, expect, it } from 'vitest';
import { pageOfRoster } from '#shared/data/call-roster.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { callHead } from '#test/support/calls.ts';
import { type FreshTables, freshTables } from '#test/support/dynamodb.ts';
import { manyReceiptNo, manySubmissionId, manyUnitId, seedSubmissions } from '#test/support/many-submissions.ts';

let world: FreshTables;

beforeAll(async () => {
  world = await freshTables();
  await seedSubmissions(world, {
    call: callHead(),
    count: 25,
    categories: [
      { code: '1', countedIn: ['1'] },
      { code: '2-1', countedIn: ['2', '2-1'] },
    ],
    answersOf: (place) => ({ name: `项目${place}` }),
    isDraft: (place) => place % 5 === 4,
    submittedFrom: Date.UTC(2022, 2, 10),
  });
});

it('seeds submissions that the repositories read as submitted, with their receipts', async () => {
  const submission = await submissionsRepository(world.db, world.tables.submissions).load(manySubmissionId(11));
  expect(submission).toMatchObject({
    head: { status: 'submitted', category: '2-1', unitId: manyUnitId(1), receiptNo: manyReceiptNo(11) },
    answers: { name: '项目11' },
  });
  const stored = await receiptsRepository(world.db, world.tables.receipts).find(manyReceiptNo(11));
  expect(stored?.receipt.answersDigest).toBe(submission?.head.answersDigest);
});

it('seeds tallies that count every one of them', async () => {
  const tallies = talliesRepository(world.db, world.tables.tallies);
  const submitted = await pageOfRoster(tallies, 'changde-2022', { limit: 100, counted: 'submitted' });
  const drafts = await pageOfRoster(tallies, 'changde-2022', { limit: 100, counted: 'draft' });
  expect([submitted.submissionIds.length, drafts.submissionIds.length]).toEqual([20, 5]);
});
