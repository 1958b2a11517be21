import fc from 'fast-check';
import { advance, type Model } from './advance.ts';
import type { Run } from './limits-world.ts';
import type { Kept, State } from './model.ts';
import type { Operation } from './operation.ts';
import {
  actsFor,
  CATEGORIES,
  type Category,
  NODES,
  type Terms,
  UNITS,
  type Unit,
  USER_NAMES,
  type User,
} from './small-call.ts';

/** An operation before anybody knows which submission it is about; undefined where there is none. */
type Draw = (state: State) => Operation | undefined;

/** A draw with its picture in a counterexample. */
interface Drawn {
  readonly draw: Draw;
  readonly picture: string;
}

/** Whoever sends: mostly one who acts for the unit, now and then anybody. */
interface Sender {
  readonly pick: number;
  readonly anybody: boolean;
}

const sender: fc.Arbitrary<Sender> = fc.record({
  pick: fc.nat({ max: 11 }),
  anybody: fc.integer({ min: 0, max: 15 }).map((n) => n === 0),
});

const pickFrom = <Item>(items: readonly Item[], pick: number): Item | undefined => items[pick % items.length];

const userFor = (unit: Unit, { pick, anybody }: Sender): User => {
  const able = USER_NAMES.filter((user) => anybody || actsFor(user, unit));
  return pickFrom(able, pick) ?? 'first';
};

const drawnBy = <Value>(
  kind: string,
  values: fc.Arbitrary<Value>,
  draw: (value: Value, state: State) => Operation | undefined,
) => values.map((value): Drawn => ({ draw: (state) => draw(value, state), picture: `${kind} ${fc.stringify(value)}` }));

const submission = fc.nat({ max: 23 });
const often = fc.integer({ min: 0, max: 9 }).map((n) => n > 0);
const units = fc.uniqueArray(fc.constantFrom(...UNITS), { maxLength: 2 });
const category: fc.Arbitrary<Category> = fc.constantFrom(...CATEGORIES);

const creation = fc.record({ by: sender, unit: fc.constantFrom(...UNITS), category, complete: often });
type Creation = typeof creation extends fc.Arbitrary<infer Value> ? Value : never;
const create = ({ by, ...rest }: Creation): Operation => ({ kind: 'create', user: userFor(rest.unit, by), ...rest });

/** About one submission, by a user of its unit: two times in three of a status that `suits`, where there is one. */
const about = (kind: 'remove' | 'submit' | 'withdraw', suits: 'draft' | 'submitted') =>
  drawnBy(kind, fc.record({ by: sender, submission }), ({ by, submission: pick }, { kept }) => {
    const suited = kept.filter(({ submitted }) => (submitted === undefined) === (suits === 'draft'));
    const one = pickFrom(pick % 3 === 0 || suited.length === 0 ? kept : suited, pick);
    return one === undefined ? undefined : { kind, user: userFor(one.lead, by), id: one.id };
  });

const saving = drawnBy(
  'save',
  fc.record({ by: sender, submission, complete: often, stale: fc.integer({ min: 0, max: 7 }).map((n) => n === 0) }),
  ({ by, submission: pick, stale, ...rest }, { kept }) => {
    const one = pickFrom(kept, pick);
    if (one === undefined) return undefined;
    const revision = one.revision + (stale ? -1 : 0);
    return { kind: 'save', user: userFor(one.lead, by), id: one.id, revision, ...rest };
  },
);

const naming = drawnBy('namePartners', fc.record({ by: sender, submission, units }), (drawn, { kept }) => {
  const one = pickFrom(kept, drawn.submission);
  if (one === undefined) return undefined;
  return { kind: 'namePartners', user: userFor(one.lead, drawn.by), id: one.id, units: drawn.units };
});

/** Mostly of who is named somewhere. */
const consenting = (kind: 'consent' | 'takeBackConsent') =>
  drawnBy(kind, fc.record({ by: sender, submission, partner: fc.nat({ max: 5 }) }), (drawn, { kept }) => {
    const joint = kept.filter(({ partners }) => partners.length > 0);
    const one = pickFrom(drawn.by.anybody || joint.length === 0 ? kept : joint, drawn.submission);
    if (one === undefined) return undefined;
    const named = one.partners.map(({ unit }) => unit);
    const unit = pickFrom(drawn.by.anybody || named.length === 0 ? UNITS : named, drawn.partner) ?? 'a';
    return { kind, user: userFor(unit, drawn.by), id: one.id, unit };
  });

const limit = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 3 });

/** Any limits, or none, anywhere in the tree; now and then other categories use up their partners' places. */
const terms: fc.Arbitrary<Terms> = fc.record({
  call: limit,
  nodes: fc.record(Object.fromEntries(NODES.map((node) => [node, fc.integer({ min: 1, max: 3 })])), {
    requiredKeys: [],
  }),
  counting: fc.constantFrom<readonly Category[]>(['J1'], ['J1'], ['J1'], ['J2'], ['J1', 'J2'], []),
});

const publishing = drawnBy('publish', terms, (next) => ({ kind: 'publish', terms: next }));

/** Weighted so that there is something to submit, and limits are met. */
const request: fc.Arbitrary<Drawn> = fc.oneof(
  { weight: 4, arbitrary: drawnBy('create', creation, create) },
  { weight: 9, arbitrary: about('submit', 'draft') },
  { weight: 3, arbitrary: about('withdraw', 'submitted') },
  { weight: 1, arbitrary: about('remove', 'draft') },
  { weight: 1, arbitrary: saving },
  { weight: 1, arbitrary: naming },
  { weight: 2, arbitrary: consenting('consent') },
  { weight: 1, arbitrary: consenting('takeBackConsent') },
);

type Command = fc.AsyncCommand<Model, Run>;

const operationsOf = (drawn: readonly Drawn[], state: State): Operation[] =>
  drawn.flatMap(({ draw }) => draw(state) ?? []);

/** One request, or two at the same time. */
const commandOf = (...drawn: readonly Drawn[]): Command => ({
  check: ({ state }) => operationsOf(drawn, state).length === drawn.length,
  run: (model, run) => advance(model, run, operationsOf(drawn, model.state)),
  toString: () => drawn.map(({ picture }) => picture).join(' ∥ '),
});

/** Drafts of units that have another one. */
const draftsBeside = (kept: readonly Kept[]): Kept[] => {
  const drafts = kept.filter(({ submitted }) => submitted === undefined);
  return drafts.filter(({ id, lead }) => drafts.some((other) => other.id !== id && other.lead === lead));
};

/** Two submits of one unit at the same time, the case limits are for. */
const submitTwo = fc
  .record({ by: sender, other: sender, submission, next: fc.nat({ max: 5 }) })
  .map(({ by, other, submission: pick, next }): Command => {
    const pair: Draw[] = [
      ({ kept }) => {
        const one = pickFrom(draftsBeside(kept), pick);
        return one === undefined ? undefined : { kind: 'submit', user: userFor(one.lead, by), id: one.id };
      },
      ({ kept }) => {
        const drafts = draftsBeside(kept);
        const one = pickFrom(drafts, pick);
        const another = pickFrom(
          drafts.filter(({ id, lead }) => id !== one?.id && lead === one?.lead),
          next,
        );
        return another === undefined
          ? undefined
          : { kind: 'submit', user: userFor(another.lead, other), id: another.id };
      },
    ];
    return commandOf(...pair.map((draw) => ({ draw, picture: `submit ${fc.stringify({ pick, next, by, other })}` })));
  });

/** A joint draft to which all that are named consent, step by step; mostly submitted at once. */
const joint = fc
  .record({ creation, category: fc.constantFrom<Category>('J1', 'J2'), partners: units, by: sender, submits: often })
  .map((drawn): Command => {
    const by = { ...drawn.by, anybody: false };
    return {
      check: () => true,
      run: async (model, run) => {
        await advance(model, run, [create({ ...drawn.creation, by, complete: true, category: drawn.category })]);
        const { id = '', lead = 'a' } = model.state.kept.at(-1) ?? {};
        const named = drawn.partners.filter((unit) => unit !== lead);
        await advance(model, run, [{ kind: 'namePartners', user: userFor(lead, by), id, units: named }]);
        for (const unit of named) await advance(model, run, [{ kind: 'consent', user: userFor(unit, by), id, unit }]);
        if (drawn.submits) await advance(model, run, [{ kind: 'submit', user: userFor(lead, by), id }]);
      },
      toString: () => `joint ${fc.stringify(drawn)}`,
    };
  });

/** Sequences of requests by several users of several units, alone and at the same time, while the call changes. */
export const commands = (constraints: fc.CommandsContraints): fc.Arbitrary<Iterable<Command>> =>
  fc.commands(
    [
      request.map((one) => commandOf(one)),
      request.map((one) => commandOf(one)),
      request.map((one) => commandOf(one)),
      joint,
      submitTwo,
      submitTwo,
      fc.tuple(request, request).map((two) => commandOf(...two)),
      fc
        .tuple(publishing, fc.option(request))
        .map(([next, meanwhile]) => commandOf(...(meanwhile ? [next, meanwhile] : [next]))),
    ],
    constraints,
  );
