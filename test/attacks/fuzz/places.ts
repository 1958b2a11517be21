/** A step into a JSON value: an object's key or an array's index. */
type Step = string | number;

/** Where in a JSON value something lies; the root is the empty path. */
type Place = readonly Step[];

/** Every place of a JSON value, the root first. */
export const placesOf = (value: unknown, at: Place = []): Place[] => {
  if (typeof value !== 'object' || value === null) return [at];
  const below = Array.isArray(value)
    ? value.flatMap((entry, index) => placesOf(entry, [...at, index]))
    : Object.entries(value).flatMap(([key, entry]) => placesOf(entry, [...at, key]));
  return [at, ...below];
};

export const valueAt = (value: unknown, place: Place): unknown =>
  place.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );

/** A copy in which what lies at a place is what `change` makes of it; undefined takes it out. */
export const changedAt = (value: unknown, place: Place, change: (before: unknown) => unknown): unknown => {
  const [step, ...rest] = place;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    const entries = value.map((entry, index) => (index === step ? changedAt(entry, rest, change) : entry));
    return entries.filter((entry) => entry !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => [
    key,
    key === step ? changedAt(entry, rest, change) : entry,
  ]);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
};
