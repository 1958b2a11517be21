import { conditionsOf, declaredKeys } from '#shared/domain/call/conditions.ts';
import type { Deadline } from '#shared/domain/deadline/deadline-in-force.ts';
import type { Submission } from '#shared/domain/submission/submission.ts';
import { type ComparedRules, categoryChanges } from './category-changes.ts';
import type { Change, DraftChanges } from './change.ts';
import { draftEffects } from './draft-effects.ts';
import { formChanges } from './form-changes.ts';

/** Changes that are told one by one: nobody reads more, and a form can be another one altogether. */
export const MOST_CHANGES = 200;

/** What one version of a call asks of a submission differently from another one; empty where it asks the same. */
export const changesBetween = (before: ComparedRules, after: ComparedRules): Change[] => {
  // What is only declared comes and goes with its condition, which is told already.
  const declared = { added: declarationsOf(after), removed: declarationsOf(before) };
  return [
    ...categoryChanges(before, after),
    ...formChanges(before.form, after.form).filter(
      ({ kind, path }) => kind === 'changed' || !declared[kind].has(path.slice('form.'.length)),
    ),
  ];
};

const declarationsOf = ({ call, place }: ComparedRules): ReadonlySet<string> =>
  new Set(declaredKeys(conditionsOf(place, call.conditions)));

/** A version as it was, or is, in force for a draft. */
type InForce = ComparedRules & { readonly version: number; readonly closes: Deadline };

const deadlineChanges = (before: Deadline, after: Deadline): Change[] =>
  before.closesAt === after.closesAt
    ? []
    : [
        {
          path: 'call.closes',
          kind: 'changed',
          thing: 'call',
          aspect: 'closes',
          from: before.closesText,
          to: after.closesText,
        },
      ];

/** The changes between two versions as a draft with these answers and files is told them, its own concerns first, then its deadline. */
export const changesForDraft = (
  before: InForce,
  after: InForce,
  draft: Pick<Submission, 'answers' | 'attachments'>,
): DraftChanges => {
  const effects = draftEffects(before, after, draft);
  const changes = [...deadlineChanges(before.closes, after.closes), ...changesBetween(before, after)];
  const told = {
    effects: effects.slice(0, MOST_CHANGES),
    changes: changes.slice(0, Math.max(0, MOST_CHANGES - effects.length)),
  };
  const more = effects.length + changes.length - told.effects.length - told.changes.length;
  return { from: before.version, to: after.version, ...told, more };
};
