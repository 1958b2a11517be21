import { MOST_SUBMISSIONS } from '#shared/domain/limits/limits.ts';
import { faultText } from '#shared/http/messages.ts';
import type { Change, ChangeByLead, Line, Operation, Outcome } from './operation.ts';
import {
  actsFor,
  CALL_TITLE,
  type Category,
  clauseOf,
  isJoint,
  type Node,
  PATHS,
  type Terms,
  titleOf,
  type Unit,
  type User,
} from './small-call.ts';

/** What a submission came to when it was submitted: it keeps that until it is withdrawn, whatever the call says by then. */
interface Submitted {
  readonly receiptNo: string;
  readonly nodes: readonly Node[];
  /** Whose places it takes. */
  readonly units: readonly Unit[];
}

export interface Kept {
  readonly id: string;
  readonly lead: Unit;
  readonly category: Category;
  readonly complete: boolean;
  readonly revision: number;
  readonly partners: readonly { readonly unit: Unit; readonly consents: boolean }[];
  readonly submitted?: Submitted | undefined;
}

/** All that there is to know of one call: no tallies, no indexes, nothing counted in advance. */
export interface State {
  readonly terms: Terms;
  readonly kept: readonly Kept[];
  /** Receipts of what was withdrawn. */
  readonly voided: readonly string[];
}

export interface Step {
  readonly state: State;
  readonly expected: Outcome;
}

/** How a unit is called in its record. */
export const nameOf = (unit: Unit): string => `单位${unit}`;

/** A limit as it stands; without `node` the whole call's. */
export interface Limit {
  readonly node?: Node | undefined;
  readonly limit: number;
}

/** How many submissions take a place of the unit: in the call, or below a node of it. */
export const countOf = ({ kept }: State, unit: Unit, node: Node | undefined): number =>
  kept.filter(
    ({ submitted }) => submitted?.units.includes(unit) && (node === undefined || submitted.nodes.includes(node)),
  ).length;

/** The limits of a category, the widest first. */
export const limitsOver = ({ call, nodes }: Terms, category: Category): Limit[] => [
  { limit: call ?? MOST_SUBMISSIONS },
  ...PATHS[category].flatMap((node): Limit[] => {
    const limit = nodes[node];
    return limit === undefined ? [] : [{ node, limit }];
  }),
];

interface Reached extends Limit {
  readonly count: number;
}

const reachedBy = (state: State, unit: Unit, category: Category): Reached[] =>
  limitsOver(state.terms, category)
    .map((limit) => ({ ...limit, count: countOf(state, unit, limit.node) }))
    .filter(({ limit, count }) => count >= limit);

const line = ({ node, limit, count }: Reached, path: string, ofPartner: Record<string, string>): Line => ({
  path,
  code: 'LIMIT_REACHED',
  ...(node === undefined && limit === MOST_SUBMISSIONS ? {} : { clause: clauseOf(node) }),
  message: faultText(
    'LIMIT_REACHED',
    { limit, count, scope: node === undefined ? CALL_TITLE : titleOf(node), ...ofPartner },
    'zh',
  ),
});

const refusal = (state: State, refused: string, errors: readonly Line[] = []): Step => ({
  state,
  expected: { refused, errors },
});

const replaced = (state: State, next: Kept): State => ({
  ...state,
  kept: state.kept.map((one) => (one.id === next.id ? next : one)),
});

/** A receipt's number is anybody's guess, but it is a new one. */
const isNewReceipt = ({ kept, voided }: State, receiptNo: string): boolean =>
  !voided.includes(receiptNo) && kept.every(({ submitted }) => submitted?.receiptNo !== receiptNo);

const submit = (state: State, one: Kept, { receiptNo = 'none' }: Outcome): Step => {
  if (one.submitted !== undefined) return { state, expected: { receiptNo: one.submitted.receiptNo } };
  const errors: Line[] = [
    ...one.partners.flatMap(({ consents }, place) =>
      consents ? [] : [{ path: `partners[${place}]`, code: 'CONSENT_MISSING' }],
    ),
    ...(one.complete ? [] : [{ path: 'name', code: 'REQUIRED' }]),
  ];
  if (errors.length > 0) return refusal(state, 'VALIDATION_FAILED', errors);

  const partners = state.terms.counting.includes(one.category) ? one.partners.map(({ unit }) => unit) : [];
  const reached = [
    ...reachedBy(state, one.lead, one.category).map((limit) => ({ limit, told: line(limit, '', {}) })),
    ...partners.flatMap((unit, place) =>
      reachedBy(state, unit, one.category).map((limit) => ({
        limit,
        told: line(limit, `partners[${place}]`, { of: 'partner', unit: nameOf(unit) }),
      })),
    ),
  ];
  const [widest] = reached;
  if (widest !== undefined) {
    const { limit, count } = widest.limit;
    const refused = refusal(
      state,
      'LIMIT_REACHED',
      reached.map(({ told }) => told),
    );
    return { ...refused, expected: { ...refused.expected, limit, count } };
  }
  const submitted: Submitted = { receiptNo, nodes: PATHS[one.category], units: [one.lead, ...partners] };
  return {
    state: replaced(state, { ...one, submitted }),
    expected: { receiptNo: isNewReceipt(state, receiptNo) ? receiptNo : 'a new one' },
  };
};

const withdraw = (state: State, one: Kept): Step => {
  if (one.submitted === undefined) return refusal(state, 'NOT_SUBMITTED');
  const { receiptNo } = one.submitted;
  const { submitted: _taken, ...draft } = one;
  return { state: { ...replaced(state, draft), voided: [...state.voided, receiptNo] }, expected: {} };
};

const namePartners = (state: State, one: Kept, units: readonly Unit[]): Step => {
  if (one.submitted !== undefined) return refusal(state, 'NOT_A_DRAFT');
  const errors = [
    ...(isJoint(one.category) || units.length === 0 ? [] : [{ path: 'partners', code: 'JOINT_NOT_ALLOWED' }]),
    ...units.flatMap((unit, place) => (unit === one.lead ? [{ path: `partners[${place}]`, code: 'DUPLICATE' }] : [])),
  ];
  if (errors.length > 0) return refusal(state, 'VALIDATION_FAILED', errors);
  const partners = units.map((unit) => one.partners.find((known) => known.unit === unit) ?? { unit, consents: false });
  return { state: replaced(state, { ...one, partners }), expected: { partners } };
};

const changeConsent = (state: State, one: Kept, user: User, unit: Unit, consents: boolean): Step => {
  if (!actsFor(user, unit) || one.partners.every((named) => named.unit !== unit)) return refusal(state, 'NOT_FOUND');
  if (one.submitted !== undefined) return refusal(state, 'NOT_A_DRAFT');
  const partners = one.partners.map((named) => (named.unit === unit ? { unit, consents } : named));
  return { state: replaced(state, { ...one, partners }), expected: { partners } };
};

const create = (state: State, operation: Operation & { kind: 'create' }, { submissionId = 'none' }: Outcome): Step => {
  const { user, unit, category, complete } = operation;
  if (!actsFor(user, unit)) return refusal(state, 'NOT_FOUND');
  const created: Kept = { id: submissionId, lead: unit, category, complete, revision: 1, partners: [] };
  return { state: { ...state, kept: [...state.kept, created] }, expected: { submissionId } };
};

const save = (state: State, one: Kept, complete: boolean, revision: number): Step => {
  if (one.submitted !== undefined) return refusal(state, 'NOT_A_DRAFT');
  if (revision !== one.revision) return refusal(state, 'PRECONDITION_FAILED');
  return { state: replaced(state, { ...one, complete, revision: revision + 1 }), expected: {} };
};

const remove = (state: State, one: Kept): Step => {
  if (one.submitted !== undefined) return refusal(state, 'NOT_A_DRAFT');
  return { state: { ...state, kept: state.kept.filter(({ id }) => id !== one.id) }, expected: {} };
};

const changeByLead = (state: State, one: Kept, operation: ChangeByLead, reply: Outcome): Step => {
  if (!actsFor(operation.user, one.lead)) return refusal(state, 'NOT_FOUND');
  switch (operation.kind) {
    case 'save':
      return save(state, one, operation.complete, operation.revision);
    case 'remove':
      return remove(state, one);
    case 'submit':
      return submit(state, one, reply);
    case 'withdraw':
      return withdraw(state, one);
    case 'namePartners':
      return namePartners(state, one, operation.units);
  }
};

const change = (state: State, operation: Change, reply: Outcome): Step => {
  const one = state.kept.find(({ id }) => id === operation.id);
  if (one === undefined) return refusal(state, 'NOT_FOUND');
  switch (operation.kind) {
    case 'consent':
    case 'takeBackConsent':
      return changeConsent(state, one, operation.user, operation.unit, operation.kind === 'consent');
    default:
      return changeByLead(state, one, operation, reply);
  }
};

/**
 * What an operation comes to: the state after it, and the reply to expect. What only the system can know, the numbers it gives, is taken from the reply.
 */
export const step = (state: State, operation: Operation, reply: Outcome): Step => {
  switch (operation.kind) {
    case 'publish':
      return { state: { ...state, terms: operation.terms }, expected: {} };
    case 'create':
      return create(state, operation, reply);
    default:
      return change(state, operation, reply);
  }
};
