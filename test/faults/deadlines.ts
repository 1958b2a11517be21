import type { Operation } from './history.ts';
import type { Moved, Played } from './play.ts';
import { CLOSES_AT } from './prepare.ts';

/** Deadlines of a unit, ms, that can have been in force between two ticks. */
const possible = (moves: readonly Moved[], unit: number, from: number, to: number): number[] => {
  /** The call's own and the unit's, for every way in which what is uncertain can have come out. */
  let ways: { call: number; own: number }[] = [{ call: CLOSES_AT, own: 0 }];
  for (const { move, from: asked, to: answered, outcome } of moves) {
    if (outcome === 'refused' || asked > to || (move.unit !== undefined && move.unit !== unit)) continue;
    const closesAt = CLOSES_AT + move.closesAt;
    const done = ways.map((way) => (move.unit === undefined ? { ...way, call: closesAt } : { ...way, own: closesAt }));
    ways = outcome === 'granted' && answered < from ? done : [...ways, ...done];
  }
  return ways.map(({ call, own }) => Math.max(call, own));
};

const unitOf = ({ schedule }: Played, { wish }: Operation): number => schedule.planned[wish.of]?.unit ?? 0;

/** Refusals as too late of what came in time by every deadline there can have been. */
export const wronglyLate = (played: Played): string[] =>
  [...played.history, ...played.afterwards].flatMap((operation) => {
    const { outcome, wish, receivedAt, from, to } = operation;
    if (outcome.kind !== 'refused' || outcome.code !== 'CALL_CLOSED') return [];
    const deadlines = possible(played.moves, unitOf(played, operation), from, to);
    return receivedAt >= Math.min(...deadlines)
      ? []
      : [`in time by ${Math.min(...deadlines) - receivedAt} ms, and told that it is closed: ${wish.kind} ${wish.of}`];
  });

/** Receipts for what came too late, by every deadline that can have been in force, or by the one that is in the end; and those of a time at which nothing came. */
export const wronglyInTime = (played: Played): string[] => {
  const { history, afterwards, moves, receipts, schedule, ids } = played;
  // What was extended only afterwards excuses nothing.
  const before = moves.slice(0, schedule.moves.length);
  return receipts.flatMap(({ submissionId, submittedAt, receiptNo }) => {
    const receivedAt = Date.parse(submittedAt);
    const isItsSubmit = ({ wish, receivedAt: at }: Operation): boolean =>
      wish.kind === 'submit' && ids[wish.of] === submissionId && at === receivedAt;
    const sent = history.filter(isItsSubmit);
    const [first] = sent;
    if (first === undefined)
      return afterwards.some(isItsSubmit) ? [] : [`received when nobody sent it, by the receipt ${receiptNo}`];
    const unit = unitOf(played, first);
    const meanwhile = Math.max(...sent.flatMap(({ from, to }) => possible(before, unit, from, to)));
    const inTheEnd = Math.max(...possible(before, unit, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY));
    return receivedAt < Math.min(meanwhile, inTheEnd)
      ? []
      : [`too late by ${receivedAt - Math.min(meanwhile, inTheEnd)} ms, and accepted: ${receiptNo}`];
  });
};
