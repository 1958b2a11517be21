import type { Answers } from '#shared/domain/form/definition.ts';

/** What a rule reads as `unit`: always whole, so that what is not in the record never makes a rule undecided. Days are `2022-03-31`, '' where unknown. */
export interface UnitFacts {
  readonly kinds: readonly string[];
  /** 1 to 5 for 1A to 5A, 0 where there is none that is valid on the day of the judgement. */
  readonly rating: number;
  readonly foundedOn: string;
  /** 0 where unknown. */
  readonly foundedYear: number;
  readonly flags: readonly string[];
}

/** What a rule reads as `call`. */
export interface CallFacts {
  /** 0 where the call names none. */
  readonly fiscalYear: number;
  /** Days in the call's own zone: of opening, of the last moment it takes submissions, of the judgement. */
  readonly opensOn: string;
  readonly closesOn: string;
  readonly today: string;
}

/** What a rule reads as `submission`. */
export interface SubmissionFacts {
  readonly category: string;
  /** Units that consented to apply together with the lead, and all their kinds. */
  readonly partners: number;
  readonly partnerKinds: readonly string[];
  /** Admitted files by key of the material: every material of the category has its count. */
  readonly attachments: Readonly<Record<string, number>>;
}

/** All that a rule can read. Before there is a draft it has neither `submission` nor `answers`. */
export interface RuleFacts {
  readonly unit: UnitFacts;
  readonly call: CallFacts;
  readonly submission?: SubmissionFacts;
  /** Visible ones, in canonical form. */
  readonly answers?: Answers;
}

/** `undecided`: it reads something that is not there yet. A rule that is undecided refuses nobody: `required` is what asks for answers. */
export type Decision = 'met' | 'notMet' | 'undecided';

/** Decides a rule of one version of a category by its source. */
export type Decide = (rule: string, facts: RuleFacts) => Decision;
