import type { Operation } from './history.ts';

/** What is known of a submission from what clients were told of it. */
export interface Known {
  readonly status: 'none' | 'draft' | 'submitted' | 'deleted';
  /** Of its content: one more with each change. */
  readonly revision: number;
  /** Of its answers: one more with each save. */
  readonly answersRevision: number;
  /** Of what is submitted: undefined until somebody is told. */
  readonly receiptNo?: string | undefined;
  /** Receipts it was given before. */
  readonly past: readonly string[];
  readonly id?: string | undefined;
  /** Whether its partner, where it has one, consents. */
  readonly agreed: boolean;
}

/** What never changes of a submission: the units whose places it takes. */
export interface Place {
  readonly units: readonly string[];
}

export interface Model {
  readonly places: readonly Place[];
  /** Of every unit. */
  readonly limit: number;
}

export type State = readonly Known[];

const hasRoom = ({ places, limit }: Model, state: State, of: number): boolean =>
  (places[of]?.units ?? []).every(
    (unit) =>
      state.filter(({ status }, place) => status === 'submitted' && places[place]?.units.includes(unit)).length < limit,
  );

const moved = (known: Known, change: Partial<Known>): Known => ({
  ...known,
  ...change,
  revision: known.revision + 1,
});

/** What an operation makes of a submission where it is carried out; undefined where it cannot be. */
const effectOf = (model: Model, state: State, known: Known, { wish, outcome }: Operation): Known | undefined => {
  const told = outcome.kind === 'done' ? outcome : undefined;
  const { status, answersRevision, receiptNo, past, agreed } = known;
  switch (wish.kind) {
    case 'create':
      if (status !== 'none') return undefined;
      return moved(known, { status: 'draft', id: told?.id });
    case 'submit':
      if (status !== 'draft' || !agreed || !hasRoom(model, state, wish.of)) return undefined;
      if (told?.receiptNo !== undefined && past.includes(told.receiptNo)) return undefined;
      return moved(known, { status: 'submitted', receiptNo: told?.receiptNo });
    case 'withdraw':
      if (status !== 'submitted') return undefined;
      return moved(known, {
        status: 'draft',
        receiptNo: undefined,
        past: receiptNo === undefined ? past : [...past, receiptNo],
      });
    case 'save':
      if (status !== 'draft' || answersRevision !== wish.revision) return undefined;
      if (told !== undefined && told.revision !== answersRevision + 1) return undefined;
      return moved(known, { answersRevision: answersRevision + 1 });
    case 'remove':
      return status === 'draft' ? moved(known, { status: 'deleted' }) : undefined;
    case 'consent':
      return status === 'draft' && !agreed ? moved(known, { agreed: true }) : undefined;
    case 'takeBack':
      return status === 'draft' && agreed ? moved(known, { agreed: false }) : undefined;
  }
};

/** What being told that it is done says of a submission on which it was done before; undefined where it is not. */
const repeatedOn = (known: Known, { wish, outcome }: Operation): Known | undefined => {
  if (outcome.kind !== 'done') return undefined;
  const { status, receiptNo, id, agreed } = known;
  switch (wish.kind) {
    case 'create':
      if (status === 'none' || status === 'deleted' || (id !== undefined && id !== outcome.id)) return undefined;
      return id === undefined ? { ...known, id: outcome.id } : known;
    case 'submit':
      if (status !== 'submitted' || (receiptNo !== undefined && receiptNo !== outcome.receiptNo)) return undefined;
      return receiptNo === undefined ? { ...known, receiptNo: outcome.receiptNo } : known;
    case 'consent':
      return status === 'draft' && agreed ? known : undefined;
    case 'takeBack':
      return status === 'draft' && !agreed ? known : undefined;
    default:
      return undefined;
  }
};

/** Whether a refusal is true of a submission as it is. When it was too late is for the deadlines to say. */
const isTrue = (model: Model, state: State, known: Known, { wish, outcome }: Operation): boolean => {
  if (outcome.kind !== 'refused') return false;
  const { status, agreed, answersRevision } = known;
  switch (outcome.code) {
    case 'CONFLICT':
      return true;
    case 'NOT_FOUND':
      return status === 'deleted';
    case 'CALL_CLOSED':
      return wish.kind === 'create' ? status === 'none' : wish.kind !== 'submit' || status === 'draft';
    case 'LIMIT_REACHED':
      return wish.kind === 'submit' && status === 'draft' && agreed && !hasRoom(model, state, wish.of);
    case 'VALIDATION_FAILED':
      return wish.kind === 'submit' && status === 'draft' && !agreed;
    case 'NOT_SUBMITTED':
      return status === 'draft';
    case 'NOT_A_DRAFT':
      return status === 'submitted';
    case 'PRECONDITION_FAILED':
      return wish.kind === 'save' && status === 'draft' && answersRevision !== wish.revision;
    default:
      return false;
  }
};

/**
 * The states that an operation can leave behind with what was answered, none where it contradicts the state before; the very same state where it only told
 * something. One that nobody knows the outcome of leaves what it was to do: that it may not have been done is for the caller.
 */
export const step = (model: Model, state: State, operation: Operation): State[] => {
  const { of } = operation.wish;
  const known = state[of];
  if (known === undefined) return [];
  const left = (next: Known | undefined): State[] => {
    if (next === undefined) return [];
    return next === known ? [state] : [state.with(of, next)];
  };
  const told = isTrue(model, state, known, operation) ? [state] : [];
  // Who was refused after an attempt that was lost may have been refused for what that attempt did.
  if (operation.outcome.kind === 'refused' && !operation.isUncertain) return told;
  return [...told, ...left(repeatedOn(known, operation)), ...left(effectOf(model, state, known, operation))];
};
