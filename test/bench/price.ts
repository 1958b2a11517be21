import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const PRICES = 'prices-2026-11.json';

const UNITS = [
  'httpApiRequest',
  'lambdaRequest',
  'lambdaGbSecond',
  'dynamoDbWru',
  'dynamoDbRru',
  's3Put',
  's3Get',
  'eventBridgeEvent',
] as const;
type Unit = (typeof UNITS)[number];

const Prices = z.object({
  date: z.iso.date(),
  region: z.string(),
  currency: z.string(),
  perUnit: z.record(z.enum(UNITS), z.number().positive()),
});

/** How many of each are used. */
export type Consumption = Readonly<Record<Unit, number>>;

export interface Price {
  /** In the list's currency. */
  readonly total: number;
  readonly parts: Readonly<Record<string, number>>;
  /** `us-east-1 2026-11-21 USD`. */
  readonly list: string;
}

/** What a consumption costs by the dated list of prices beside this file. */
export const priceOf = async (consumption: Consumption): Promise<Price> => {
  const text = await readFile(new URL(PRICES, import.meta.url), 'utf8');
  const { date, region, currency, perUnit } = Prices.parse(JSON.parse(text));
  const parts = Object.fromEntries(UNITS.map((unit) => [unit, consumption[unit] * perUnit[unit]]));
  return {
    total: Object.values(parts).reduce((sum, part) => sum + part, 0),
    parts,
    list: `${region} ${date} ${currency}`,
  };
};
