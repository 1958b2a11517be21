import { escapeHtml } from '#shared/domain/escape-html.ts';
import type { Answers, Field, FormDefinition, TableField } from '#shared/domain/form/definition.ts';
import { answerOf, isRows } from '#shared/domain/form/fields.ts';
import { hiddenFields } from '#shared/domain/form/visibility.ts';
import { answerCell } from './answer-cell.ts';

const withUnit = (field: Exclude<Field, TableField>): string =>
  (field.type === 'money' || field.type === 'integer') && field.unit !== undefined
    ? `（${escapeHtml(field.unit)}）`
    : '';

const tableOf = (field: TableField, answers: Answers): string => {
  const rows = answerOf(answers, field.key);
  const headings = ['序号', ...field.columns.map((column) => `${escapeHtml(column.label)}${withUnit(column)}`)];
  const body = (isRows(rows) ? rows : []).map((row, index) =>
    [
      String(index + 1),
      ...field.columns.map((column) => escapeHtml(answerCell(column, answerOf(row, column.key)) ?? '')),
    ].map((cell) => `<td>${cell}</td>`),
  );
  return `<h3>${escapeHtml(field.label)}</h3><table><tr>${headings.map((text) => `<th>${text}</th>`).join('')}</tr>${body
    .map((cells) => `<tr>${cells.join('')}</tr>`)
    .join('')}</table>`;
};

const fieldOf = (field: Field, answers: Answers): string =>
  field.type === 'table'
    ? tableOf(field, answers)
    : `<h4>${escapeHtml(field.label)}${withUnit(field)}</h4><p>${escapeHtml(answerCell(field, answerOf(answers, field.key)) ?? '')}</p>`;

const STYLE =
  'body{font-family:"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;line-height:1.6}' +
  'h4{margin:.6rem 0 0}p{margin:0;white-space:pre-wrap}table{border-collapse:collapse;width:100%}' +
  'th,td{border:1px solid #999;padding:.2rem .5rem;text-align:left;vertical-align:top;white-space:pre-wrap}';

/**
 * Answers as a page to read and print, in the order of the form and under its labels; what a condition hides is left out. It holds no script and fetches nothing:
 * all that applicants wrote is text in it.
 *
 * @param facts what stands above the answers, by label
 */
export const answersPage = (
  form: FormDefinition,
  answers: Answers,
  facts: readonly (readonly [label: string, text: string])[],
): string => {
  const hidden = hiddenFields(form, answers);
  const sections = form.sections.map(({ title, fields }) => {
    const shown = fields.filter(({ key }) => !hidden.has(key)).map((field) => fieldOf(field, answers));
    return `<section><h2>${escapeHtml(title)}</h2><div>${shown.join('\n')}</div></section>`;
  });
  const listed = facts.map(([label, text]) => `<tr><th>${escapeHtml(label)}</th><td>${escapeHtml(text)}</td></tr>`);
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(form.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(form.title)}</h1>
<table>${listed.join('')}</table>
${sections.join('\n')}
</body>
</html>
`;
};
