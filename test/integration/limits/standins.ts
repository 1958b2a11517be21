import { setTimeout as wait } from 'node:timers/promises';
import { DomainError } from '#shared/domain/domain-error.ts';
import { limitFaults, limitsReached } from '#shared/domain/limits/limits.ts';
import type { Standin } from './limits-world.ts';

/** Far above what a run submits. */
const NO_LIMIT = 1_000;

interface Wrong {
  readonly standin: Standin;
  /** What the disagreement it comes to says. */
  readonly shows: RegExp;
}

/** A receipt where the model has a refusal. */
const ACCEPTED = /submit: \{"receiptNo":"\w+"\} instead of \{"refused":"LIMIT_REACHED"/;
/** A tally that is not the model's. */
const COUNTED = /^Afterwards:\ntally of/;

/** Deliberately wrong repositories: what the model run is there to find. */
export const WRONG: Readonly<Record<string, Wrong>> = {
  /** Right for who comes alone; of two at once both see the last place. */
  'counts first and writes after that': {
    shows: ACCEPTED,
    standin: (real, tallies) => ({
      ...real,
      submitWithinLimits: async (submit) => {
        const { read, limits } = submit;
        const counts = await tallies.countsOfUnit(read.callId, read.unitId, limits);
        // As long as the other one takes to count.
        await wait(20);
        const faults = limitFaults(limitsReached(limits, counts));
        const [first] = faults;
        if (first !== undefined) throw new DomainError('LIMIT_REACHED', { params: first.params ?? {}, faults });
        return real.submitWithinLimits({ ...submit, limits: limits.map((scope) => ({ ...scope, limit: NO_LIMIT })) });
      },
    }),
  },
  'forgets the places of partners in a withdrawal': {
    shows: COUNTED,
    standin: (real) => ({
      ...real,
      withdraw: (submission, next, by) =>
        real.withdraw({ ...submission, head: { ...submission.head, partnersCounted: undefined } }, next, by),
    }),
  },
  'forgets the place in the group in a withdrawal': {
    shows: COUNTED,
    standin: (real) => ({
      ...real,
      withdraw: (submission, next, by) => {
        const { countedIn = [] } = submission.head;
        return real.withdraw({ ...submission, head: { ...submission.head, countedIn: countedIn.slice(-1) } }, next, by);
      },
    }),
  },
  'asks no partner for a place': {
    shows: COUNTED,
    standin: (real) => ({
      ...real,
      submitWithinLimits: (submit) => real.submitWithinLimits({ ...submit, counted: [] }),
    }),
  },
  'keeps to the limits it met first': {
    shows: ACCEPTED,
    standin: (real) => {
      const met = new Map<string, Parameters<typeof real.submitWithinLimits>[0]['limits']>();
      return {
        ...real,
        submitWithinLimits: (submit) => {
          const place = `${submit.read.callId} ${submit.read.category}`;
          const limits = met.get(place) ?? submit.limits;
          met.set(place, limits);
          return real.submitWithinLimits({ ...submit, limits });
        },
      };
    },
  },
  'holds the widest limit alone': {
    shows: ACCEPTED,
    standin: (real) => ({
      ...real,
      submitWithinLimits: (submit) => real.submitWithinLimits({ ...submit, limits: submit.limits.slice(0, 1) }),
    }),
  },
};
