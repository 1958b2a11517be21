/** A value, and the characters of the JSON it was read from: parsed it takes some four times as many bytes. */
export interface Sized<Value> {
  readonly value: Value;
  readonly size: number;
}

export interface BoundedCache<Value> {
  /** The cached value, or what `load` gives; a load that fails or finds nothing is not kept. */
  get(key: string, load: () => Promise<Sized<Value> | undefined>): Promise<Value | undefined>;
}

/** Keeps immutable values of at most `capacity` together, or one that is larger, for the life of an instance; the one not asked for the longest goes first. */
export const boundedCache = <Value>(capacity: number): BoundedCache<Value> => {
  const kept = new Map<string, Sized<Value>>();
  let total = 0;
  const drop = (key: string): void => {
    total -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  return {
    async get(key, load) {
      const sized = kept.get(key) ?? (await load());
      if (sized === undefined) return undefined;
      drop(key);
      kept.set(key, sized);
      total += sized.size;
      for (const oldest of kept.keys()) {
        if (total <= capacity || oldest === key) break;
        drop(oldest);
      }
      return sized.value;
    },
  };
};
