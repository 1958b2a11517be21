import * as z from 'zod';
import type { StoredMail } from './mail-store.ts';
import { SesError } from './ses-error.ts';

// A name beside an address is to be an encoded word (RFC 2047), as SES asks.
const Address = z
  .string()
  .regex(/^[\x20-\x7e]+$/, 'an address has ASCII alone: encode the name as RFC 2047 has it')
  .regex(/^(?:[^<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'no address');
const Addresses = z.array(Address).default([]);

const Part = z.object({ Data: z.string(), Charset: z.string().default('UTF-8') });

const Content = z.union([
  z.object({
    Simple: z.object({
      Subject: Part.refine(({ Data }) => !/[\r\n]/.test(Data), 'a subject has one line'),
      Body: z
        .object({ Text: Part.optional(), Html: Part.optional() })
        .refine(({ Text, Html }) => Text !== undefined || Html !== undefined, 'a body has text, HTML or both'),
      Headers: z.array(z.object({ Name: z.string().regex(/^[!-9;-~]+$/), Value: z.string() })).default([]),
    }),
  }),
  z.object({ Raw: z.object({ Data: z.base64() }) }),
]);

/** SES takes 50 recipients in a mail at most. */
const MOST_RECIPIENTS = 50;

const SendEmail = z
  .object({
    FromEmailAddress: Address,
    Destination: z
      .object({ ToAddresses: Addresses, CcAddresses: Addresses, BccAddresses: Addresses })
      .default({ ToAddresses: [], CcAddresses: [], BccAddresses: [] }),
    ReplyToAddresses: Addresses,
    Content,
  })
  .refine(({ Destination: { ToAddresses, CcAddresses, BccAddresses } }) => {
    const recipients = ToAddresses.length + CcAddresses.length + BccAddresses.length;
    return recipients > 0 && recipients <= MOST_RECIPIENTS;
  }, `a mail has 1 to ${MOST_RECIPIENTS} recipients`);

/**
 * What POST /v2/email/outbound-emails asks to send: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 * @throws SesError BadRequestException
 */
export const readSendEmail = (input: unknown): Omit<StoredMail, 'messageId' | 'sentAt'> => {
  const parsed = SendEmail.safeParse(input);
  if (!parsed.success) throw new SesError('BadRequestException', z.prettifyError(parsed.error));
  const { FromEmailAddress: from, Destination, ReplyToAddresses: replyTo, Content: content } = parsed.data;
  const { ToAddresses: to, CcAddresses: cc, BccAddresses: bcc } = Destination;
  const envelope = { from, to, cc, bcc, replyTo };
  if ('Raw' in content)
    return { ...envelope, subject: '', headers: [], text: Buffer.from(content.Raw.Data, 'base64').toString() };
  const { Subject, Body, Headers } = content.Simple;
  return {
    ...envelope,
    subject: Subject.Data,
    headers: Headers.map(({ Name, Value }) => ({ name: Name, value: Value })),
    ...(Body.Text && { text: Body.Text.Data }),
    ...(Body.Html && { html: Body.Html.Data }),
  };
};
