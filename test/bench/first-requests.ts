import type { FunctionFolder } from '#infra/functions.ts';
import { recordedEvent } from '#test/contract/recorded-events.ts';
import { arrivedFile, askForExport, makeRetentionDue, scannedFile } from '#test/support/ready-for-jobs.ts';
import { sealingOf } from '#test/support/world-content.ts';
import { CALLS, EXPORTS } from '#test/support/world-ids.ts';
import type { Stores } from '#test/support/world-stores.ts';

/** Brings about what a function's event needs beyond the fixture world. @returns the event */
export type Ready = (round: number) => Promise<unknown>;

/** The user pool keeps its accounts, so each round makes another. */
const accountOf = (round: number): string => `huaxue-cold-${round}`;

/** A fixture world's first request for each function: the one recorded in events/. */
export const firstRequestsIn = (world: Stores): ((folder: FunctionFolder) => Ready) => {
  const { begin: beginSealing } = sealingOf(world);
  const more: Readonly<Record<FunctionFolder, Ready>> = {
    'organizations/create-account': async (round) =>
      JSON.parse(
        JSON.stringify(recordedEvent('organizations/create-account')).replaceAll('huaxue-3', accountOf(round)),
      ),
    'jobs/seal-calls': async () => {
      await beginSealing(CALLS.past);
      return recordedEvent('jobs/seal-calls');
    },
    'jobs/admit-attachment': () => arrivedFile(world),
    'jobs/record-scan': async () => (await scannedFile(world, 'jobs/record-scan')).event,
    'jobs/run-export': async () => {
      await askForExport(world, { exportId: EXPORTS.asked, callId: CALLS.past, format: 'ndjson' });
      return recordedEvent('jobs/run-export');
    },
    'jobs/apply-retention': async () => {
      await makeRetentionDue(world);
      return recordedEvent('jobs/apply-retention');
    },
    'site/site': async () => recordedEvent('site/openapi'),
  };
  return (folder) => more[folder] ?? (async () => recordedEvent(folder));
};
