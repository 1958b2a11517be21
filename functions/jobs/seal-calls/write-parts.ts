import type { RosterPart, WithdrawalPart } from '#shared/contract/seals.ts';
import type { Run, Sealed, SealUnderWay, SealWork } from '#shared/data/seal-items.ts';
import { type Found, mergeRosters } from '#shared/domain/seal/merge-rosters.ts';
import { behind, rosterParts, type WrittenPart, withdrawalParts } from '#shared/domain/seal/parts.ts';
import { parseUnnumbered, type UnnumberedEntry } from '#shared/domain/seal/roster.ts';
import { runKey, sealFileKey } from '#shared/storage/seal-keys.ts';
import type { SealObjects } from '#shared/storage/seal-objects.ts';
import type { SealedRosters } from '#shared/storage/sealed-rosters.ts';

export interface Rosters {
  readonly objects: Pick<SealObjects, 'writeOnce' | 'lines'>;
  readonly rosters: Pick<SealedRosters, 'entries' | 'withdrawn'>;
  /** Parts between two records of how far it came: of 16, some 16,000 entries in a second or two. */
  readonly partsPerStep: number;
}

async function* entriesOfRun(
  objects: Pick<SealObjects, 'lines'>,
  seal: SealUnderWay,
  { sha256, bytes }: Run,
): AsyncGenerator<UnnumberedEntry> {
  for await (const line of objects.lines([{ key: runKey(seal, sha256), sha256, bytes }])) yield parseUnnumbered(line);
}

/** All that is in the call now or was in earlier seals, in the order of the roster. */
const places = (
  { objects, rosters }: Rosters,
  seal: SealUnderWay,
  runs: readonly Run[],
  earlier: readonly Sealed[],
): AsyncGenerator<Found> =>
  mergeRosters({
    current: runs.map((run) => entriesOfRun(objects, seal, run)),
    sealed: earlier.map((one) => rosters.entries(one)),
    withdrawn: earlier.map((one) => rosters.withdrawn(one)),
  });

/** Writes parts as they come and gives, every so many of them and at the end, all there are by then and the last place they cover. */
async function* written<Part extends RosterPart | WithdrawalPart>(
  { objects, partsPerStep }: Pick<Rosters, 'objects' | 'partsPerStep'>,
  seal: SealUnderWay,
  before: readonly Part[],
  parts: AsyncIterable<WrittenPart<Part>>,
): AsyncGenerator<{ parts: Part[]; after: string }> {
  const all = [...before];
  let unsaid: string | undefined;
  for await (const { part, body, lastPlace } of parts) {
    await objects.writeOnce(sealFileKey(seal, part.name), body, 'application/x-ndjson');
    all.push(part);
    unsaid = lastPlace;
    if (all.length % partsPerStep !== 0) continue;
    yield { parts: [...all], after: lastPlace };
    unsaid = undefined;
  }
  if (unsaid !== undefined) yield { parts: all, after: unsaid };
}

/** Merges the runs and writes, part by part, what no earlier seal has. */
export async function* merge(
  from: Rosters,
  seal: SealUnderWay,
  { runs, parts, after }: Extract<SealWork, { step: 'merge' }>,
  earlier: readonly Sealed[],
): AsyncGenerator<SealWork> {
  const firstNo = (earlier.at(-1)?.accepted ?? 0) + 1;
  const rest = behind(places(from, seal, runs, earlier), after);
  let all = parts;
  for await (const step of written(from, seal, parts, rosterParts(rest, { firstNo, written: parts.length }))) {
    all = step.parts;
    yield { step: 'merge', runs, ...step };
  }
  yield earlier.length === 0
    ? { step: 'finish', parts: all, withdrawals: [] }
    : { step: 'withdraw', runs, parts: all, withdrawals: [] };
}

/** Writes, part by part, what earlier seals have and the call has no more. */
export async function* withdraw(
  from: Rosters,
  seal: SealUnderWay,
  { runs, parts, withdrawals, after }: Extract<SealWork, { step: 'withdraw' }>,
  earlier: readonly Sealed[],
): AsyncGenerator<SealWork> {
  const rest = behind(places(from, seal, runs, earlier), after);
  let all = withdrawals;
  for await (const step of written(from, seal, withdrawals, withdrawalParts(rest, withdrawals.length))) {
    all = step.parts;
    yield { step: 'withdraw', runs, parts, withdrawals: all, after: step.after };
  }
  yield { step: 'finish', parts, withdrawals: all };
}
