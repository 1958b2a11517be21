import { findCategory } from '#shared/domain/call/category-tree.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import type { Case, JudgedDraft } from '#shared/domain/eligibility/judge.ts';
import type { Decide } from '#shared/domain/expression/facts.ts';
import { applicant } from './applicants.ts';
import { callHead, writtenCall, writtenLeaf } from './calls.ts';

/** Reads a few rules by their very words, as the real reader decides them. */
const byWords: Decide = (rule, { unit, call, submission, answers }) => {
  const decide = (known: boolean | undefined) => (known === undefined ? 'undecided' : known ? 'met' : 'notMet');
  switch (rule) {
    case 'unit.rating >= 3':
      return decide(unit.rating >= 3);
    case '"hasPartyBranch" in unit.flags':
      return decide(unit.flags.includes('hasPartyBranch'));
    case 'unit.foundedYear == call.fiscalYear':
      return decide(unit.foundedYear === call.fiscalYear);
    case 'answers.kind == "key"':
      return decide(answers?.kind === undefined ? undefined : answers.kind === 'key');
    case 'submission.partners >= 1':
      return decide(submission === undefined ? undefined : submission.partners >= 1);
    default:
      throw new Error(`Nobody reads ${rule}`);
  }
};

/** What stands in a call as it is written: conditions on the call, on group 2 and on category 2-1, and that category's materials. */
export interface Written {
  readonly ofCall?: readonly object[];
  readonly ofGroup?: readonly object[];
  readonly ofCategory?: readonly object[];
  readonly materials?: readonly object[];
}

/** Such a call; what a test is about besides is overridden. */
export const writtenCallWith = (written: Written, overrides: Record<string, unknown> = {}): Record<string, unknown> => {
  const { ofCall = [], ofGroup = [], ofCategory = [], materials = writtenLeaf.materials } = written;
  const leaf = { code: '2-1', title: '重点学会建设', ...writtenLeaf, conditions: ofCategory, materials };
  return writtenCall({
    conditions: ofCall,
    categories: [{ code: '2', title: '能力建设', conditions: ofGroup, categories: [leaf] }],
    ...overrides,
  });
};

/** 2022-03-10 in Shanghai, ms. */
export const JUDGED_AT = Date.UTC(2022, 2, 10);

export const draftOf = (draft: Partial<JudgedDraft> = {}): JudgedDraft => ({
  answers: {},
  attachments: [],
  partners: [],
  ...draft,
});

/** A 市级学会 before category 2-1 of a call as it is written. */
export const caseOf = (written: Record<string, unknown>, overrides: Partial<Case> = {}): Case => {
  const terms = CallDefinition.parse(written);
  const place = findCategory(terms.categories, '2-1');
  if (place === undefined) throw new Error('The call has no category 2-1');
  return {
    terms,
    place,
    decide: byWords,
    window: callHead(),
    unit: applicant({ name: '常德市医学会', kinds: ['市级学会'] }),
    judgedAt: JUDGED_AT,
    ...overrides,
  };
};
