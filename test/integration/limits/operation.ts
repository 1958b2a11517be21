import type { Category, Terms, Unit, User } from './small-call.ts';

interface Creation {
  readonly kind: 'create';
  readonly user: User;
  readonly unit: Unit;
  readonly category: Category;
  readonly complete: boolean;
}

interface About {
  readonly user: User;
  readonly id: string;
}

export type ChangeByLead = About &
  (
    | { readonly kind: 'save'; readonly complete: boolean; readonly revision: number }
    | { readonly kind: 'remove' | 'submit' | 'withdraw' }
    | { readonly kind: 'namePartners'; readonly units: readonly Unit[] }
  );

/** About a submission that there is, or was. */
export type Change = ChangeByLead | (About & { readonly kind: 'consent' | 'takeBackConsent'; readonly unit: Unit });

/** What a unit's user sends. */
export type Request = Creation | Change;

/** A request, or the one thing that is not sent here: an officer's new version coming into force. */
export type Operation = Request | { readonly kind: 'publish'; readonly terms: Terms };

/** One fault of a refusal. Only what a limit says of itself is compared word by word. */
export interface Line {
  readonly path: string;
  readonly code: string;
  readonly clause?: string | undefined;
  readonly message?: string | undefined;
}

/** A reply, as far as the model speaks of it. */
export interface Outcome {
  readonly refused?: string | undefined;
  readonly errors?: readonly Line[] | undefined;
  readonly limit?: number | undefined;
  readonly count?: number | undefined;
  readonly submissionId?: string | undefined;
  readonly receiptNo?: string | undefined;
  readonly partners?: readonly { readonly unit: string; readonly consents: boolean }[] | undefined;
}
