import { beforeAll, describe, expect, test } from 'vitest';
import { historyKey, historyOfSubmission } from '#shared/data/history-items.ts';
import { scanFindings } from '#shared/data/scan-findings.ts';
import { attachmentItem, submissionHeadItem, submissionHeadKey } from '#shared/data/submission-items.ts';
import type { ScanFinding } from '#shared/domain/submission/scan.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { betweenReadAndWrite, type GuardedTables, guardedTables } from './guarded-tables.ts';
import { draftOf, fileOf, MEANWHILE, NOW } from './submission-items.ts';

let world: GuardedTables;
let scans: ReturnType<typeof scanFindings>;
beforeAll(async () => {
  world = await guardedTables(['submissions', 'history']);
  scans = scanFindings(world.db, world.tables);
});

/** Lays down a draft with a file whose first version was admitted, as far as a test says nothing else. */
const putFile = async (stored: Readonly<Record<string, unknown>> = {}) => {
  const head = draftOf({ attachmentCount: 1 });
  const file = fileOf({ state: 'admitted', versionId: 'version-1' });
  const { submissionId } = head;
  await world.put('submissions', submissionHeadItem(head), { ...attachmentItem(submissionId, file), ...stored });
  return { head, version: { submissionId, attachmentId: file.attachmentId, versionId: 'version-1' } };
};

const keep = (finding: ScanFinding, version: Parameters<typeof scans.flagThreat>[0]): Promise<boolean> =>
  finding === 'threat' ? scans.flagThreat(version, 'Eicar', NOW) : scans.noteHarmless(version, finding);

describe.each<ScanFinding>(['unscanned', 'clean', 'threat'])('a scan that finds a file %s', (finding) => {
  test.each([
    ['was removed', { state: 'removed' }],
    ['was admitted with other bytes', { versionId: 'version-2' }],
    ['is known to be a threat', { scan: 'threat' }],
  ])('says nothing of one that %s', async (_, stored) => {
    const { version } = await putFile(stored);
    expect(await world.withoutTrace(() => keep(finding, version))).toBe(false);
  });

  test.each([
    ['nothing was said of before', {}],
    ['was to be scanned', { scan: 'pending' }],
  ])('is kept of one that %s', async (_, stored) => {
    const { version } = await putFile(stored);
    expect(await keep(finding, version)).toBe(true);
    expect(await world.itemsOf('submissions')).toContainEqual(
      expect.objectContaining({ attachmentId: version.attachmentId, scan: finding }),
    );
  });
});

test.each(MEANWHILE)('a threat is told of a submission as it is, where it was %s meanwhile', async (_, change) => {
  const { head, version } = await putFile();
  const now: SubmissionHead = { ...head, ...change };
  betweenReadAndWrite(world.db, 'GetItemCommand', () => world.put('submissions', submissionHeadItem(now)));
  expect(await keep('threat', version)).toBe(true);
  const revision = now.contentRevision + 1;
  expect(await world.itemsOf('submissions')).toContainEqual(
    expect.objectContaining({
      ...submissionHeadKey(head.submissionId),
      contentRevision: revision,
      ...(now.status === 'submitted' ? { malwareFoundAt: '2022-03-10T00:00:00.000Z' } : {}),
    }),
  );
  expect(await world.itemsOf('history')).toContainEqual(
    expect.objectContaining(historyKey(historyOfSubmission(head.submissionId), revision)),
  );
});
