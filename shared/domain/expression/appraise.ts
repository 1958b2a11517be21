import type { ASTNode } from '@marcbachmann/cel-js';
import { Key } from '#shared/domain/form/key.ts';
import { isAmount } from './functions.ts';
import {
  BOOL,
  INT,
  isOfNothing,
  joined,
  type ListShape,
  listOf,
  type Scope,
  type Shape,
  searchWeight,
  stringOf,
  weightOf,
} from './shape.ts';

/** What a rule is refused for before its types are looked at; `at` counts characters of the rule from 1. */
export type Refusal =
  | { readonly kind: 'notAllowed' | 'notAnOption' | 'notAFlag'; readonly name: string; readonly at: number }
  /** `among`: what there is instead. */
  | { readonly kind: 'unknown'; readonly name: string; readonly among: readonly string[]; readonly at: number }
  | { readonly kind: 'notAnAmount' | 'divisor'; readonly at: number };

/**
 * `steps`: the most that evaluating can take. One step evaluates one part of the rule once, or moves or compares 64 UTF-16 units or one element of a list.
 * `shape` is a guess where the types do not fit, which is told elsewhere.
 */
interface Appraised {
  readonly steps: number;
  readonly shape: Shape;
}

interface Reading {
  readonly scope: Scope;
  readonly refusals: Refusal[];
  /** Keys of the answers it reads, and of those it asks after with `has`. */
  readonly answers: { readonly read: Set<string>; readonly asked: Set<string> };
}

/** The longest piece of a rule that is given back in a fault. */
const SHOWN = 40;

const textOf = ({ input, start, end }: ASTNode): string => {
  const text = input.slice(start, end);
  return (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text).toWellFormed();
};

const refuse = (
  reading: Reading,
  node: ASTNode,
  kind: 'notAllowed' | 'notAnOption' | 'notAFlag',
  name = textOf(node),
): Appraised => {
  reading.refusals.push({ kind, name, at: node.start + 1 });
  return { steps: 1, shape: BOOL };
};

const unknown = (reading: Reading, node: ASTNode, there: ReadonlyMap<string, Shape>): Appraised => {
  reading.refusals.push({ kind: 'unknown', name: textOf(node), among: [...there.keys()], at: node.start + 1 });
  return { steps: 1, shape: BOOL };
};

const stepsOf = (parts: readonly Appraised[]): number => parts.reduce((sum, { steps }) => sum + steps, 0);

/** What is no list is told of elsewhere, and has nothing in it. */
const asList = (shape: Shape): ListShape => (shape.kind === 'list' ? shape : listOf(0, BOOL));

const MAX_INT = 2n ** 63n - 1n;

/** Amounts are whole 分, so there is nothing to count in fractions: floats would bring their own roundings. */
const literal = (node: Extract<ASTNode, { op: 'value' }>, reading: Reading): Appraised => {
  const { args: value } = node;
  if (typeof value === 'string') return { steps: 1, shape: stringOf(value.length) };
  if (typeof value === 'boolean') return { steps: 1, shape: BOOL };
  if (typeof value === 'bigint' && value <= MAX_INT) return { steps: 1, shape: INT };
  return refuse(reading, node, 'notAllowed');
};

const field = (node: Extract<ASTNode, { op: '.' }>, reading: Reading): Appraised => {
  const [owner, key] = node.args;
  const { steps, shape } = appraise(owner, reading);
  if (owner.op === 'id' && owner.args === 'answers') reading.answers.read.add(key);
  if (shape.kind !== 'record') return { steps: steps + 1, shape: BOOL };
  const found = shape.fields.get(key);
  return found === undefined ? unknown(reading, node, shape.fields) : { steps: steps + 1, shape: found };
};

/** Only by a written number: `answers.members[0].name`. What is computed would hide from whoever reads the rule which row it is. */
const element = (node: Extract<ASTNode, { op: '[]' }>, reading: Reading): Appraised => {
  const [list, index] = node.args;
  const { steps, shape } = appraise(list, reading);
  if (typeof index.args !== 'bigint' || isOfNothing(shape)) return refuse(reading, node, 'notAllowed');
  return { steps: steps + 2, shape: asList(shape).item };
};

/** Parts that the library makes of a macro besides what is written: three for the whole, four for every element. */
const MACRO = { once: 3, each: 4 };

/** A macro runs its body once for every element there can be, so macros inside macros multiply. */
const macro = (node: Extract<ASTNode, { op: 'rcall' }>, reading: Reading): Appraised => {
  const [name, list, args] = node.args;
  const [variable, ...bodies] = args;
  const over = appraise(list, reading);
  const { count, item } = asList(over.shape);
  const scope = variable?.op === 'id' ? new Map([...reading.scope, [variable.args, item]]) : reading.scope;
  const inner = bodies.map((body) => appraise(body, { ...reading, scope }));
  const steps = over.steps + MACRO.once + count * (MACRO.each + stepsOf(inner));
  if (name === 'filter') return { steps, shape: over.shape };
  return { steps, shape: name === 'map' ? listOf(count, inner.at(-1)?.shape ?? BOOL) : BOOL };
};

/** Counting the characters of a text walks it by code points. */
const UNITS_PER_STEP_OF_SIZE = 8;

const lengthOf = (shape?: Shape): number => (shape?.kind === 'string' ? shape.length : 0);

const sizeSteps = ({ shape }: Appraised): number => Math.ceil(lengthOf(shape) / UNITS_PER_STEP_OF_SIZE);

/** Reading two dates, or an amount, out of their texts. */
const PARSING = 10;

/** What each function or method gives, and the steps its own work takes besides those of its arguments; a method's first argument is what it is called on. */
type Call = (args: readonly Appraised[]) => Appraised;

const size: Call = (args) => ({ steps: args.reduce((sum, each) => sum + sizeSteps(each), 0), shape: INT });
const parsing: Call = (args) => ({
  steps: args.reduce((sum, { shape }) => sum + PARSING + weightOf(shape), 0),
  shape: INT,
});
const atEitherEnd: Call = ([, wanted]) => ({ steps: wanted === undefined ? 0 : weightOf(wanted.shape), shape: BOOL });

const CALLS: ReadonlyMap<string, Call> = new Map([
  ['size', size],
  ['sum', ([list]) => ({ steps: list === undefined ? 0 : asList(list.shape).count, shape: INT })],
  ['daysBetween', parsing],
  ['yearsBetween', parsing],
  ['yuan', parsing],
  ['wan', parsing],
  ['has', () => ({ steps: 1, shape: BOOL })],
]);
const METHODS: ReadonlyMap<string, Call> = new Map([
  ['size', size],
  [
    'contains',
    ([text, wanted]) => ({ steps: searchWeight(lengthOf(text?.shape), lengthOf(wanted?.shape)), shape: BOOL }),
  ],
  ['startsWith', atEitherEnd],
  ['endsWith', atEitherEnd],
]);
const MACROS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

const applied = (call: Call, args: readonly Appraised[]): Appraised => {
  const { steps, shape } = call(args);
  return { steps: 1 + stepsOf(args) + steps, shape };
};

const UNITS = new Map([
  ['yuan', '元' as const],
  ['wan', '万元' as const],
]);

const called = (node: Extract<ASTNode, { op: 'call' }>, reading: Reading): Appraised => {
  const [name, args] = node.args;
  const call = CALLS.get(name);
  if (call === undefined) return refuse(reading, node, 'notAllowed', name);
  const unit = UNITS.get(name);
  const [first] = args;
  // No name, which is a string here too, is an amount.
  const written = typeof first?.args === 'string' ? first.args : '';
  if (unit !== undefined && !isAmount(written, unit))
    reading.refusals.push({ kind: 'notAnAmount', at: node.start + 1 });
  const { answers } = reading;
  const within = name === 'has' ? { ...reading, answers: { ...answers, read: answers.asked } } : reading;
  return applied(
    call,
    args.map((each) => appraise(each, within)),
  );
};

const calledOn = (node: Extract<ASTNode, { op: 'rcall' }>, reading: Reading): Appraised => {
  const [name, receiver, args] = node.args;
  if (MACROS.has(name)) return macro(node, reading);
  const call = METHODS.get(name);
  if (call === undefined) return refuse(reading, node, 'notAllowed', name);
  return applied(
    call,
    [receiver, ...args].map((each) => appraise(each, reading)),
  );
};

/** A sum of texts or lists is as long as both. */
const added = (left: Shape, right: Shape): Appraised => {
  switch (left.kind) {
    case 'string': {
      const shape = stringOf(left.length + lengthOf(right));
      return { steps: weightOf(shape), shape };
    }
    case 'list': {
      const other = asList(right);
      const count = left.count + other.count;
      return { steps: count, shape: listOf(count, joined(left.item, other.item)) };
    }
    default:
      return { steps: 0, shape: INT };
  }
};

/** A text that is compared with a choice has to be one of its options, or nobody could ever choose it; one with a flag its key, and not its words. */
const expectOption = (node: ASTNode, compared: Shape, reading: Reading): void => {
  if (compared.kind !== 'string' || node.op !== 'value' || typeof node.args !== 'string') return;
  if (compared.options !== undefined && !compared.options.has(node.args)) refuse(reading, node, 'notAnOption');
  if (compared.flag && !Key.safeParse(node.args).success) refuse(reading, node, 'notAFlag');
};

type Binary = Extract<ASTNode, { op: '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' }>;

const binary = (node: Binary, reading: Reading): Appraised => {
  const [leftNode, rightNode] = node.args;
  const [left, right] = [appraise(leftNode, reading), appraise(rightNode, reading)];
  const steps = 1 + left.steps + right.steps;
  switch (node.op) {
    case '+': {
      // `[] + [1] + [text]` would have texts among numbers, which no bound knows of.
      if (isOfNothing(left.shape) || isOfNothing(right.shape)) return refuse(reading, node, 'notAllowed');
      const sum = added(left.shape, right.shape);
      return { steps: steps + sum.steps, shape: sum.shape };
    }
    case '-':
    case '*':
      return { steps, shape: INT };
    case '/':
    case '%': {
      if (rightNode.op !== 'value' || rightNode.args === 0n)
        reading.refusals.push({ kind: 'divisor', at: rightNode.start + 1 });
      return { steps, shape: INT };
    }
    case 'in': {
      const list = asList(right.shape);
      expectOption(leftNode, list.item, reading);
      if (rightNode.op === 'list') for (const each of rightNode.args) expectOption(each, left.shape, reading);
      return { steps: steps + weightOf(list), shape: BOOL };
    }
    case '==':
    case '!=':
      expectOption(leftNode, right.shape, reading);
      expectOption(rightNode, left.shape, reading);
      return { steps: steps + Math.min(weightOf(left.shape), weightOf(right.shape)), shape: BOOL };
    default:
      return { steps: steps + Math.min(weightOf(left.shape), weightOf(right.shape)), shape: BOOL };
  }
};

/**
 * Reads a parsed rule against the allow-list of the language (what is not named here is refused) and counts the most steps its evaluation can take, from
 * the sizes its scope allows. Refusals, and the answers it reads, go to `reading`.
 */
export const appraise = (node: ASTNode, reading: Reading): Appraised => {
  switch (node.op) {
    case 'value':
      return literal(node, reading);
    case 'id': {
      const shape = reading.scope.get(node.args);
      return shape === undefined ? unknown(reading, node, reading.scope) : { steps: 1, shape };
    }
    case '.':
      return field(node, reading);
    case '[]':
      return element(node, reading);
    case 'call':
      return called(node, reading);
    case 'rcall':
      return calledOn(node, reading);
    case 'list': {
      const items = node.args.map((each) => appraise(each, reading));
      const [first] = items;
      const item = first === undefined ? BOOL : items.reduce((shape, each) => joined(shape, each.shape), first.shape);
      return { steps: 1 + stepsOf(items), shape: listOf(items.length, item) };
    }
    case '?:': {
      const [condition, yes, no] = node.args;
      const branches = [appraise(yes, reading), appraise(no, reading)] as const;
      return {
        steps: 1 + appraise(condition, reading).steps + Math.max(branches[0].steps, branches[1].steps),
        shape: joined(branches[0].shape, branches[1].shape),
      };
    }
    case '&&':
    case '||':
      return { steps: 1 + stepsOf(node.args.map((each) => appraise(each, reading))), shape: BOOL };
    case '!_':
    case '-_': {
      const { steps, shape } = appraise(node.args, reading);
      return { steps: 1 + steps, shape };
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in':
      return binary(node, reading);
    default:
      return refuse(reading, node, 'notAllowed');
  }
};
