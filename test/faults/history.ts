/** What a client wants of one submission, by its place among those of the schedule. */
export type Wish =
  | { readonly kind: 'submit' | 'withdraw' | 'remove' | 'consent' | 'takeBack' | 'create'; readonly of: number }
  /** On the answers it last saw. */
  | { readonly kind: 'save'; readonly of: number; readonly revision: number };

export type Outcome =
  /** `id` of what was created, `receiptNo` of what was submitted, `revision` of what was saved. */
  | { readonly kind: 'done'; readonly id?: string; readonly receiptNo?: string; readonly revision?: number }
  | { readonly kind: 'refused'; readonly code: string }
  /** No answer, or 503: it may have been done, or be done yet. */
  | { readonly kind: 'unknown' };

/** One request of a client's and what it was answered. */
export interface Operation {
  readonly wish: Wish;
  /** The order of beginnings and ends: what ended before another began came before it. */
  readonly from: number;
  readonly to: number;
  /** ms, the gateway's clock. */
  readonly receivedAt: number;
  readonly outcome: Outcome;
  /** Whether a write of it may have been carried out though it was refused in the end. */
  readonly isUncertain: boolean;
}
