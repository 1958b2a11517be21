import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalSes, startSes } from '#infra/local/ses/start-ses.ts';
import { CREDENTIALS } from '#infra/local/stack/local-account.ts';

let directory: string;
let ses: LocalSes;
let client: SESv2Client;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'mails-'));
  ses = await startSes({ port: 0, directory });
  client = new SESv2Client({ endpoint: ses.endpoint, region: 'ap-southeast-1', credentials: CREDENTIALS });
});

afterAll(async () => {
  client.destroy();
  await ses.close();
  rmSync(directory, { recursive: true });
});

const NAME = `=?UTF-8?B?${Buffer.from('申报系统').toString('base64')}?=`;

const mail = (changes: Partial<SendEmailCommandInput> = {}): SendEmailCommand =>
  new SendEmailCommand({
    FromEmailAddress: `${NAME} <noreply@example.org>`,
    Destination: { ToAddresses: ['zhang@example.org'] },
    Content: {
      Simple: {
        Subject: { Data: '还有 24 小时截止 <b>' },
        Body: {
          Text: { Data: '请尽快提交 <script>alert(1)</script>' },
          Html: { Data: '<p>请尽快提交</p><script>alert(1)</script>' },
        },
        Headers: [{ Name: 'X-Event', Value: 'call#1/00000003' }],
      },
    },
    ...changes,
  });

const read = async (url: string) => {
  const reply = await fetch(url);
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
};

test('keeps what was sent, for programs to read', async () => {
  const { MessageId } = await client.send(mail());
  const [newest] = JSON.parse((await read(`${ses.mailsUrl}.json`)).text);
  expect(newest).toMatchObject({
    messageId: MessageId,
    from: `${NAME} <noreply@example.org>`,
    to: ['zhang@example.org'],
    subject: '还有 24 小时截止 <b>',
    headers: [{ name: 'X-Event', value: 'call#1/00000003' }],
    text: expect.stringContaining('请尽快提交'),
  });
  expect(JSON.parse((await read(`${ses.mailsUrl}/${MessageId}.json`)).text)).toEqual(newest);
});

test('shows people the mails, and lets nothing in them run or load', async () => {
  const { MessageId } = await client.send(mail());
  expect((await read(ses.mailsUrl)).text).toContain(`<a href="/mails/${MessageId}">还有 24 小时截止 &lt;b&gt;</a>`);
  const page = await read(`${ses.mailsUrl}/${MessageId}`);
  expect(page.text).toContain('申报系统 &lt;noreply@example.org&gt;');
  expect(page.text).toContain('请尽快提交 &lt;script&gt;');
  expect(page.text).toContain(`<iframe sandbox src="/mails/${MessageId}/html">`);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
  const html = await read(`${ses.mailsUrl}/${MessageId}/html`);
  expect(html.text).toContain('<p>请尽快提交</p>');
  expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/);
});

test('lists the newest mail first, also after a restart', async () => {
  const { MessageId: one } = await client.send(mail());
  const { MessageId: other } = await client.send(mail());
  const again = await startSes({ port: 0, directory });
  const list: { messageId: string }[] = JSON.parse((await read(`${again.mailsUrl}.json`)).text);
  await again.close();
  expect(list.slice(0, 2).map(({ messageId }) => messageId)).toEqual([other, one]);
});

test.each([
  ['no recipient', { Destination: {} }, /1 to 50 recipients/],
  ['too many', { Destination: { ToAddresses: Array.from({ length: 51 }, (_, n) => `a${n}@example.org`) } }, /1 to 50/],
  ['a name that is not encoded', { FromEmailAddress: '申报系统 <noreply@example.org>' }, /RFC 2047/],
  ['what is no address', { ReplyToAddresses: ['nobody'] }, /no address/],
  [
    'a subject of two lines',
    { Content: { Simple: { Subject: { Data: 'one\r\nBcc: all@example.org' }, Body: { Text: { Data: '' } } } } },
    /one line/,
  ],
])('refuses %s as SES does', async (_what, changes, message) => {
  await expect(client.send(mail(changes))).rejects.toMatchObject({
    name: 'BadRequestException',
    message: expect.stringMatching(message),
  });
});

test('refuses a request that is not signed for SES', async () => {
  const reply = await fetch(`${ses.endpoint}/v2/email/outbound-emails`, { method: 'POST', body: '{}' });
  expect(reply.status).toBe(403);
});

test('knows no other mail', async () => {
  expect((await read(`${ses.mailsUrl}/0123`)).status).toBe(404);
  expect((await read(`${ses.mailsUrl}/..%2f..%2fusers`)).status).toBe(404);
});
