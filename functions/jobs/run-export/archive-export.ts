import { join } from 'node:path';
import type { Receipt } from '#shared/contract/receipts.ts';
import type { WholeDefinitions } from '#shared/data/category-rules.ts';
import type { ExportedSubmissions } from '#shared/data/exported-submissions.ts';
import type { ReceiptsRepository } from '#shared/data/receipts-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { Export } from '#shared/domain/export/export.ts';
import { partsOf } from '#shared/domain/export/parts.ts';
import type { Submission } from '#shared/domain/submission/submission.ts';
import { zipFile } from '#shared/files/zip-file.ts';
import type { PinnedFiles } from '#shared/storage/pinned-files.ts';
import { writeFolder } from './archive-folder.ts';
import { categoryTitles, currentDefinition, formsOf } from './category-forms.ts';
import { archiveName } from './export-names.ts';
import type { WrittenFile } from './written-file.ts';

export interface ArchivePorts {
  readonly definitions: WholeDefinitions;
  readonly submissions: Pick<ExportedSubmissions, 'heads' | 'loadAll' | 'namesOf'>;
  readonly receipts: Pick<ReceiptsRepository, 'findAll'>;
  readonly attachments: PinnedFiles;
}

/** One PUT to S3 takes 5 GB: the attachments of a submission have to be less, for folder and directory have room besides. */
const MOST_BYTES = 4.5 * 1024 ** 3;

/** The attachments of one submission are more than an archive can hold. */
export class SubmissionTooLarge extends Error {
  constructor(submissionId: string) {
    super(`The attachments of submission ${submissionId} are too large for an archive`);
    this.name = 'SubmissionTooLarge';
  }
}

const bytesOf = ({ attachments }: Receipt): number => attachments.reduce((sum, { size }) => sum + size, 0);

/**
 * Divides the submissions into parts by what their receipts say of their files, and hands out the ids of each part as it is full.
 *
 * @returns how many parts there are, and how many submissions
 * @throws SubmissionTooLarge
 */
export const divide = async (
  { submissions, receipts }: Pick<ArchivePorts, 'submissions' | 'receipts'>,
  one: Export,
  keep: (part: number, submissionIds: readonly string[]) => Promise<void>,
): Promise<{ parts: number; of: number }> => {
  const filling = partsOf();
  let parts = 0;
  let of = 0;
  const close = async (ids: readonly string[] | undefined): Promise<void> => {
    if (ids === undefined) return;
    parts += 1;
    await keep(parts, ids);
  };
  for await (const { heads } of submissions.heads(one)) {
    const found = await receipts.findAll(heads.flatMap(({ receiptNo }) => receiptNo ?? []));
    const bytes = new Map(found.map(({ receipt }) => [receipt.submissionId, bytesOf(receipt)]));
    for (const { submissionId } of heads) {
      const size = bytes.get(submissionId) ?? 0;
      if (size > MOST_BYTES) throw new SubmissionTooLarge(submissionId);
      of += 1;
      await close(filling.add({ submissionId, bytes: size }));
    }
  }
  await close(filling.end());
  return { parts, of };
};

/** Submissions read at a time. */
const AT_A_TIME = 32;

/** Writes a part: the folders of its submissions, in their order. One that was withdrawn since the plan was made is left out. */
export const writeArchive = async (
  { definitions, submissions, receipts, attachments }: ArchivePorts,
  one: Export,
  head: CallHead,
  { part, submissionIds, directory }: { part: number; submissionIds: readonly string[]; directory: string },
): Promise<WrittenFile> => {
  const definition = await currentDefinition(definitions, head);
  const titles = categoryTitles(definition);
  const path = join(directory, 'export');
  const archive = zipFile(path);
  let count = 0;

  const write = async (submission: Submission, receipt: Receipt, unitName: string): Promise<void> => {
    const { category: code, callVersion } = submission.head;
    const forms = await formsOf(definitions, head, code, new Set([callVersion]));
    const form = forms.find(({ version }) => version === callVersion)?.form;
    const category = `${code} ${titles.get(code) ?? ''}`.trim();
    await writeFolder(archive, attachments, { submission, receipt, form, unitName, category });
    count += 1;
  };

  const writeSome = async (ids: readonly string[]): Promise<void> => {
    const loaded = await submissions.loadAll(ids);
    const submitted = loaded.filter((submission) => submission.head.status === 'submitted');
    const found = await receipts.findAll(submitted.flatMap((submission) => submission.head.receiptNo ?? []));
    const names = await submissions.namesOf(submitted.map((submission) => submission.head.unitId));
    for (const submission of submitted) {
      const { receiptNo, unitId, submissionId } = submission.head;
      const receipt = found.find((stored) => stored.receipt.receiptNo === receiptNo)?.receipt;
      if (receipt === undefined) throw new Error(`Submission ${submissionId} has no receipt`);
      await write(submission, receipt, names.get(unitId) ?? unitId);
    }
  };

  try {
    for (let start = 0; start < submissionIds.length; start += AT_A_TIME)
      await writeSome(submissionIds.slice(start, start + AT_A_TIME));
  } catch (error) {
    archive.discard();
    throw error;
  }
  const size = await archive.finish();
  const filename = archiveName(one, { ...definition, timezone: head.timezone }, part);
  return { path, size, filename, submissions: count };
};
