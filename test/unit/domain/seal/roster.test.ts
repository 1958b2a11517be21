import { describe, expect, test } from 'vitest';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import {
  byPlace,
  entryOf,
  lineOf,
  parseEntry,
  parseUnnumbered,
  parseWithdrawn,
  placeOf,
  withdrawnEntryOf,
} from '#shared/domain/seal/roster.ts';
import { numbered, receiptOf, unnumbered } from './receipts.ts';

const file = { attachmentId: '1'.repeat(26), sha256: 'cd'.repeat(32), size: 10 };

describe('an entry of the roster', () => {
  test('says what its receipt says, by ids and digests, without any name', () => {
    const receipt = receiptOf(1, {
      attachments: [{ ...file, material: 'application', filename: '申报书.pdf' }],
      partners: [{ unitId: 'unit-2', name: '药学会' }],
    });
    expect(entryOf(receipt)).toStrictEqual({
      receiptNo: receipt.receiptNo,
      submissionId: receipt.submissionId,
      category: '2-1',
      callVersion: 1,
      unitId: 'unit-1',
      partners: ['unit-2'],
      submittedAt: '2022-03-31T00:01:00.000Z',
      answersDigest: 'ab'.repeat(32),
      attachments: [file],
      receiptDigest: receipt.digest,
    });
    expect(receipt.digest).toBe(canonicalDigest({ ...receipt, digest: undefined }));
  });

  test('of one unit alone has no partners', () => {
    expect(unnumbered(1)).not.toHaveProperty('partners');
  });

  test('is one line, and the same once it is read again', () => {
    const entry = numbered(1, 7);
    expect(lineOf(entry)).not.toContain('\n');
    expect(parseEntry(lineOf(entry))).toStrictEqual(entry);
    expect(parseUnnumbered(lineOf(unnumbered(1)))).toStrictEqual(unnumbered(1));
    expect(() => parseUnnumbered(lineOf(entry))).toThrow('acceptanceNo');
  });

  test('that was withdrawn is known by number, receipt, submission and time', () => {
    const { acceptanceNo, receiptNo, submissionId, submittedAt } = numbered(1, 7);
    const withdrawn = { acceptanceNo, receiptNo, submissionId, submittedAt };
    expect(withdrawnEntryOf(numbered(1, 7))).toStrictEqual(withdrawn);
    expect(parseWithdrawn(lineOf(withdrawn))).toStrictEqual(withdrawn);
  });
});

describe('the order of the roster', () => {
  test('is that of receipt, then of submission, then of receipt number', () => {
    const at = (submittedAt: string, submissionId: string, receiptNo: string) => ({
      submittedAt,
      submissionId,
      receiptNo,
    });
    const inOrder = [
      at('2022-03-31T15:59:59.998Z', '2', '2'),
      at('2022-03-31T15:59:59.999Z', '1', '1'),
      at('2022-03-31T15:59:59.999Z', '1', '2'),
      at('2022-03-31T15:59:59.999Z', '2', '1'),
    ];
    expect([...inOrder].reverse().sort(byPlace)).toStrictEqual(inOrder);
    const [first = numbered(1, 1), second = numbered(2, 2)] = inOrder;
    expect([byPlace(first, second), byPlace(second, first), byPlace(first, { ...first })]).toStrictEqual([-1, 1, 0]);
    expect(placeOf(second)).toBe('2022-03-31T15:59:59.999Z 1 1');
  });
});
