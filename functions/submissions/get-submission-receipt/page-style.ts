import { createHash } from 'node:crypto';

/** A4, in the type that offices print notices in. Gaps in numbers are margins, so that what is copied has none. */
export const PAGE_STYLE = `
@page { size: A4; margin: 18mm 16mm 16mm; @bottom-center { content: counter(page) " / " counter(pages); font: 8pt serif; color: #666; } }
* { box-sizing: border-box; }
html { color: #111; background: #fff; font: 10.5pt/1.55 "Songti SC", "SimSun", "NSimSun", "Noto Serif CJK SC", "Source Han Serif SC", serif; }
html:lang(en) { font-family: "Times New Roman", "Liberation Serif", "Songti SC", "SimSun", "Noto Serif CJK SC", serif; }
body { margin: 0 auto; max-width: 178mm; overflow-wrap: anywhere; }
@media screen { body { padding: 14mm 6mm; } }
header { text-align: center; border-bottom: 1.5pt solid #b30000; padding-bottom: 3mm; margin-bottom: 4mm; }
.organiser { margin: 0; font-size: 12pt; letter-spacing: .1em; }
h1 { margin: 1mm 0 2mm; font-size: 22pt; letter-spacing: .3em; text-indent: .3em; }
html:lang(en) h1, html:lang(en) .organiser { letter-spacing: 0; text-indent: 0; }
h2 { margin: 6mm 0 1.5mm; font-size: 11.5pt; break-after: avoid; }
.number { font: 600 12pt/1.4 "DejaVu Sans Mono", "Consolas", "Menlo", monospace; }
.number span + span { margin-left: .6em; }
.withdrawn { margin: 0 0 4mm; padding: 3mm; border: 3pt double #b30000; color: #b30000; text-align: center; break-inside: avoid; }
.withdrawn strong { display: block; font-size: 26pt; line-height: 1.3; }
table { width: 100%; border-collapse: collapse; }
th, td { border: .5pt solid #888; padding: 1.2mm 2mm; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.facts th { width: 27mm; font-weight: 600; background: #f6f6f4; }
html:lang(en) .facts th { width: 34mm; }
.facts .time { font-size: 12pt; font-weight: 600; }
.files th { font-weight: 600; background: #f6f6f4; }
.files .count { width: 9mm; text-align: right; }
.files .material { width: 40mm; }
.files .size { width: 21mm; text-align: right; white-space: nowrap; }
.note { margin: 0; color: #444; font-size: 8.5pt; }
code { font: 7.5pt/1.45 "DejaVu Sans Mono", "Consolas", "Menlo", monospace; overflow-wrap: anywhere; }
.files code { display: block; color: #444; font-size: 6.5pt; }
.jws { display: block; margin: 2mm 0 0; padding: 2mm; border: .5pt solid #ccc; color: #333; font-size: 6.5pt; line-height: 1.35; word-break: break-all; }
`;

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** Nothing but the style above: no script, no image, no other address. */
export const STYLE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;
