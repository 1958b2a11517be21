import type { Export } from '#shared/domain/export/export.ts';
import { localTime } from '#shared/domain/export/local-time.ts';
import { legalName } from '#shared/files/legal-name.ts';

/** What an export's file names and sheets say of its call. */
export interface CallNames {
  readonly title: string;
  readonly documentNumber: string;
  readonly timezone: string;
}

const CONTENT = { submitted: '申报数据', draft: '草稿名单' } as const;

const asked = (one: Export, { timezone }: CallNames): string =>
  localTime(one.createdAt, timezone).slice(0, 16).replace(/[-:]/g, '').replace(' ', '-');

/** The name of an export's only file. */
export const tableName = (one: Export, call: CallNames, extension: string): string => {
  const category = one.category === undefined ? '' : `_类别${one.category}`;
  return `${legalName(call.title, 60)}_${CONTENT[one.status]}${category}_${asked(one, call)}.${extension}`;
};

/** The name of a part of an archive. */
export const archiveName = (one: Export, call: CallNames, part: number): string => {
  const category = one.category === undefined ? '' : `_类别${one.category}`;
  const parts = one.plan?.parts ?? 1;
  const place = parts === 1 ? '' : `_第${part}部分共${parts}部分`;
  return `${legalName(call.title, 60)}_申报材料${category}_${asked(one, call)}${place}.zip`;
};
