import {
  LimitExceededException,
  SESv2Client,
  SendEmailCommand,
  SendingPausedException,
  TooManyRequestsException,
} from '@aws-sdk/client-sesv2';
import { AUTOMATIC, MailDeferred, type Mailer, type Sender } from './mailer.ts';

/** An encoded word has 75 characters at most, of which `=?UTF-8?B??=` takes 12: 45 bytes in base64 (RFC 2047). */
const BYTES_PER_WORD = 45;

/** A name for a header, where only ASCII may stand. */
const encodedWords = (name: string): string => {
  const words: string[] = [];
  let bytes = Buffer.alloc(0);
  // By characters: none may be cut in two.
  for (const character of name) {
    const next = Buffer.from(character, 'utf8');
    if (bytes.length + next.length > BYTES_PER_WORD) {
      words.push(bytes.toString('base64'));
      bytes = Buffer.alloc(0);
    }
    bytes = Buffer.concat([bytes, next]);
  }
  return [...words, bytes.toString('base64')].map((word) => `=?UTF-8?B?${word}?=`).join(' ');
};

const isDeferral = (error: unknown): boolean =>
  error instanceof TooManyRequestsException ||
  error instanceof LimitExceededException ||
  error instanceof SendingPausedException;

/** Sends by Amazon SES. */
export const sesMailer = ({ from, region }: { readonly from: Sender; readonly region: string }): Mailer => {
  const client = new SESv2Client({
    region,
    // Sent again by the SDK after an answer that got lost, a mail would go out twice: we know when to.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
  const sender = from.name === undefined ? from.address : `${encodedWords(from.name)} <${from.address}>`;
  const utf8 = (text: string) => ({ Data: text, Charset: 'UTF-8' });
  return async ({ to, subject, text, html }) => {
    try {
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: sender,
          Destination: { ToAddresses: [to] },
          Content: {
            Simple: {
              Subject: utf8(subject),
              Body: { Text: utf8(text), Html: utf8(html) },
              Headers: [{ Name: AUTOMATIC.name, Value: AUTOMATIC.value }],
            },
          },
        }),
      );
    } catch (error) {
      if (isDeferral(error)) throw new MailDeferred({ cause: error });
      throw error;
    }
  };
};
