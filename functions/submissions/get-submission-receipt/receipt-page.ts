import type * as z from 'zod';
import type { SignedReceipt } from '#shared/contract/signed-receipt.ts';
import { type Html, html, markup } from '#shared/http/html.ts';
import type { Locale } from '#shared/http/locale.ts';
import { momentWords } from './moment-words.ts';
import { PAGE_STYLE, STYLE_POLICY } from './page-style.ts';
import { PAGE_WORDS } from './page-words.ts';
import type { ReceiptTitles } from './receipt-titles.ts';

/** Frames are forbidden by the header alone: a page cannot say so of itself. */
export const PAGE_POLICY = `${STYLE_POLICY}; frame-ancestors 'none'`;

/** In fours, as it is read out over the telephone. */
const grouped = (receiptNo: string): Html[] =>
  (receiptNo.match(/.{1,4}/g) ?? []).map((four) => html`<span>${four}</span>`);

const UNITS = ['B', 'KB', 'MB', 'GB'];

const sizeText = (bytes: number): string => {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1))} ${UNITS[power]}`;
};

type Signed = z.output<typeof SignedReceipt>;

/** A receipt as a page of A4 to print or keep. Everything in it is escaped; names go their own way and turn nothing around them (`bdi`). */
export const receiptPage = (receipt: Signed, titles: ReceiptTitles, locale: Locale): string => {
  const words = PAGE_WORDS[locale];
  const inWords = (instant: string, asEnd = false): string => momentWords(instant, receipt.timezone, locale, asEnd);
  const row = (name: string, value: Html): Html => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
  const name = (text: string): Html => html`<bdi>${text}</bdi>`;
  const digest = (text: string): Html => html`<code>${text}</code>`;

  const withdrawn =
    receipt.withdrawnAt === undefined
      ? []
      : [
          html`<p class="withdrawn"><strong>${words.withdrawn}</strong>${words.withdrawnAt} ${inWords(receipt.withdrawnAt)}</p>`,
        ];

  const partners = (receipt.partners ?? []).map(
    (partner, index) => html`${index === 0 ? '' : html`<br>`}${name(partner.name)}`,
  );

  const files = receipt.attachments.map(
    ({ material, filename, size, sha256 }, index) => html`<tr><td class="count">${index + 1}</td>
<td class="material">${name(titles.materials.get(material) ?? material)}</td>
<td>${name(filename)}${digest(sha256)}</td><td class="size">${sizeText(size)}</td></tr>
`,
  );
  const fileTable = html`<table class="files"><thead><tr><th class="count">#</th><th class="material">${words.material}</th>
<th>${words.filename} · SHA-256</th><th class="size">${words.size}</th></tr></thead>
<tbody>
${files}</tbody></table>`;

  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${STYLE_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title} ${receipt.receiptNo}</title>
<style>${markup(PAGE_STYLE)}</style>
</head>
<body>
<header>
<p class="organiser">${name(titles.organiser)}</p>
<h1>${words.title}</h1>
<div>${words.number} <span class="number">${grouped(receipt.receiptNo)}</span></div>
</header>
${withdrawn}
<table class="facts"><tbody>
${row(words.call, html`${name(titles.call)}<br>${name(titles.documentNumber)}`)}
${row(words.unit, name(titles.unit))}
${receipt.partners === undefined ? [] : row(words.partners, html`${partners}`)}
${row(words.category, html`${receipt.category}　${name(titles.category.join(' › '))}`)}
${row(words.submittedAt, html`<span class="time">${inWords(receipt.submittedAt)}</span>`)}
${row(words.deadline, html`${inWords(receipt.deadline, true)}<p class="note">${words.before}</p>`)}
</tbody></table>
<h2>${words.files}${files.length === 0 ? '' : ` (${files.length})`}</h2>
${files.length === 0 ? html`<p>${words.noFiles}</p>` : fileTable}
<h2>${words.digests}</h2>
<table class="facts"><tbody>
${row(words.submission, digest(receipt.submissionId))}
${row(words.version, html`${digest(receipt.callId)} · ${receipt.callVersion}`)}
${row(words.answersDigest, digest(receipt.answersDigest))}
${row(words.receiptDigest, digest(receipt.digest))}
</tbody></table>
<h2>${words.signature}</h2>
<p class="note">${words.checking}</p>
<code class="jws">${receipt.jws}</code>
</body>
</html>
`.text;
};
