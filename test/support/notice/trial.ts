import type { Verdict } from '#shared/contract/eligibility.ts';
import type { OrganizationRecord } from '#shared/contract/organization-record.ts';
import type { FaultCode } from '#shared/contract/problem.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What differs in the record of a unit. */
export type RecordChange = Partial<OrganizationRecord>;

export interface Refused {
  readonly path: string;
  readonly code: FaultCode;
  /** Of the notice; a rule that no clause sets has none. */
  readonly clause?: string;
}

/** One way of breaking a rule, all else being right. */
export type Breach =
  /** Answers instead of the right ones; undefined leaves one out. */
  | { readonly answers: Json }
  /** Another record of the unit. */
  | { readonly record: RecordChange }
  /** No file for this material. */
  | { readonly without: string }
  /** One more file is announced for a material: of this name or size, or after as many as there may be. */
  | { readonly announce: string; readonly filename?: string; readonly size?: number; readonly after?: number }
  /** So many partners, all consenting but where it says otherwise; the record of each may differ. */
  | { readonly partners: number; readonly consent?: boolean; readonly record?: RecordChange };

/** A line of a call's table: a rule, where it holds, and the clause of the notice it comes from. */
export interface RuleLine {
  /** As `breakableRules` names it. */
  readonly rule: string;
  /** Codes of the categories. */
  readonly in: readonly string[];
  /** What the refusal must cite; left out where the notice has none. */
  readonly clause?: string;
  /** Why nothing can break it in these categories, though the form that they share has it. */
  readonly never?: string;
  /** Where the rule itself does not say how it is broken. */
  readonly breach?: Breach;
  /** Where the refusal is not the one the rule itself leads to expect. */
  readonly refused?: Omit<Refused, 'clause'>;
  /** Other rules that cannot but be broken with this one. */
  readonly also?: readonly Refused[];
}

/** A line of a call's table: how many submissions one unit may have, in the whole call or below a node. */
export interface LimitLine {
  /** Of the group or category; left out: the whole call. */
  readonly below?: string;
  readonly clause: string;
  readonly limit: number;
  /** One submission in each of these, one more than the limit takes. */
  readonly submissions: readonly string[];
}

/** All that a trial of a call needs to know besides its definition: the table is typed from the notice. */
export interface Trial {
  readonly callId: string;
  /** Who publishes it; made up by whoever runs the system. */
  readonly organiser: { readonly organizationId: string; readonly name: string };
  /** Per category: a unit that may apply. */
  readonly units: Readonly<Record<string, RecordChange>>;
  /** A unit that may be a partner. */
  readonly partner: RecordChange;
  /** Per category: complete answers without fault, one set or several. */
  readonly right: Readonly<Record<string, readonly Json[]>>;
  /** Per category: what its unit is told before it begins. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly rules: readonly RuleLine[];
  readonly limits: readonly LimitLine[];
}
