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
  'logGb',
  'trafficGb',
  'alarmMetric',
  'dashboard',
  'kmsKey',
  'schedulerInvocation',
  'sqsRequest',
  'customMetric',
  'webAcl',
  'webAclRule',
  'secret',
] as const;
type Unit = (typeof UNITS)[number];

const Prices = z.object({
  date: z.iso.date(),
  region: z.string(),
  currency: z.string(),
  perUnit: z.record(z.enum(UNITS), z.number().positive()),
  freeForEver: z.partialRecord(z.enum([...UNITS, 'note']), z.union([z.number().positive(), z.string()])),
});

/** How many of each are used; none of what is not named. */
export type Consumption = Readonly<Partial<Record<Unit, number>>>;

export interface Price {
  /** In the list's currency. */
  readonly total: number;
  /** What is left of it in an account that uses AWS's free tiers without end for nothing else. */
  readonly afterFreeTiers: number;
  /** Of what is used. */
  readonly parts: Readonly<Record<string, number>>;
  /** `us-east-1 2026-11-21 USD`. */
  readonly list: string;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** What a consumption costs by the dated list of prices beside this file. */
export const priceOf = async (consumption: Consumption): Promise<Price> => {
  const text = await readFile(new URL(PRICES, import.meta.url), 'utf8');
  const { date, region, currency, perUnit, freeForEver } = Prices.parse(JSON.parse(text));
  const used = UNITS.flatMap((unit) => {
    const amount = consumption[unit] ?? 0;
    return amount === 0 ? [] : [{ unit, amount }];
  });
  const parts = used.map(({ unit, amount }) => [unit, amount * perUnit[unit]] as const);
  return {
    total: sum(parts.map(([, part]) => part)),
    afterFreeTiers: sum(
      used.map(({ unit, amount }) => Math.max(0, amount - Number(freeForEver[unit] ?? 0)) * perUnit[unit]),
    ),
    parts: Object.fromEntries(parts),
    list: `${region} ${date} ${currency}`,
  };
};
