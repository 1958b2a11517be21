/** What a spreadsheet takes for the beginning of a formula, in any width (＝, ﹢), and the apostrophe, so that the guard can be told from it. */
const FORMULA = /^[=+\-@']/;

/** What programs skip before they look, and what takes them out of the cell: blanks, tabs, line ends, invisible characters. */
const SKIPPED = /^[\s\p{Cc}\p{Cf}]+/u;

/**
 * Keeps a cell of a CSV file from being run as a formula: one that begins like a formula, with a tab, a line end or an apostrophe gets an apostrophe before it.
 * To read the text back exactly, take one apostrophe off every cell that begins with one.
 */
export const guarded = (text: string): string => {
  const shown = text.replace(SKIPPED, '');
  return FORMULA.test(shown.slice(0, 1).normalize('NFKC')) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
};
