/** Whole numbers from `least` to `most`; no `most` where nothing bounds them from above. */
export interface Bounds {
  readonly least: bigint;
  readonly most?: bigint;
}

export const UNBOUNDED: Bounds = { least: 0n };

const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other);

const between = (least: bigint, most: bigint | undefined): Bounds => (most === undefined ? { least } : { least, most });

const lower = (one: bigint | undefined, other: bigint | undefined): bigint | undefined => {
  if (one === undefined) return other;
  return other === undefined ? one : smaller(one, other);
};

const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);

/** What the sum of all of them can be. */
export const sumOfBounds = (all: readonly Bounds[]): Bounds =>
  all.reduce((sum, { least, most }) =>
    between(sum.least + least, sum.most === undefined || most === undefined ? undefined : sum.most + most),
  );

/** What meets both, or nothing where no number does. */
export const meetOf = (one: Bounds, other: Bounds): Bounds | undefined => {
  const met = between(larger(one.least, other.least), lower(one.most, other.most));
  return met.most !== undefined && met.least > met.most ? undefined : met;
};

/** The narrowest bounds that hold every number of any of them. */
export const spanOf = (all: readonly Bounds[]): Bounds =>
  all.reduce((span, { least, most }) =>
    between(
      smaller(span.least, least),
      span.most === undefined || most === undefined ? undefined : larger(span.most, most),
    ),
  );

/** As a notice would print it: `4`, `5–8`, `≥2`. */
export const boundsText = ({ least, most }: Bounds): string => {
  if (most === undefined) return `≥${least}`;
  return least === most ? `${least}` : `${least}–${most}`;
};
