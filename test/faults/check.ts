import { isDeepStrictEqual } from 'node:util';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { wronglyInTime, wronglyLate } from './deadlines.ts';
import { unitId } from './faults-world.ts';
import type { Operation } from './history.ts';
import { isLinearizable } from './linearize.ts';
import type { Known, Model, State } from './model.ts';
import type { Head, Observed } from './observe.ts';
import type { Played } from './play.ts';

const unitsOf = ({ unit, partner }: { unit: number; partner?: number }): string[] =>
  [unit, ...(partner === undefined ? [] : [partner])].map(unitId);

/** Refusals that a rule explains; all others are faults, whoever sent what. */
const EXPLAINED = new Set([
  ...['CONFLICT', 'NOT_FOUND', 'CALL_CLOSED', 'LIMIT_REACHED', 'VALIDATION_FAILED'],
  ...['NOT_SUBMITTED', 'NOT_A_DRAFT', 'PRECONDITION_FAILED'],
]);

const unexplained = ({ history, afterwards }: Played): string[] => {
  const nameOf = ({ wish, outcome }: Operation): string => `${wish.kind} ${wish.of}: ${JSON.stringify(outcome)}`;
  const odd = history.filter(({ outcome }) => outcome.kind === 'refused' && !EXPLAINED.has(outcome.code));
  // With no fault in the way nothing stays unanswered, and nobody is in anybody's way.
  const isLastOf = ({ wish }: Operation, place: number): boolean =>
    !afterwards.slice(place + 1).some((later) => later.wish.kind === wish.kind && later.wish.of === wish.of);
  const stuck = afterwards.filter(
    (operation, place) =>
      (operation.outcome.kind === 'unknown' && isLastOf(operation, place)) ||
      (operation.outcome.kind === 'refused' &&
        ['CONFLICT', 'CALL_CLOSED', 'VALIDATION_FAILED'].includes(operation.outcome.code)),
  );
  return [...odd.map((one) => `unexplained: ${nameOf(one)}`), ...stuck.map((one) => `stuck: ${nameOf(one)}`)];
};

/** Submissions whose places depend on each other: those of units that apply together. */
const apart = ({ schedule: { planned } }: Played): number[][] => {
  const groups: { units: Set<string>; places: number[] }[] = [];
  for (const [place, one] of planned.entries()) {
    const units = unitsOf(one);
    const meeting = groups.filter((group) => units.some((unit) => group.units.has(unit)));
    const rest = groups.filter((group) => !meeting.includes(group));
    const joined = {
      units: new Set([...units, ...meeting.flatMap((group) => [...group.units])]),
      places: [...meeting.flatMap(({ places }) => places), place],
    };
    groups.splice(0, groups.length, ...rest, joined);
  }
  return groups.map(({ places }) => places);
};

const isAsStored = (known: Known, head: Head | undefined): boolean => {
  if (head === undefined) return known.status === 'none';
  return (
    known.status === head.status &&
    known.revision === head.contentRevision &&
    (known.receiptNo === undefined || known.receiptNo === head.receiptNo)
  );
};

/** What can be told as done only by who did it. */
const isChange = ({ wish, outcome }: Operation): boolean =>
  outcome.kind === 'done' && (wish.kind === 'save' || wish.kind === 'withdraw' || wish.kind === 'remove');

/** Histories that no order of what was done explains, with what is stored in the end. */
const unordered = (played: Played, { heads }: Observed): string[] => {
  const { schedule, prepared, ids, history, afterwards } = played;
  const all = [...history, ...afterwards];
  const model: Model = { limit: schedule.limit, places: schedule.planned.map((one) => ({ units: unitsOf(one) })) };
  const start: State = schedule.planned.map(({ agreed }, place) => {
    const head = prepared.heads[place];
    const known = { past: [], agreed, answersRevision: 1 };
    if (head === undefined) return { ...known, status: 'none', revision: 0 };
    return { ...known, status: 'draft', revision: head.contentRevision, id: head.submissionId };
  });
  const stored = ids.map((id) => heads.find(({ submissionId }) => submissionId === id));
  return apart(played).flatMap((places) => {
    const operations = all.filter(({ wish }) => places.includes(wish.of));
    const isEnd = (state: State): boolean =>
      places.every((place) => {
        const known = state[place];
        return known !== undefined && isAsStored(known, stored[place]);
      });
    // Each change moves a revision by one, so there must be as many to come as are left that were answered, and no more than are left at all.
    const mayEnd = (state: State, left: readonly Operation[]): boolean =>
      places.every((place) => {
        const missing = (stored[place]?.contentRevision ?? 0) - (state[place]?.revision ?? 0);
        const own = left.filter(({ wish }) => wish.of === place);
        return missing >= own.filter(isChange).length && missing <= own.length;
      });
    if (isLinearizable(model, start, operations, { isEnd, mayEnd })) return [];
    const lines = operations
      .toSorted((one, other) => one.from - other.from)
      .map(({ wish, from, to, outcome, isUncertain }) =>
        [`${from}–${to}`, wish.kind, wish.of, JSON.stringify(outcome), isUncertain ? 'uncertain' : ''].join(' '),
      );
    const ends = places.map((place) => `${place}: ${JSON.stringify(stored[place])}`);
    return [`no order explains, with limit ${schedule.limit}:\n${lines.join('\n')}\n→ ${ends.join('\n  ')}`];
  });
};

const talliedOtherwise = ({ schedule, ids }: Played, { heads, tallies }: Observed): string[] => {
  const strangers = heads.filter(({ submissionId }) => !ids.includes(submissionId));
  const units = new Set(schedule.planned.flatMap(unitsOf));
  const wrong = [...units].flatMap((unit) => {
    const own = heads.filter((head) => head.unitId === unit);
    const [submitted, drafts] = (['submitted', 'draft'] as const).map((status) =>
      own
        .filter((head) => head.status === status)
        .map(({ submissionId }) => submissionId)
        .sort(),
    );
    const joined = schedule.planned.filter(
      ({ partner }, place) =>
        partner !== undefined &&
        unitId(partner) === unit &&
        heads.some(({ submissionId, status }) => submissionId === ids[place] && status === 'submitted'),
    ).length;
    const tally = tallies.find((one) => one.unitId === unit);
    const count = (submitted?.length ?? 0) + joined;
    const counted = tally?.counted.get('') ?? 0;
    return [
      ...(isDeepStrictEqual(tally?.submitted ?? [], submitted) && isDeepStrictEqual(tally?.drafts ?? [], drafts)
        ? []
        : [`the tally of ${unit} is not its submissions: ${JSON.stringify(tally)}`]),
      ...(counted === count ? [] : [`the tally of ${unit} counts ${counted} instead of ${count}`]),
      ...(count <= schedule.limit ? [] : [`${unit} has ${count} of ${schedule.limit}`]),
    ];
  });
  return [...strangers.map(({ submissionId }) => `nobody was told of ${submissionId}`), ...wrong];
};

/** Acknowledged receipts that are lost, changed, doubled, or not what the submission is pinned to. */
const receiptsWrong = ({ receipts }: Played, { heads, receipts: stored, digests }: Observed): string[] =>
  receipts.flatMap((receipt) => {
    const { receiptNo, submissionId, digest, ...rest } = receipt;
    const kept = stored.find((one) => one.receipt.receiptNo === receiptNo);
    const head = heads.find((one) => one.submissionId === submissionId);
    const isCurrent = head?.receiptNo === receiptNo;
    return [
      ...(isDeepStrictEqual(kept?.receipt, receipt) ? [] : [`the receipt ${receiptNo} was lost or changed`]),
      ...(canonicalDigest({ receiptNo, submissionId, ...rest }) === digest ? [] : [`${receiptNo} has another digest`]),
      ...((kept?.withdrawnAt === undefined) === isCurrent
        ? []
        : [`${receiptNo} is void, or the submission has another`]),
      ...(isCurrent &&
      (head.answersDigest !== receipt.answersDigest || digests.get(submissionId) !== receipt.answersDigest)
        ? [`what ${receiptNo} pins was changed`]
        : []),
    ];
  });

const gaps = (_played: Played, { heads, told }: Observed): string[] =>
  heads.flatMap(({ submissionId, contentRevision }) => {
    const revisions = [...(told.get(submissionId) ?? [])].sort((one, other) => one - other);
    const whole = Array.from({ length: contentRevision }, (_, place) => place + 1);
    return isDeepStrictEqual(revisions, whole)
      ? []
      : [`the history of ${submissionId} tells of ${revisions} instead of 1 to ${contentRevision}`];
  });

/** All that must not be, in words; none where a schedule came out as it has to. */
export const faultsOf = (played: Played, observed: Observed): string[] => [
  ...unexplained(played),
  ...wronglyLate(played),
  ...wronglyInTime(played),
  ...talliedOtherwise(played, observed),
  ...receiptsWrong(played, observed),
  ...gaps(played, observed),
  ...unordered(played, observed),
];
