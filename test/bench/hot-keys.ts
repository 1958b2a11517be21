import { submitSubmission } from '#shared/contract/submit.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';
import { addChangde } from './changde.ts';
import { type Report, rounded } from './figure.ts';
import { flowFunctions } from './flow-functions.ts';
import { startOwnStores } from './flow-stores.ts';
import { histogramOf, loadByKey } from './key-load.ts';
import { type Charge, meter } from './meter.ts';
import { describeTables } from './metered-tables.ts';
import { writeReadyDrafts } from './rush-drafts.ts';

/** Of 100 units, as the call allows each three; HOT_KEYS_SUBMITS for a short run. */
const SUBMITS = Number(process.env.HOT_KEYS_SUBMITS ?? 300);
/** The rate that loads are projected to: half as many again as the busiest seconds of 1,000 units' last hour. */
const SUBMITS_A_SECOND = 160;

/** A partition of DynamoDB takes so many units a second: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
const PARTITION_LIMITS = { wru: 1_000, rru: 3_000 };

const personOf = (unitId: string): string => `person of ${unitId}`;

/** Submits of many units by people of their own, through the function itself, each request counted key by key. */
const chargesOfSubmits = async (): Promise<readonly Charge[]> => {
  const stores = await startOwnStores();
  try {
    await addChangde(stores);
    const { drafts } = await writeReadyDrafts(stores.db, stores.tables, SUBMITS, personOf);
    const { submitSubmission: submit } = flowFunctions(stores);
    const counted = meter(stores.db, await describeTables(stores.observer, stores.tables), stores.observer);
    const charges: Charge[] = [];
    for (const { head } of drafts.slice(0, SUBMITS)) {
      const event = httpEvent({
        claims: { sub: personOf(head.unitId), token_use: 'access' },
        pathParameters: { submissionId: head.submissionId },
        receivedAt: Date.now(),
      });
      const { result, usage } = await counted.measure(() => submit(event, lambdaContext()));
      if (result.statusCode !== submitSubmission.status) throw new Error(`A submit was refused: ${result.body}`);
      charges.push(...usage.charges);
    }
    return charges;
  } finally {
    await stores.stop();
  }
};

/** How hot the hottest keys are while everybody submits, against what one partition takes. */
export const benchHotKeys = async (report: Report): Promise<void> => {
  const charges = await chargesOfSubmits();
  for (const unit of ['wru', 'rru'] as const) {
    const perSecond = loadByKey(charges, unit).map(({ partition, units }) => ({
      partition,
      units: (units / SUBMITS) * SUBMITS_A_SECOND,
    }));
    const stores = [...new Set(perSecond.map(({ partition }) => partition.split(' ')[0] ?? ''))];
    const histogram = stores.map((store) => {
      const keys = perSecond.filter(({ partition }) => partition.startsWith(`${store} `));
      const [hottest] = keys;
      return {
        ...{ store, keys: keys.length, hottest: rounded(hottest?.units ?? 0, 1), hottestKey: hottest?.partition },
        keysByUnitsASecond: histogramOf(keys),
      };
    });
    report({
      name: `hottest-key-${unit}`,
      value: {
        perSecond: rounded(perSecond[0]?.units ?? 0, 1),
        ofPartition: rounded((perSecond[0]?.units ?? 0) / PARTITION_LIMITS[unit], 4),
      },
      unit: `${unit.toUpperCase()} a second on one key at ${SUBMITS_A_SECOND} submits a second, and its share of ${PARTITION_LIMITS[unit]}`,
      n: SUBMITS,
      against:
        'counted from the requests of the submit function, by the published rules; every unit has its own person',
      detail: histogram,
    });
  }
};
