import type { ExportFailure } from '#shared/contract/exports.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { DeadlinesRepository } from '#shared/data/deadlines-repository.ts';
import type { ExportedSubmissions } from '#shared/data/exported-submissions.ts';
import type { ExportsRepository } from '#shared/data/exports-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { type Export, isExpired, isSettled } from '#shared/domain/export/export.ts';
import { inScratch } from '#shared/files/scratch.ts';
import { ExportMessage } from '#shared/messages/export-message.ts';
import type { Queue } from '#shared/messages/queue.ts';
import { takeMessages } from '#shared/messages/take-messages.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { log } from '#shared/runtime/log.ts';
import type { ExportFiles } from '#shared/storage/export-files.ts';
import { type ArchivePorts, divide, SubmissionTooLarge, writeArchive } from './archive-export.ts';
import { writeLines } from './lines-export.ts';
import { type TablePorts, writeTables } from './table-export.ts';
import type { Progress, WrittenFile } from './written-file.ts';

export interface Dependencies
  extends Omit<ArchivePorts, 'definitions' | 'submissions'>,
    Pick<TablePorts, 'acceptanceNos'> {
  readonly calls: TablePorts['definitions'] & Pick<CallsRepository, 'head'>;
  readonly deadlines: Pick<DeadlinesRepository, 'ofCall'>;
  readonly submissions: ExportedSubmissions;
  readonly exports: ExportsRepository;
  readonly files: ExportFiles;
  readonly queue: Queue;
  readonly newPlanId: () => string;
  /** ms. */
  readonly now: () => number;
}

/** How often a step is run; infra/queues.ts hands its message out once more, so that one that was cut off every time is noted as failed. */
const MOST_RUNS = 3;

/** Seconds before a step that failed is run again; one that was cut off comes again when its message is no longer hidden. */
const RETRY_SECONDS = 30;

/** Between two notes of how far a run is, ms. */
const NOTE_EVERY_MS = 5_000;

/**
 * Writes exports, step by step: a message divides an archive, or writes one part whole. Messages come twice and late. A step that was done is known by its part, so
 * it is not done again; one that broke off leaves nothing that counts, and is redone from its beginning.
 */
export const runExport = (dependencies: Dependencies) => {
  const { calls, submissions, exports, files, queue, newPlanId, now } = dependencies;
  const ports = { ...dependencies, definitions: calls };

  const headOf = async ({ callId }: Export): Promise<CallHead> => {
    const head = await calls.head(callId);
    if (head === undefined) throw new Error(`There is no call ${callId} any more`);
    return head;
  };

  const divideArchive = async (one: Export): Promise<void> => {
    const { exportId } = one;
    let divided: Export | undefined = one;
    if (one.plan === undefined) {
      const planId = newPlanId();
      const { parts, of } = await divide(ports, one, (part, ids) => files.putPlan(exportId, planId, part, ids));
      divided = await exports.divideOnce(exportId, { plan: { planId, parts }, of, at: toInstant(now()) });
      log.info('EXPORT_DIVIDED', { exportId, count: parts });
    }
    // Also where it was divided before: that run may have broken off between the plan and its messages.
    const parts = divided?.plan?.parts ?? 0;
    await queue.send(Array.from({ length: parts }, (_, index): ExportMessage => ({ exportId, part: index + 1 })));
  };

  /** Notes now and then how far the only run of an export is. */
  const noting = async (one: Export): Promise<Progress> => {
    const of = await submissions.count(one);
    let done = 0;
    let notedAt = 0;
    return async (looked) => {
      done += looked;
      const at = now();
      if (done < of && at - notedAt < NOTE_EVERY_MS) return;
      notedAt = at;
      await exports.note(one.exportId, { done, of, at: toInstant(at) });
    };
  };

  const write = async (
    one: Export,
    part: number,
    directory: string,
  ): Promise<{ file: WrittenFile; looked: number }> => {
    const head = await headOf(one);
    switch (one.format) {
      case 'zip': {
        const submissionIds = await files.plan(one.exportId, one.plan?.planId ?? '', part);
        const file = await writeArchive(ports, one, head, { part, submissionIds, directory });
        return { file, looked: submissionIds.length };
      }
      case 'ndjson':
        return { file: await writeLines(ports, one, head, directory, await noting(one)), looked: 0 };
      case 'xlsx':
      case 'csv':
        return { file: await writeTables(ports, one, head, directory, await noting(one)), looked: 0 };
    }
  };

  const writePart = async (one: Export, part: number): Promise<void> => {
    const { exportId } = one;
    if (await exports.isPartDone(exportId, part)) return;
    await inScratch(now(), async (directory) => {
      const { file, looked } = await write(one, part, directory);
      const { path, ...written } = file;
      await files.putPart(exportId, part, path);
      await exports.finishPartOnce(one, { part, ...written }, { looked, at: toInstant(now()) });
      log.info('EXPORT_WRITTEN', { exportId, count: written.submissions });
    });
  };

  const giveUp = async (one: Export, failure: ExportFailure, error: unknown): Promise<void> => {
    if (await exports.failOnce(one, failure, toInstant(now())))
      log.error('EXPORT_FAILED', { exportId: one.exportId, code: failure }, error);
  };

  return takeMessages('runExport', ExportMessage, 'one by one', async ({ message, receiptHandle, attempt }) => {
    const { exportId, part } = message;
    const found = await exports.find(exportId);
    if (found === undefined || isSettled(found) || isExpired(found, now())) return 'done';
    if (attempt > MOST_RUNS) {
      await giveUp(found, 'BROKE_OFF', new Error('Every run was cut off'));
      return 'done';
    }
    try {
      const one = await exports.begin(exportId, toInstant(now()));
      if (one === undefined) return 'done';
      await (part === undefined ? divideArchive(one) : writePart(one, part));
      return 'done';
    } catch (error) {
      const isHopeless = error instanceof SubmissionTooLarge;
      if (!isHopeless && attempt < MOST_RUNS) {
        await queue.retryIn(receiptHandle, RETRY_SECONDS);
        throw error;
      }
      await giveUp(found, isHopeless ? 'SUBMISSION_TOO_LARGE' : 'BROKE_OFF', error);
      return 'done';
    }
  });
};
