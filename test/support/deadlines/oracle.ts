import type { Attempt, Move, Story } from './moves.ts';

/**
 * What has to come out, written anew from the rules in words and from nothing of ours: moments are read by Intl alone, deadlines are numbers in a map by whom
 * they are for.
 */

const HOUR = 60 * 60_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

const localDay = (timezone: string, at: number): string => {
  const format =
    formatters.get(timezone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' });
  formatters.set(timezone, format);
  return format.format(at);
};

const known = new Map<string, number>();

/** The first ms at which it is `day` or later in the zone, found by halving. */
const startOf = (day: string, timezone: string): number => {
  const name = `${timezone} ${day}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  let [before, from] = [Date.parse(day) - 26 * HOUR, Date.parse(day) + 26 * HOUR];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (localDay(timezone, middle) >= day) from = middle;
    else before = middle;
  }
  known.set(name, from);
  return from;
};

const nextDay = (day: string): string => new Date(Date.parse(day) + 24 * HOUR).toISOString().slice(0, 10);

/** The first ms that is too late. */
const tooLateFrom = (written: string, timezone: string): number =>
  written.length === 10 ? startOf(nextDay(written), timezone) : Date.parse(written);

const FOR_ALL = '*';
const whom = (category: string | undefined, unitId: string | undefined): string =>
  `${category ?? FOR_ALL}/${unitId ?? FOR_ALL}`;

/** Everybody whose deadlines count for a scope: itself and whatever is wider. */
const counting = (category: string | undefined, unitId: string | undefined): string[] => [
  whom(undefined, undefined),
  whom(category, undefined),
  whom(undefined, unitId),
  whom(category, unitId),
];

export class Oracle {
  private readonly deadlines = new Map<string, number>();
  private readonly story: Story;

  constructor(story: Story) {
    this.story = story;
    this.deadlines.set(whom(undefined, undefined), tooLateFrom(story.closes, story.timezone));
  }

  /** ms. */
  inForce(category: string | undefined, unitId: string | undefined): number {
    return Math.max(...counting(category, unitId).map((one) => this.deadlines.get(one) ?? 0));
  }

  /** Whether a request is granted; if so, it is done. */
  asked({ receivedAt, kind, category, unitId, closesAt }: Move): boolean {
    const { timezone, opens } = this.story;
    const until =
      closesAt === undefined ? Math.ceil((receivedAt + 60_000) / 1_000) * 1_000 : tooLateFrom(closesAt, timezone);
    const now = this.inForce(category, unitId);
    const own = this.deadlines.get(whom(category, unitId));
    const mayExtend = until > now && until > receivedAt;
    const mayClose =
      own === now &&
      this.isOnlyOwners(category, unitId, now) &&
      receivedAt < now &&
      until < now &&
      until >= receivedAt + 60_000 &&
      until > startOf(opens, timezone);
    const granted = kind === 'extend' ? mayExtend : mayClose;
    if (granted) this.deadlines.set(whom(category, unitId), until);
    return granted;
  }

  /** Whether nobody wider has the very same deadline, whose it then is. */
  private isOnlyOwners(category: string | undefined, unitId: string | undefined, now: number): boolean {
    const self = whom(category, unitId);
    return !counting(category, unitId).some((one) => one !== self && this.deadlines.get(one) === now);
  }

  accepts({ receivedAt, category, unitId }: Attempt): boolean {
    const { timezone, opens } = this.story;
    return receivedAt >= startOf(opens, timezone) && receivedAt < this.inForce(category, unitId);
  }

  /** Every deadline there is by now, ms. */
  all(): number[] {
    return [...this.deadlines.values()];
  }
}
