import type { CallTerms } from '#shared/domain/call/call-terms.ts';
import type { LeafTerms } from '#shared/domain/call/category-record.ts';
import { clauseIn } from '#shared/domain/clause.ts';
import type { Applicant } from './applicant.ts';
import type { Judgement } from './judgement.ts';

/** Whether a unit of its kinds may apply in a category: they are matched exactly against the notice's words. */
export const judgeKinds = ({ applicants, clause }: LeafTerms, { kinds }: Applicant): Judgement => {
  const fitting = applicants.filter((kind) => kinds.includes(kind));
  const expected = applicants.join('、');
  const rule = {
    kind: 'applicants',
    effect: 'gate',
    text: { code: 'APPLICANTS', params: { expected } },
    ...clauseIn(clause),
  } as const;
  if (fitting.length > 0) {
    return { ...rule, result: 'met', reasons: [{ code: 'OF_KIND', params: { kinds: fitting.join('、') } }] };
  }
  return {
    ...rule,
    result: 'notMet',
    reasons: [kinds.length === 0 ? { code: 'OF_NO_KIND' } : { code: 'OF_KIND', params: { kinds: kinds.join('、') } }],
    fault: { path: 'unitId', code: 'APPLICANT_KIND', params: { expected }, ...clauseIn(clause) },
  };
};

const judgeSanctions = (
  { history }: Pick<CallTerms, 'history'>,
  { name, sanctions }: Applicant,
  today: string,
  path: string,
): Judgement[] => {
  const { text = { code: 'NO_SANCTION' } as const, clause } = history?.sanctioned ?? {};
  const rule = { kind: 'sanction', effect: 'gate', text, ...clauseIn(clause) } as const;
  const inForce = sanctions.filter(({ from, until }) => from <= today && today <= until);
  if (inForce.length === 0) return [{ ...rule, result: 'met', reasons: [{ code: 'NOT_SANCTIONED' }] }];
  return inForce.map(({ reason, from, until }) => {
    const params = { unit: name, reason, from, until };
    return {
      ...rule,
      result: 'notMet',
      reasons: [{ code: 'SANCTIONED_UNTIL', params }],
      fault: { path, code: 'SANCTIONED', params, ...clauseIn(clause) },
    };
  });
};

const judgeOverdue = (
  { history }: Pick<CallTerms, 'history'>,
  { name, overdue }: Applicant,
  today: string,
  path: string,
): Judgement[] => {
  if (history?.overdue === undefined) return [];
  const { text = { code: 'NOTHING_OVERDUE' } as const, clause } = history.overdue;
  const rule = { kind: 'overdue', effect: 'gate', text, ...clauseIn(clause) } as const;
  const open = overdue.filter(({ since }) => since <= today);
  if (open.length === 0) return [{ ...rule, result: 'met', reasons: [{ code: 'NOTHING_IS_OVERDUE' }] }];
  return open.map(({ what, since, clause: origin }) => {
    const params = { unit: name, what, since };
    // The notice's own words on it; failing those, where the obligation came from.
    return {
      ...rule,
      result: 'notMet',
      reasons: [{ code: 'OVERDUE_SINCE', params }],
      fault: { path, code: 'OVERDUE', params, ...clauseIn(clause ?? origin) },
    };
  });
};

/** What a unit's past means on a day: sanctions in force always bar, what is overdue bars where the call says so. `path` is where its faults point. */
export const judgePast = (
  terms: Pick<CallTerms, 'history'>,
  unit: Applicant,
  today: string,
  path: string,
): Judgement[] => [...judgeSanctions(terms, unit, today, path), ...judgeOverdue(terms, unit, today, path)];
