import type { RosterEntry, WithdrawnEntry } from '#shared/contract/seals.ts';
import { placeOf, type UnnumberedEntry } from './roster.ts';

/** What there is at one place: in the call now, in an earlier seal, and among what earlier seals found withdrawn. */
export interface Found {
  readonly place: string;
  readonly current?: UnnumberedEntry;
  readonly sealed?: RosterEntry;
  readonly withdrawn?: WithdrawnEntry;
}

/** Rosters, each sorted by place. */
export interface Rosters {
  readonly current: readonly AsyncIterable<UnnumberedEntry>[];
  readonly sealed: readonly AsyncIterable<RosterEntry>[];
  readonly withdrawn: readonly AsyncIterable<WithdrawnEntry>[];
}

/** A roster that is being read: its next entry, as it is found, and how to go on. */
interface Reader {
  readonly place: string;
  readonly found: Omit<Found, 'place'>;
  readonly advance: () => Promise<Reader | undefined>;
}

type Placed = Parameters<typeof placeOf>[0];

const open = async <Entry extends Placed>(
  roster: AsyncIterable<Entry>,
  found: (entry: Entry) => Omit<Found, 'place'>,
): Promise<Reader | undefined> => {
  const entries = roster[Symbol.asyncIterator]();
  const advance = async (): Promise<Reader | undefined> => {
    const { done, value } = await entries.next();
    return done === true ? undefined : { place: placeOf(value), found: found(value), advance };
  };
  return advance();
};

/** Where the least place is. Some dozens of runs: looking at each costs less than keeping a heap. */
const least = (readers: readonly Reader[]): string | undefined =>
  readers.reduce<string | undefined>(
    (place, reader) => (place === undefined || reader.place < place ? reader.place : place),
    undefined,
  );

/** All places of all rosters in order, each once; of every roster one entry is held at a time. */
export async function* mergeRosters({ current, sealed, withdrawn }: Rosters): AsyncGenerator<Found> {
  const opened = await Promise.all([
    ...current.map((roster) => open(roster, (entry) => ({ current: entry }))),
    ...sealed.map((roster) => open(roster, (entry) => ({ sealed: entry }))),
    ...withdrawn.map((roster) => open(roster, (entry) => ({ withdrawn: entry }))),
  ]);
  let readers = opened.filter((reader) => reader !== undefined);
  for (let place = least(readers); place !== undefined; place = least(readers)) {
    let found: Found = { place };
    const next: Reader[] = [];
    for (const reader of readers) {
      if (reader.place !== place) {
        next.push(reader);
        continue;
      }
      found = { ...found, ...reader.found };
      const following = await reader.advance();
      if (following !== undefined) next.push(following);
    }
    readers = next;
    yield found;
  }
}
