export interface BoundedCache<Value> {
  /** The cached value, or what `load` gives; a load that fails or finds nothing is not kept. */
  get(key: string, load: () => Promise<Value>): Promise<Value>;
}

/** Keeps at most `capacity` immutable values, for the life of an instance; the one not asked for the longest goes first. */
export const boundedCache = <Value>(capacity: number): BoundedCache<Value> => {
  const values = new Map<string, Value>();
  return {
    async get(key, load) {
      const value = values.get(key) ?? (await load());
      if (value === undefined) return value;
      values.delete(key);
      values.set(key, value);
      const [oldest] = values.keys();
      if (values.size > capacity && oldest !== undefined) values.delete(oldest);
      return value;
    },
  };
};
