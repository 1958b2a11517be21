import { escapeHtml } from '#shared/domain/escape-html.ts';
import { fill } from '#shared/http/fill.ts';
import type { Locale } from '#shared/http/locale.ts';
import { FOOTER, MAIL_TEXTS, type MailTopic } from './mail-texts.ts';

/** What a sentence is filled with, as a person reads it in that language. */
export type Words = Readonly<Record<string, string | number>>;

export interface MailBody {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Longer than any title that a call takes, and than what a program shows of a subject, in characters. */
const LONGEST_VALUE = 500;
const LONGEST_SUBJECT = 150;

// What cannot be seen and changes what can: line breaks (which would begin a header), other controls, and marks that turn the direction of writing.
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

const cut = (text: string, longest: number): string => {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
};

const tidy = (value: string | number): string =>
  cut(String(value).toWellFormed().replace(UNSEEN, ' ').trim(), LONGEST_VALUE);

const paragraphs = (lines: readonly string[], locale: Locale): string =>
  `<div lang="${locale}">${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}</div>`;

/**
 * One mail in both languages, Chinese first, as plain text and as HTML that says the same. Names and titles are others' words: they are made one line each,
 * and escaped.
 */
export const mailBody = (topic: MailTopic, words: Readonly<Record<Locale, Words>>): MailBody => {
  const said = (locale: Locale) => {
    const tidied = Object.fromEntries(Object.entries(words[locale]).map(([name, value]) => [name, tidy(value)]));
    const { subject, lines } = MAIL_TEXTS[topic][locale];
    return {
      subject: fill(subject, tidied),
      lines: [...lines.map((line) => fill(line, tidied)), FOOTER[locale]],
    };
  };
  const zh = said('zh');
  const en = said('en');
  return {
    subject: cut(`${zh.subject} | ${en.subject}`, LONGEST_SUBJECT),
    text: [zh.lines.join('\n\n'), en.lines.join('\n\n')].join('\n\n----------\n\n'),
    html: `<!doctype html><html lang="zh"><meta charset="utf-8"><body>${paragraphs(zh.lines, 'zh')}<hr>${paragraphs(en.lines, 'en')}</body></html>`,
  };
};
