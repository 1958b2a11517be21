/** What became of one arrival. Times in ms, all of one machine's clock. */
export interface Attempt {
  readonly submissionId: string;
  /** By the one who came. */
  readonly sentAt: number;
  /** By the gateway's access log, not by what the function says; NaN where that has no line of it. */
  readonly receivedAt: number;
  readonly status: number;
  readonly receipt:
    | { readonly receiptNo: string; readonly submissionId: string; readonly submittedAt: string }
    | undefined;
  readonly code: string | undefined;
}

/** What must not be, by name, with how many there were. `deadline` in ms; `sealed` are the numbers of the receipts in the roster. */
export const violationsIn = (attempts: readonly Attempt[], deadline: number, sealed: ReadonlySet<string>) => {
  const count = (holds: (attempt: Attempt) => boolean): number => attempts.filter(holds).length;
  const isLate = ({ code }: Attempt): boolean => code === 'CALL_CLOSED';
  const acknowledged = attempts.flatMap(({ receipt }) => receipt ?? []);
  const numbers = new Set(acknowledged.map(({ receiptNo }) => receiptNo));
  return {
    serverErrors: count(({ status }) => status >= 500),
    neitherAcceptedNorLate: count((attempt) => attempt.receipt === undefined && !isLate(attempt)),
    neverReceived: count(({ sentAt, receivedAt }) => !(receivedAt >= sentAt)),
    refusedThoughInTime: count((attempt) => isLate(attempt) && attempt.receivedAt < deadline),
    acceptedThoughLate: count(
      ({ receipt, sentAt, receivedAt }) => receipt !== undefined && (receivedAt >= deadline || sentAt >= deadline),
    ),
    receiptsOfAnotherTime: count(
      ({ receipt, receivedAt }) => receipt !== undefined && Date.parse(receipt.submittedAt) !== receivedAt,
    ),
    receiptsOfAnother: count(({ receipt, submissionId }) => (receipt?.submissionId ?? submissionId) !== submissionId),
    receiptsTwice: acknowledged.length - numbers.size,
    missingInRoster: [...numbers].filter((receiptNo) => !sealed.has(receiptNo)).length,
    inRosterUnacknowledged: [...sealed].filter((receiptNo) => !numbers.has(receiptNo)).length,
  };
};
