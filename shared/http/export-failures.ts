import type { ExportFailure } from '#shared/contract/exports.ts';
import type { Locale } from './locale.ts';

const FAILURES: Readonly<Record<ExportFailure, Readonly<Record<Locale, string>>>> = {
  BROKE_OFF: {
    zh: '导出多次尝试均未完成，已停止。请重新发起；如再次失败，请按类别分别导出。',
    en: 'It broke off at every attempt and was given up. Ask for it again; if it fails again, export one category at a time.',
  },
  SUBMISSION_TOO_LARGE: {
    zh: '有一项申报的附件合计过大，无法打包。请改用其他格式导出，并在申报详情中逐个下载附件。',
    en: "The attachments of one submission are too large together for an archive. Export another format, and fetch that submission's files one by one.",
  },
};

/** Why an export failed, in the reader's language. */
export const exportFailureIn =
  (locale: Locale) =>
  (failure: ExportFailure): string =>
    FAILURES[failure][locale];
