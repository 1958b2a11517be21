/**
 * Reads an object's own values by key, fast while keys are asked for in the order they are in: that of the form, for all answers that are kept. Looking
 * each of them up would cost more than checking it.
 */
export class InOrder<Value> {
  readonly #object: Readonly<Record<string, Value>>;
  readonly #keys: readonly string[];
  readonly #values: readonly Value[];
  #next = 0;

  constructor(object: Readonly<Record<string, Value>>) {
    this.#object = object;
    this.#keys = Object.keys(object);
    this.#values = Object.values(object);
  }

  /** The value of a key if it has one of its own: keys are data, so what objects inherit never counts. */
  take(key: string): Value | undefined {
    if (this.#keys[this.#next] !== key) return Object.hasOwn(this.#object, key) ? this.#object[key] : undefined;
    const value = this.#values[this.#next];
    this.#next += 1;
    return value;
  }

  /** Whether every key was asked for, in the order they are in. */
  get isAtEnd(): boolean {
    return this.#next === this.#keys.length;
  }
}
