import { parseDecimal } from '#shared/domain/money/decimal.ts';
import type { RuleEnvironment } from './environment.ts';
import type { RuleFacts } from './facts.ts';
import type { RecordShape, Shape } from './shape.ts';

type Constructors = RuleEnvironment['constructors'];

const intOf = (value: unknown, { money }: Extract<Shape, { kind: 'int' }>): bigint | undefined => {
  if (money !== undefined) return typeof value === 'string' ? parseDecimal(value, money).fen : undefined;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined;
};

const recordValue = (value: unknown, shape: RecordShape, constructors: Constructors): unknown => {
  const Constructor = constructors.get(shape.name);
  if (Constructor === undefined || typeof value !== 'object' || value === null) return undefined;
  const entries = [...shape.fields].flatMap(([key, field]): (readonly [string, unknown])[] => {
    const read = Object.hasOwn(value, key) ? factValue(Reflect.get(value, key), field, constructors) : undefined;
    return read === undefined ? [] : [[key, read]];
  });
  return new Constructor(entries);
};

/** A fact as the library takes it; undefined where it has not the shape. */
const factValue = (value: unknown, shape: Shape, constructors: Constructors): unknown => {
  switch (shape.kind) {
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'int':
      return intOf(value, shape);
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'list':
      if (!Array.isArray(value)) return undefined;
      return value.flatMap((each: unknown) => factValue(each, shape.item, constructors) ?? []);
    case 'record':
      return recordValue(value, shape, constructors);
  }
};

const isBlank = (answer: unknown): boolean =>
  (typeof answer === 'string' && !/\S/.test(answer)) || (Array.isArray(answer) && answer.length === 0);

/** Without what is not filled in: blank text, no choice and a table without rows are answers nobody gave. */
const filledIn = (answers: object): object =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([key, answer]: [string, unknown]) => {
      if (isBlank(answer)) return [];
      const rows = Array.isArray(answer) && answer.every((row) => typeof row === 'object' && row !== null);
      return [[key, rows ? answer.map(filledIn) : answer]];
    }),
  );

/** Reads facts as values of the scope, by variable; what is not there yet is left out. Each object of facts is read once, however many rules ask. */
export const valuesReader = ({ scope, constructors }: RuleEnvironment) => {
  const read = new WeakMap<object, unknown>();
  const valueOnce = (fact: object, shape: Shape, of: (fact: object) => object): unknown => {
    if (!read.has(fact)) read.set(fact, factValue(of(fact), shape, constructors));
    return read.get(fact);
  };
  return (facts: RuleFacts): Map<string, unknown> => {
    const known = new Map<string, object | undefined>(Object.entries(facts));
    const values = new Map<string, unknown>();
    for (const [name, shape] of scope) {
      const fact = known.get(name);
      if (fact !== undefined) values.set(name, valueOnce(fact, shape, name === 'answers' ? filledIn : (it) => it));
    }
    return values;
  };
};
