import type { JsonObject } from '#shared/domain/json-object.ts';
import { InOrder } from './in-order.ts';

/**
 * Makes the canonical form of an object that was sent, key by key. What was canonical as it was sent is given back itself: a copy would cost more than
 * all the checks, and `===` tells that nothing changed.
 */
export class Canonical<Value> {
  readonly #sent: JsonObject;
  readonly #reader: InOrder<unknown>;
  readonly #keys: string[] = [];
  readonly #values: Value[] = [];
  #taken: unknown;
  #isSame = true;

  constructor(sent: JsonObject) {
    this.#sent = sent;
    this.#reader = new InOrder(sent);
  }

  /** What was sent under a key; undefined where nothing was. */
  take(key: string): unknown {
    this.#taken = this.#reader.take(key);
    return this.#taken;
  }

  /** What the value taken last becomes, or nothing. */
  put(key: string, value: Value | undefined): void {
    // JSON has -0, which is to become 0: `===` would not see the difference.
    this.#isSame &&= Object.is(value, this.#taken);
    if (value === undefined) return;
    this.#keys.push(key);
    this.#values.push(value);
  }

  /** Whether every key was taken, in the order they were sent in: none of them is unknown. */
  get isWhole(): boolean {
    return this.#reader.isAtEnd;
  }

  #isMade(sent: JsonObject): sent is Readonly<Record<string, Value>> {
    return this.#isSame && this.isWhole && sent === this.#sent;
  }

  made(): Readonly<Record<string, Value>> {
    if (this.#isMade(this.#sent)) return this.#sent;
    const made: Record<string, Value> = Object.create(null);
    this.#values.forEach((value, index) => {
      const key = this.#keys[index];
      if (key !== undefined) made[key] = value;
    });
    return made;
  }
}
