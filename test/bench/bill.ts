import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';
import { findStage } from '#infra/stage.ts';
import { synthesized } from '#test/infra/synthesized.ts';
import { type Report, rounded } from './figure.ts';
import { type OwnStores, startOwnStores } from './flow-stores.ts';
import { accessLogBytes, invocationLogBytes } from './log-bytes.ts';
import { measureFlow, type StepUsage } from './measure-flow.ts';
import { type Consumption, priceOf } from './price.ts';
import { median } from './ratio.ts';

const SUBMISSIONS = 1_000;
const GB = 1_024 ** 3;

/** Lambda gives a whole processor at this memory, and a share below it. */
const WHOLE_PROCESSOR_MB = 1_769;

/** What is reckoned, not measured: how long a warm request waits for the reply, ms, within a region. */
const LATENCY_MS = { dynamoDbRead: 4, dynamoDbWrite: 10, s3: 25 };

/** Memory sizes to compare the stage's with, MB. */
const SIZES = [256, 512, 1_024, 1_769];

/** Flows that the compiler gets to know the functions by, and flows that count; BILL_FLOWS for a short run. */
const WARM_UPS = 30;
const FLOWS = Number(process.env.BILL_FLOWS ?? 60);

const Played = z.object({
  measured: z.array(z.array(z.object({ functionId: z.string(), ms: z.number() }))).min(1),
  log: z.object({ lines: z.int(), bytes: z.int() }),
  bodies: z.object({ requestBytes: z.int(), replyBytes: z.int() }),
});

const playElsewhere = async ({ addresses, tables }: OwnStores) => {
  const child = fork(new URL('flow-once.ts', import.meta.url), {
    env: { ...process.env, POWERTOOLS_LOG_LEVEL: findStage('prod').logLevel, POWERTOOLS_SERVICE_NAME: 'shenbao' },
  });
  try {
    child.send({ addresses, tables, warmUps: WARM_UPS, flows: FLOWS });
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`The flows ended with ${code}`))),
    ]);
    return Played.parse(message);
  } finally {
    child.kill();
  }
};

const add = <Each>(of: readonly Each[], count: (one: Each) => number): number =>
  of.reduce((sum, one) => sum + count(one), 0);

const s3Requests = ({ s3 }: StepUsage): number => add(Object.values(s3), (requests) => requests);

/** What an invocation waits for: its round trips one after the other, as they were counted. */
const waitingMs = (step: StepUsage): number =>
  step.dynamoDb.readRoundTrips * LATENCY_MS.dynamoDbRead +
  step.dynamoDb.writeRoundTrips * LATENCY_MS.dynamoDbWrite +
  s3Requests(step) * LATENCY_MS.s3;

interface Timed {
  readonly functionId: string;
  readonly processorMs: number;
  readonly waitingMs: number;
}

/** What is billed: a share of a processor takes longer, and begun milliseconds count. */
const billedMs = ({ processorMs, waitingMs: waiting }: Timed, memoryMb: number): number =>
  Math.ceil((processorMs * WHOLE_PROCESSOR_MB) / Math.min(memoryMb, WHOLE_PROCESSOR_MB) + waiting);

const gbSeconds = (timed: readonly Timed[], memoryMb: number): number =>
  add(timed, (step) => (billedMs(step, memoryMb) / 1_000) * (memoryMb / 1_024));

const thousand = (parts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(parts).map(([unit, part]) => [unit, rounded(part * SUBMISSIONS, 5)]));

/** All that the flow uses, from the draft to the receipt, and what 1,000 of it cost. */
export const benchBill = async (report: Report): Promise<void> => {
  const stage = findStage('prod');
  const format = accessLogBytes(synthesized(stage).ofType('AWS::ApiGatewayV2::Stage'));
  const stores = await startOwnStores();
  try {
    const { steps } = await measureFlow(stores, stores.observer);
    const { measured, log, bodies } = await playElsewhere(stores);
    const timed = steps.map((step, place): Timed => {
      const each = measured.flatMap((flow) => flow[place]?.ms ?? []);
      return { functionId: step.functionId, processorMs: median(each), waitingMs: waitingMs(step) };
    });
    const events = steps.filter(({ functionId }) => functionId === 'admitAttachment').length;
    const requests = steps.length - events;
    const ownLogBytes = log.bytes / FLOWS;
    const logBytes =
      ownLogBytes + steps.length * invocationLogBytes(log.lines / FLOWS / steps.length) + requests * format;
    const each: Consumption = {
      httpApiRequest: requests,
      lambdaRequest: steps.length,
      lambdaGbSecond: gbSeconds(timed, stage.memorySize),
      dynamoDbWru: add(steps, ({ dynamoDb }) => dynamoDb.wru),
      dynamoDbRru: add(steps, ({ dynamoDb }) => dynamoDb.rru),
      // One upload by the applicant for each event.
      s3Put: events,
      s3Get: add(steps, s3Requests),
      eventBridgeEvent: events,
      logGb: logBytes / GB,
      trafficGb: bodies.replyBytes / FLOWS / GB,
    };
    const { total, parts, list } = await priceOf(each);
    report({
      name: 'lambda-milliseconds',
      value: Object.fromEntries(
        SIZES.map((size) => [`billedMsOfFlowAt${size}Mb`, add(timed, (step) => billedMs(step, size))]),
      ),
      unit: 'ms billed for the 9 warm invocations of a flow',
      n: FLOWS,
      against: `processor time measured (median; one whole processor), times ${WHOLE_PROCESSOR_MB}/MB; reckoned: ${LATENCY_MS.dynamoDbRead} ms a read, ${LATENCY_MS.dynamoDbWrite} a write, ${LATENCY_MS.s3} a look into S3, each round trip counted`,
      detail: {
        invocations: timed.map(({ processorMs, ...rest }) => ({ ...rest, processorMs: rounded(processorMs, 2) })),
        usdPer1000ByMb: Object.fromEntries(
          await Promise.all(
            SIZES.map(async (size) => {
              const { total: cost } = await priceOf({ lambdaGbSecond: gbSeconds(timed, size) });
              return [size, rounded(cost * SUBMISSIONS, 4)] as const;
            }),
          ),
        ),
      },
    });
    report({
      name: 'price-per-1000-submissions',
      value: {
        all: rounded(total * SUBMISSIONS, 4),
        withoutLogsAndTraffic: rounded((total - (parts.logGb ?? 0) - (parts.trafficGb ?? 0)) * SUBMISSIONS, 4),
      },
      unit: list,
      n: 1,
      against: `requests, units and bytes counted through the flow, milliseconds at ${stage.memorySize} MB; without free tiers, storage, cold starts and what is told of it (mail, webhooks)`,
      aim: '≤ 0.05; requests and uploads alone are 0.019',
      detail: {
        each: { ...each, logBytes: rounded(logBytes, 0), ownLogBytes: rounded(ownLogBytes, 0) },
        perFlow: { requestBytes: bodies.requestBytes / FLOWS, replyBytes: bodies.replyBytes / FLOWS },
        parts: thousand(parts),
      },
    });
  } finally {
    await stores.stop();
  }
};
