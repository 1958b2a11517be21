/** Styles by their place in `cellXfs`. */
export const STYLE = {
  heading: 1,
  /** Format `@`: what looks like a number, a date or a formula stays text also when somebody edits the cell. */
  text: 2,
  /** Some versions of Excel show a long text in format `@` as ####: it has no format. */
  longText: 3,
  number: 4,
  /** With `quotePrefix`: Excel treats it as typed after an apostrophe, and no edit makes a formula of it. */
  guardedText: 5,
  guardedLongText: 6,
} as const;

const wrapped = '<alignment vertical="top" wrapText="1"/>';
const format = (id: number, attributes: string, alignment: string): string =>
  `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"${attributes}>${alignment}</xf>`;

export const STYLES_XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\
<fonts count="2"><font><sz val="11"/><name val="宋体"/><family val="3"/><charset val="134"/></font>\
<font><b/><sz val="11"/><name val="宋体"/><family val="3"/><charset val="134"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFE7EEF5"/><bgColor indexed="64"/></patternFill></fill></fills>\
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>\
<border><left/><right/><top/><bottom style="thin"><color rgb="FF8A9BAE"/></bottom><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>\
${format(49, '', wrapped)}${format(0, '', wrapped)}${format(0, '', '<alignment vertical="top"/>')}\
${format(49, ' quotePrefix="1"', wrapped)}${format(0, ' quotePrefix="1"', wrapped)}</cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
</styleSheet>`;
