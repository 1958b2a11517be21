import type { Export } from '#shared/domain/export/export.ts';
import { localTime } from '#shared/domain/export/local-time.ts';
import type { Book } from '#shared/files/book.ts';
import type { LongTexts } from '#shared/files/xlsx/workbook-file.ts';
import type { CallNames } from './export-names.ts';

const column = (heading: string, width: number) => ({ heading, width });

/** How a workbook tells of texts that no cell takes whole. */
export const LONG_TEXTS: LongTexts = {
  title: '超长内容',
  columns: [column('工作表', 24), column('行', 8), column('列', 24), column('段', 6), column('内容', 80)],
  cutMark: '……（未完，全文见工作表“超长内容”）',
};

const NOTES = [
  '每个类别一张工作表；申报书中的表格另成一张，用“回执编号”与主表对应。',
  '仅见于旧版申报书的栏目排在最后，并注明版本。',
  '电话、证件号、信用代码、日期等均为文本，原样保存；金额和整数为数字，可直接求和。',
  '内容以 = + - @ 等开头的单元格也只是文本，不会作为公式运行。',
  'XML 不能表示的字符按电子表格标准写作 _xHHHH_，电子表格软件会还原显示。',
  `超过 32,767 个字符的内容在单元格中截短并注明，全文在工作表“${LONG_TEXTS.title}”中。`,
];

/** The first sheet of a workbook: what it is, when it was made, and how to read it. `counts`: rows by category. */
export const writeAbout = (
  book: Book,
  one: Export,
  call: CallNames,
  counts: readonly (readonly [category: string, rows: number])[],
): void => {
  const sheet = book.sheet('说明', [column('项目', 24), column('内容', 80)]);
  sheet.add(['申报通知', call.title]);
  sheet.add(['文号', call.documentNumber]);
  sheet.add(['导出内容', one.status === 'submitted' ? '已提交的申报' : '未提交的草稿（不含填报内容）']);
  sheet.add([`导出时间（${call.timezone}）`, localTime(one.createdAt, call.timezone)]);
  for (const [category, rows] of counts) sheet.add([category, `${rows} 项`]);
  for (const note of NOTES) sheet.add(['说明', note]);
  sheet.end();
};
