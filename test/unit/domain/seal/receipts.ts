import type { Receipt } from '#shared/contract/receipts.ts';
import type { RosterEntry } from '#shared/contract/seals.ts';
import { entryOf, parseEntry, type UnnumberedEntry } from '#shared/domain/seal/roster.ts';
import { issueReceipt } from '#shared/domain/submission/receipt.ts';

const START = Date.UTC(2022, 2, 31);

const idOf = (number: number, letter: string): string => letter + String(number).padStart(25, '0');

/** The receipt of the n-th submit, n minutes after the first one. What a test is about is overridden. */
export const receiptOf = (number: number, overrides: Partial<Omit<Receipt, 'digest'>> = {}): Receipt =>
  issueReceipt({
    receiptNo: idOf(number, '2'),
    submissionId: idOf(number, '0'),
    callId: 'changde-2022',
    callVersion: 1,
    category: '2-1',
    unitId: `unit-${number}`,
    submittedAt: new Date(START + number * 60_000).toISOString(),
    deadline: '2022-03-31T16:00:00.000Z',
    deadlineLocal: '2022-04-01T00:00:00.000+08:00',
    timezone: 'Asia/Shanghai',
    answersDigest: 'ab'.repeat(32),
    attachments: [],
    ...overrides,
  });

/** What rosters have of the n-th submit. */
export const unnumbered = (number: number): UnnumberedEntry => entryOf(receiptOf(number));

export const numbered = (number: number, acceptanceNo: number): RosterEntry => ({
  acceptanceNo,
  ...unnumbered(number),
});

/** The entries of a part's bytes. */
export const entriesIn = (body: Uint8Array): RosterEntry[] => linesIn(body).map(parseEntry);

export const linesIn = (body: Uint8Array): string[] => Buffer.from(body).toString('utf8').split('\n').slice(0, -1);

/** What is read page by page. */
export async function* streamed<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  for (const item of items) yield await Promise.resolve(item);
}

export const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};
