import type { ASTNode } from '@marcbachmann/cel-js';

type Evaluate = (this: ASTNode, ...args: readonly unknown[]) => unknown;

/**
 * Counts every part of a rule that the library evaluates from now on: it keeps what evaluates a part as that part's own property, so a property of their
 * common prototype sees each of them, until it is told to `stop`. `node` is any part.
 */
export const countSteps = (node: ASTNode): { taken: number; stop: () => void } => {
  const prototype: unknown = Object.getPrototypeOf(node);
  if (typeof prototype !== 'object' || prototype === null) throw new Error('the library makes its parts of no class');
  const original = Object.getOwnPropertyDescriptor(prototype, 'evaluate') ?? {};
  const counted = { taken: 0, stop: () => void Object.defineProperty(prototype, 'evaluate', original) };
  const choose: Evaluate = Reflect.get(prototype, 'evaluate');
  const chosen = new WeakMap<object, Evaluate>();
  Object.defineProperty(prototype, 'evaluate', {
    configurable: true,
    get() {
      const own = chosen.get(this);
      if (own === undefined) return choose;
      return function evaluate(this: ASTNode, ...args: readonly unknown[]) {
        counted.taken += 1;
        return Reflect.apply(own, this, args);
      };
    },
    set(own: Evaluate) {
      chosen.set(this, own);
    },
  });
  return counted;
};
