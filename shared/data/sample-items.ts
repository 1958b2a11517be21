import * as z from 'zod';
import { CategoryCode, Instant } from '#shared/contract/primitives.ts';
import { parseItem } from './parse-item.ts';
import type { TransactWrite } from './transact.ts';

/** Begins the names of all samples, in the partition of their call. */
export const SAMPLE_ITEMS = 'sample#';

const counts = { submissions: z.int(), units: z.int(), drafts: z.int() };

/** What a call's units had at one moment: the instant it stands for, and the one it was counted at, which a late tick makes a later one. */
const Sample = z.object({
  instant: Instant,
  countedAt: Instant,
  ...counts,
  categories: z.record(CategoryCode, z.object(counts)),
});
export type Sample = z.output<typeof Sample>;

/** Keeps a sample, once for its instant. */
export const sampleItem = (tableName: string, callId: string, sample: Sample): TransactWrite => ({
  Put: {
    TableName: tableName,
    Item: { callId, item: `${SAMPLE_ITEMS}${sample.instant}`, ...sample },
    ConditionExpression: 'attribute_not_exists(callId)',
  },
});

export const parseSample = (item: unknown): Sample => parseItem('sample', Sample, item);
