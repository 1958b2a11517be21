import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { scanFindings } from '#shared/data/scan-findings.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { contentOf } from '#shared/messages/queue-messages.ts';
import { onTrail } from '#shared/runtime/trail.ts';
import { keepScanResult } from '#shared/storage/keep-scan-result.ts';
import { eventIn } from './letter-kind.ts';
import type { DeadLettersTarget } from './target.ts';

/**
 * Does with a given-up result of a scan what the job does with it. What is known already changes nothing, so it may be done twice. What comes of it carries the
 * letter's id in the place of a request's.
 *
 * @returns whether it was news of a file that counts
 */
export const scanKeeper = ({ db, tableName, objects }: DeadLettersTarget) => {
  const submissions = tableName('SubmissionsTable');
  const attachments = attachmentsRepository(db, submissions);
  const ports = {
    attachments,
    verdicts: attachments,
    findings: scanFindings(db, { submissions, history: tableName('HistoryTable') }),
    submissions: submissionsRepository(db, submissions),
    deadlines: deadlinesRepository(db, tableName('CallsTable')),
    objects: objects(),
    now: Date.now,
  };
  return ({ id, body }: { readonly id: string; readonly body: string }): Promise<boolean> =>
    onTrail('recordScan', { requestId: id }, () => keepScanResult(ports, eventIn(contentOf(body))));
};
