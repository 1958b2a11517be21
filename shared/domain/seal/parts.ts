import { createHash } from 'node:crypto';
import type { RosterPart, WithdrawalPart } from '#shared/contract/seals.ts';
import type { Found } from './merge-rosters.ts';
import { leafHash, rootOf, toHex } from './merkle-tree.ts';
import { lineOf, withdrawnEntryOf } from './roster.ts';

/** Entries of a part: a power of two, so that a part is a complete subtree and the root follows from the parts' roots. */
export const PART_ENTRIES = 1_024;

/** A file to be written once, what the manifest says of it, and the last place it covers. */
export interface WrittenPart<Part> {
  readonly part: Part;
  readonly body: Uint8Array;
  readonly lastPlace: string;
}

const partName = (kind: 'part' | 'withdrawn', number: number): string =>
  `${kind}-${String(number).padStart(5, '0')}.ndjson`;

const fileOf = (name: string, lines: readonly string[]) => {
  const body = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');
  const sha256 = createHash('sha256').update(body).digest('hex');
  return { body, file: { name, count: lines.length, bytes: body.length, sha256 } };
};

/** Batches of at most `PART_ENTRIES` of what `pick` takes over, with the last place of each. */
async function* batches<Item>(
  places: AsyncIterable<Found>,
  pick: (found: Found) => Item | undefined,
): AsyncGenerator<{ items: Item[]; lastPlace: string }> {
  let items: Item[] = [];
  let lastPlace = '';
  for await (const found of places) {
    const item = pick(found);
    if (item === undefined) continue;
    items.push(item);
    lastPlace = found.place;
    if (items.length < PART_ENTRIES) continue;
    yield { items, lastPlace };
    items = [];
  }
  if (items.length > 0) yield { items, lastPlace };
}

/** What of the order is behind `after`: a step that goes on takes up there. */
export async function* behind(places: AsyncIterable<Found>, after: string | undefined): AsyncGenerator<Found> {
  for await (const found of places) if (after === undefined || found.place > after) yield found;
}

/**
 * The roster in parts: what is there now and in no earlier seal, numbered from `firstNo` on.
 *
 * @param written how many parts there are before these, all of them full
 */
export async function* rosterParts(
  places: AsyncIterable<Found>,
  { firstNo, written }: { firstNo: number; written: number },
): AsyncGenerator<WrittenPart<RosterPart>> {
  let number = written;
  const pick = ({ current, sealed }: Found) => (sealed === undefined ? current : undefined);
  for await (const { items, lastPlace } of batches(places, pick)) {
    const start = firstNo + number * PART_ENTRIES;
    const entries = items.map((item, place) => ({ acceptanceNo: start + place, ...item }));
    const lines = entries.map(lineOf);
    const [first] = entries;
    if (first === undefined) continue;
    number += 1;
    const { body, file } = fileOf(partName('part', number), lines);
    const { acceptanceNo, submittedAt, submissionId } = first;
    const root = toHex(rootOf(lines.map(leafHash)));
    yield { part: { ...file, first: { acceptanceNo, submittedAt, submissionId }, root }, body, lastPlace };
  }
}

/** What earlier seals have, is not there any more and was not listed as withdrawn before, in parts. */
export async function* withdrawalParts(
  places: AsyncIterable<Found>,
  written: number,
): AsyncGenerator<WrittenPart<WithdrawalPart>> {
  let number = written;
  const pick = ({ current, sealed, withdrawn }: Found) =>
    current === undefined && withdrawn === undefined ? sealed : undefined;
  for await (const { items, lastPlace } of batches(places, pick)) {
    number += 1;
    const { body, file } = fileOf(
      partName('withdrawn', number),
      items.map((entry) => lineOf(withdrawnEntryOf(entry))),
    );
    yield { part: file, body, lastPlace };
  }
}
