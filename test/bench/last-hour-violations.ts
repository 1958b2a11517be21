/** What became of one arrival, as the one who came saw it: times (ms) are of the clock by which the gateway takes the time of receipt, too. */
export interface Attempt {
  readonly submissionId: string;
  readonly sentAt: number;
  readonly status: number;
  readonly receipt:
    | { readonly receiptNo: string; readonly submissionId: string; readonly submittedAt: string }
    | undefined;
  readonly code: string | undefined;
}

/**
 * How long a request may take to the gateway, ms: only who sent it earlier than that before the deadline was certainly in time. Replies are later than
 * that by many times, so a function that asks another clock than the gateway's is found all the same.
 */
export const WAY_MS = 1_000;

/** What must not be, by name, with how many there were. `deadline` in ms; `sealed` are the numbers of the receipts in the roster. */
export const violationsIn = (attempts: readonly Attempt[], deadline: number, sealed: ReadonlySet<string>) => {
  const count = (holds: (attempt: Attempt) => boolean): number => attempts.filter(holds).length;
  const isLate = ({ code }: Attempt): boolean => code === 'CALL_CLOSED';
  const acknowledged = attempts.flatMap(({ receipt }) => receipt ?? []);
  const numbers = new Set(acknowledged.map(({ receiptNo }) => receiptNo));
  return {
    serverErrors: count(({ status }) => status >= 500),
    neitherAcceptedNorLate: count((attempt) => attempt.receipt === undefined && !isLate(attempt)),
    refusedThoughInTime: count((attempt) => isLate(attempt) && attempt.sentAt < deadline - WAY_MS),
    acceptedThoughLate: count(({ receipt, sentAt }) => receipt !== undefined && sentAt >= deadline),
    // Both by the clock of the one who came: a receipt cannot tell of a time before it was asked for.
    receiptsOfAnotherTime: count(
      ({ receipt, sentAt }) =>
        receipt !== undefined &&
        (Date.parse(receipt.submittedAt) < sentAt || Date.parse(receipt.submittedAt) >= deadline),
    ),
    receiptsOfAnother: count(({ receipt, submissionId }) => (receipt?.submissionId ?? submissionId) !== submissionId),
    receiptsTwice: acknowledged.length - numbers.size,
    missingInRoster: [...numbers].filter((receiptNo) => !sealed.has(receiptNo)).length,
    inRosterUnacknowledged: [...sealed].filter((receiptNo) => !numbers.has(receiptNo)).length,
  };
};
