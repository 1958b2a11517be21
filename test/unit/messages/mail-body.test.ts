import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlineWords } from '#shared/domain/deadline/deadline-words.ts';
import { mailBody } from '#shared/messages/mail/mail-body.ts';
import { MAIL_TEXTS, type MailTopic } from '#shared/messages/mail/mail-texts.ts';

const NAMES = ['unit', 'call', 'closes', 'count', 'categories', 'scope', 'submissions', 'units', 'drafts', 'number'];
const MORE = ['root', 'lead', 'category', 'at', 'receipt', 'partner', 'reason', 'threat'];
const wordsWith = (value: string) => Object.fromEntries([...NAMES, ...MORE].map((name) => [name, value]));

const isTopic = (topic: string): topic is MailTopic => Object.hasOwn(MAIL_TEXTS, topic);
const TOPICS = Object.keys(MAIL_TEXTS).filter(isTopic);

describe('a mail', () => {
  it.each(TOPICS)('%s knows every word it says, in both languages', (topic) => {
    const { subject, text } = mailBody(topic, { zh: wordsWith('词'), en: wordsWith('word') });
    expect(subject + text).not.toMatch(/—|\{/);
    expect(text.indexOf('词')).toBeLessThan(text.indexOf('word'));
  });

  it('has one line as subject and no element of a name, whatever the name is', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(
        hostile,
        fc.constantFrom('\r\nBcc: a@b.example', '<img src=x>', '\u2028', '\u202e', '&amp;'),
        (name, evil) => {
          const words = wordsWith(name + evil + name);
          const { subject, html } = mailBody('call.extended', { zh: words, en: words });
          expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]/u);
          expect([...subject].length).toBeLessThanOrEqual(150);
          expect(subject.isWellFormed() && html.isWellFormed()).toBe(true);
          const elements = [...html.matchAll(/<\/?([a-z!]+)/g)].map(([, name = '']) => name);
          expect(new Set(elements)).toEqual(new Set(['!doctype', 'html', 'meta', 'body', 'div', 'p', 'hr']));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a deadline in words', () => {
  it.each([
    [
      '2022-03-31T16:00:00.000Z',
      'Asia/Shanghai',
      '2022年3月31日 24:00（Asia/Shanghai）',
      '24:00 on 31 March 2022 (Asia/Shanghai)',
    ],
    [
      '2022-04-01T09:30:00.000Z',
      'Asia/Shanghai',
      '2022年4月1日 17:30（Asia/Shanghai）',
      '17:30 on 1 April 2022 (Asia/Shanghai)',
    ],
    ['2022-04-01T09:30:05.000Z', 'UTC', '2022年4月1日 09:30:05（UTC）', '09:30:05 on 1 April 2022 (UTC)'],
    ['2023-01-01T00:00:00.000Z', 'UTC', '2022年12月31日 24:00（UTC）', '24:00 on 31 December 2022 (UTC)'],
  ])('%s in %s is that day’s hour, and never the next day’s 00:00', (closesAt, timezone, zh, en) => {
    expect(deadlineWords(closesAt, timezone)).toEqual({ zh, en });
  });
});
