import type { RefusalReason } from '#shared/contract/attachment-states.ts';
import type { Locale } from './locale.ts';

const REASONS: Readonly<Record<RefusalReason, Readonly<Record<Locale, string>>>> = {
  SIZE_DIFFERS: {
    zh: '文件大小与申报时声明的不一致，请删除后重新添加。',
    en: 'The size is not the one announced: remove it and add it again.',
  },
  DIGEST_DIFFERS: {
    zh: '文件内容与声明的 SHA-256 不一致，请删除后重新添加。',
    en: 'The content does not have the SHA-256 announced: remove it and add it again.',
  },
  TYPE_DIFFERS: {
    zh: '文件内容与扩展名不符（例如改名的文件），请用原格式另存后重新添加。',
    en: 'The content is not what its extension says: save it in that format and add it again.',
  },
  TOO_LATE: { zh: '文件在截止时间之后才上传完成。', en: 'It arrived after the deadline.' },
};

/** The same for a code among the figures of a fault; what is no reason stays as it is. */
export const reasonText = (code: string | number | undefined, locale: Locale): string | number =>
  Object.entries(REASONS).find(([reason]) => reason === code)?.[1][locale] ?? code ?? '—';

/** Why a file was refused, in the reader's language. */
export const reasonIn =
  (locale: Locale) =>
  (reason: RefusalReason): string =>
    REASONS[reason][locale];
