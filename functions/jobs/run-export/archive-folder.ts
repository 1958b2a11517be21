import type { Receipt } from '#shared/contract/receipts.ts';
import { answersPage } from '#shared/domain/export/answers-page.ts';
import { localTime } from '#shared/domain/export/local-time.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { extensionOf } from '#shared/domain/submission/file-name.ts';
import type { Attachment, Submission } from '#shared/domain/submission/submission.ts';
import { legalName, uniqueNames } from '#shared/files/legal-name.ts';
import type { ZipWriter } from '#shared/files/zip-file.ts';
import type { PinnedFiles } from '#shared/storage/pinned-files.ts';

/** A submitted submission and what its folder says of it. */
export interface Folder {
  readonly submission: Submission;
  readonly receipt: Receipt;
  readonly form: FormDefinition | undefined;
  readonly unitName: string;
  /** Code and title. */
  readonly category: string;
}

/** Of types that are compressed already. */
const COMPRESSED = new Set('pdf jpg jpeg png zip rar 7z docx xlsx pptx mp4'.split(' '));

/** The receipt's number makes it unique, whatever unit and category are called. */
const folderName = ({ unitName, category, receipt }: Folder): string =>
  `${legalName(unitName, 40)}_${legalName(category, 30)}_${receipt.receiptNo}`;

/** Why a file is left out, for its name and for who wonders: an archive is opened far from here, so nothing is in it that was not found clean. */
const leftOut = ({ scan }: Attachment): string | undefined => {
  switch (scan) {
    case 'threat':
      return '含有恶意程序，未收录';
    case 'unscanned':
      return '未能查毒，未收录，可单独下载';
    case 'pending':
      return '查毒未完成，未收录，可稍后单独下载';
    case 'clean':
    case undefined:
      return undefined;
  }
};

const factsOf = ({ receipt, unitName, category, submission }: Folder): [string, string][] => {
  const partners = submission.partners.filter(({ consentedAt }) => consentedAt !== undefined);
  return [
    ['回执编号', receipt.receiptNo],
    ['申报单位', unitName],
    ...(partners.length === 0
      ? []
      : [['联合申报单位', partners.map(({ name }) => name).join('；')] as [string, string]]),
    ['类别', category],
    [`提交时间（${receipt.timezone}）`, localTime(receipt.submittedAt, receipt.timezone)],
  ];
};

const inJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Writes the folder of one submission: its answers for programs and for people, its receipt, its files as they were pinned, under the names they were handed in with. */
export const writeFolder = async (archive: ZipWriter, files: PinnedFiles, folder: Folder): Promise<void> => {
  const { submission, receipt, form } = folder;
  const name = folderName(folder);
  const modifiedAt = new Date(receipt.submittedAt);
  const addText = (path: string, text: string): Promise<void> =>
    archive.add({ name: `${name}/${path}`, modifiedAt, compress: true }, text);

  await addText('answers.json', inJson(submission.answers));
  if (form !== undefined) await addText('申报书.html', answersPage(form, submission.answers, factsOf(folder)));
  await addText('receipt.json', inJson(receipt));

  const uniqueName = uniqueNames(100);
  for (const attachment of submission.attachments) {
    if (attachment.state !== 'admitted') continue;
    const filename = uniqueName(attachment.filename);
    const addNote = (why: string): Promise<void> =>
      addText(`附件/${uniqueName(`${filename}（${why}）.txt`)}`, `SHA-256 ${attachment.sha256}\n`);
    const why = leftOut(attachment);
    if (why !== undefined) {
      await addNote(why);
      continue;
    }
    const bytes = await files.open(submission.head.submissionId, attachment);
    if (bytes === undefined) {
      await addNote('已不再保存');
      continue;
    }
    const compress = !COMPRESSED.has(extensionOf(filename));
    await archive.add({ name: `${name}/附件/${filename}`, modifiedAt, compress }, bytes);
  }
};
