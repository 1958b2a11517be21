import type * as z from 'zod';
import type { Receipt } from '#shared/contract/receipts.ts';
import { RosterEntry, WithdrawnEntry } from '#shared/contract/seals.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';

/** An entry before it has its 受理编号: that follows from its place. */
export const UnnumberedEntry = RosterEntry.omit({ acceptanceNo: true });
export type UnnumberedEntry = z.output<typeof UnnumberedEntry>;

/** What a receipt says, without names of files, partners and materials. */
export const entryOf = (receipt: Receipt): UnnumberedEntry => ({
  receiptNo: receipt.receiptNo,
  submissionId: receipt.submissionId,
  category: receipt.category,
  callVersion: receipt.callVersion,
  unitId: receipt.unitId,
  ...(receipt.partners === undefined ? {} : { partners: receipt.partners.map(({ unitId }) => unitId) }),
  submittedAt: receipt.submittedAt,
  answersDigest: receipt.answersDigest,
  attachments: receipt.attachments.map(({ attachmentId, sha256, size }) => ({ attachmentId, sha256, size })),
  receiptDigest: receipt.digest,
});

type Placed = Pick<RosterEntry, 'submittedAt' | 'submissionId' | 'receiptNo'>;

/** By which the roster is sorted, in order of receipt. Every part has a fixed width, so string order is its order; the receipt tells two submits of one millisecond. */
export const placeOf = ({ submittedAt, submissionId, receiptNo }: Placed): string =>
  `${submittedAt} ${submissionId} ${receiptNo}`;

export const byPlace = (one: Placed, other: Placed): number => {
  const [left, right] = [placeOf(one), placeOf(other)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

/** Canonical JSON (RFC 8785), without a line feed: the bytes of a leaf. */
export const lineOf = (entry: UnnumberedEntry | RosterEntry | WithdrawnEntry): string => canonicalJson(entry);

export const withdrawnEntryOf = ({
  acceptanceNo,
  receiptNo,
  submissionId,
  submittedAt,
}: RosterEntry): WithdrawnEntry => ({
  acceptanceNo,
  receiptNo,
  submissionId,
  submittedAt,
});

const parseLine =
  <Schema extends z.ZodType>(schema: Schema) =>
  (line: string): z.output<Schema> =>
    schema.parse(JSON.parse(line));

export const parseUnnumbered = parseLine(UnnumberedEntry);
export const parseEntry = parseLine(RosterEntry);
export const parseWithdrawn = parseLine(WithdrawnEntry);
