/** Where a text stands that stood before; what is no text is never the same as another. */
export const repeated = (values: readonly unknown[]): readonly number[] => {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (typeof value !== 'string') return [];
    if (seen.has(value)) return [index];
    seen.add(value);
    return [];
  });
};
