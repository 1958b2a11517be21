import { escapeHtml } from '#shared/domain/escape-html.ts';
import type { StoredMail } from './mail-store.ts';

/** The text of an encoded word, as mail programs show it: https://www.rfc-editor.org/rfc/rfc2047 */
const decodeWords = (text: string): string =>
  text
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?utf-8\?b\?([A-Za-z0-9+/=]*)\?=/gi, (_, base64: string) => Buffer.from(base64, 'base64').toString())
    .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, quoted: string) =>
      Buffer.from(
        quoted
          .replaceAll('_', ' ')
          .replace(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString(),
    );

const shown = (text: string): string => escapeHtml(decodeWords(text));

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top }
pre { white-space: pre-wrap; background: #f6f6f6; padding: 1rem } iframe { width: 100%; height: 40rem; border: 1px solid #ddd }
</style></head><body>${body}</body></html>
`;

/** All mails, each with a link to its own page. */
export const listPage = (mails: readonly StoredMail[]): string => {
  const rows = mails.map(
    ({ messageId, sentAt, to, subject }) =>
      `<tr><td>${escapeHtml(sentAt)}</td><td>${to.map(shown).join('<br>')}</td><td><a href="/mails/${escapeHtml(messageId)}">${shown(subject) || '(no subject)'}</a></td></tr>`,
  );
  const body =
    rows.length === 0
      ? '<p>No mail has been sent yet.</p>'
      : `<table><tr><th>Sent</th><th>To</th><th>Subject</th></tr>${rows.join('')}</table>`;
  return page('Mails', `<h1>Mails 邮件</h1>${body}`);
};

/** One mail: what it says of itself, its text, and its HTML in a frame that can neither run nor load anything. */
export const mailPage = (mail: StoredMail): string => {
  const fields: readonly (readonly [string, string])[] = [
    ['From', mail.from],
    ['To', mail.to.join(', ')],
    ['Cc', mail.cc.join(', ')],
    ['Bcc', mail.bcc.join(', ')],
    ['Reply-To', mail.replyTo.join(', ')],
    ['Sent', mail.sentAt],
    ...mail.headers.map(({ name, value }) => [name, value] as const),
  ];
  const rows = fields
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${shown(value)}</td></tr>`);
  const text = mail.text === undefined ? '' : `<h2>Text</h2><pre>${escapeHtml(mail.text)}</pre>`;
  const html =
    mail.html === undefined
      ? ''
      : `<h2>HTML</h2><iframe sandbox src="/mails/${escapeHtml(mail.messageId)}/html"></iframe>`;
  const title = mail.subject || '(no subject)';
  return page(
    decodeWords(title),
    `<p><a href="/mails">All mails</a></p><h1>${shown(title)}</h1><table>${rows.join('')}</table>${text}${html}`,
  );
};
