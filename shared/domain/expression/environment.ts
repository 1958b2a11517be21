import { Environment } from '@marcbachmann/cel-js';
import { FUNCTIONS } from './functions.ts';
import { type RecordShape, type Scope, type Shape, typeOf } from './shape.ts';

/** A rule of 1,000 characters has fewer parts than this; one that is nested deeper nobody reads. */
const LIMITS = { maxAstNodes: 600, maxDepth: 40, maxListElements: 200, maxMapEntries: 1, maxCallArguments: 4 };

const language = new Environment({ limits: LIMITS });
for (const [signature, handler] of Object.entries(FUNCTIONS))
  language.registerFunction(signature, handler, { async: false });

/** The library tells a record's type by its constructor; a Map, so that a field is never something that objects inherit. */
type RecordConstructor = new (entries: readonly (readonly [string, unknown])[]) => ReadonlyMap<string, unknown>;

/** A scope that rules are read, checked and evaluated in. */
export interface RuleEnvironment {
  readonly scope: Scope;
  readonly cel: Environment;
  readonly constructors: ReadonlyMap<string, RecordConstructor>;
}

/** Records of a shape, those it is made of before it. */
const recordsIn = (shape: Shape): RecordShape[] => {
  if (shape.kind === 'list') return recordsIn(shape.item);
  if (shape.kind !== 'record') return [];
  return [...[...shape.fields.values()].flatMap(recordsIn), shape];
};

export const ruleEnvironment = (scope: Scope): RuleEnvironment => {
  const cel = language.clone();
  const constructors = new Map<string, RecordConstructor>();
  for (const { name, fields } of [...scope.values()].flatMap(recordsIn)) {
    const ctor = class extends Map<string, unknown> {};
    constructors.set(name, ctor);
    cel.registerType(name, {
      ctor,
      fields: Object.fromEntries([...fields].map(([key, shape]) => [key, typeOf(shape)])),
    });
  }
  for (const [name, shape] of scope) cel.registerVariable(name, typeOf(shape));
  return { scope, cel, constructors };
};
