import type { ExportFailure } from '#shared/contract/exports.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { DeadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { stepIn, type ToldStep } from '#shared/data/export-items.ts';
import type { ExportedSubmissions } from '#shared/data/exported-submissions.ts';
import type { ExportsRepository } from '#shared/data/exports-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { type Export, isExpired, isSettled } from '#shared/domain/export/export.ts';
import { inScratch } from '#shared/files/scratch.ts';
import { StreamEvent } from '#shared/messages/stream-event.ts';
import { itemOfImage } from '#shared/messages/stream-image.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { job } from '#shared/runtime/job.ts';
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
  readonly newPlanId: () => string;
  /** ms. */
  readonly now: () => number;
}

/** How often a step is run; the stream hands it over twice more (infra/constructs/stream-feed.ts), so that one that was cut off every time is noted as failed. */
const MOST_RUNS = 3;

/** Between two notes of how far a run is, ms. */
const NOTE_EVERY_MS = 5_000;

/**
 * Writes exports, step by step: a step divides an archive, or writes one part whole. Steps come twice and late. One that was done is known by its part, so
 * it is not done again; one that broke off leaves nothing that counts, and is redone from its beginning.
 */
export const runExport = (dependencies: Dependencies) => {
  const { calls, submissions, exports, files, newPlanId, now } = dependencies;
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
    // Also where it was divided before: that run may have broken off between the plan and its steps.
    await exports.addParts(one, divided?.plan?.parts ?? 0);
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

  const run = async ({ step, key }: ToldStep): Promise<void> => {
    const { exportId, part } = step;
    const found = await exports.find(exportId);
    if (found === undefined || isSettled(found) || isExpired(found, now())) return;
    const runs = await exports.countRun(key);
    if (runs === undefined) return;
    if (runs > MOST_RUNS) return giveUp(found, 'BROKE_OFF', new Error('Every run was cut off'));
    try {
      const one = await exports.begin(exportId, toInstant(now()));
      if (one !== undefined) await (part === undefined ? divideArchive(one) : writePart(one, part));
    } catch (error) {
      const isHopeless = error instanceof SubmissionTooLarge;
      if (!isHopeless && runs < MOST_RUNS) throw error;
      await giveUp(found, isHopeless ? 'SUBMISSION_TOO_LARGE' : 'BROKE_OFF', error);
    }
  };

  return job('runExport', async (input) => {
    for (const { eventName, dynamodb } of StreamEvent.parse(input).Records) {
      const told = eventName === 'INSERT' ? stepIn(itemOfImage(dynamodb.NewImage)) : undefined;
      if (told === undefined) continue;
      try {
        await run(told);
      } catch (error) {
        log.error('MESSAGE_FAULT', { operation: 'runExport', exportId: told.step.exportId }, error);
        return { batchItemFailures: [{ itemIdentifier: dynamodb.SequenceNumber }] };
      }
    }
    return { batchItemFailures: [] };
  });
};
