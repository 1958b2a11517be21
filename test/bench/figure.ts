/** One line of `npm run bench`. Values are numbers in the unit, by name where there are several. */
export interface Figure {
  readonly name: string;
  readonly value: number | Readonly<Record<string, number>>;
  readonly unit: string;
  /** How many measurements stand behind it; 1 for what is counted exactly. */
  readonly n: number;
  /** What it was measured against, or counted from. */
  readonly against: string;
  readonly interval?: readonly [low: number, high: number];
  readonly aim?: string;
  readonly detail?: unknown;
}

export type Report = (figure: Figure) => void;

export const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));
