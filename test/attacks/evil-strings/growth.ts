/** Processor time of this thread alone, ms: what else the machine does makes nothing longer. */
const processorMs = async (act: () => unknown): Promise<number> => {
  const before = process.threadCpuUsage();
  await act();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
};

const leastOf = async (goes: number, act: () => unknown): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let go = 0; go < goes; go += 1) least = Math.min(least, await processorMs(act));
  return least;
};

const repeatedly = async (times: number, act: () => unknown): Promise<void> => {
  for (let time = 0; time < times; time += 1) await act();
};

/** So little that no growth can hide in it, ms: a look that goes on with the square takes ten times that for 16,000 characters. */
const NOTHING = 8;

/** Four times as long a text costs four times as much where cost grows linearly, 16 times where it grows with the square. */
const TIMES = 4;
const MOST_GROWTH = 9;

/**
 * How much more a text costs that is four times as long; undefined where both cost next to nothing. The short one is measured four times over, since the
 * clock may not see what takes less than some ms. What looks like too much is measured again, more often each time, and the least counts: a pause of the
 * collector is no growth.
 */
export const growthOf = async (act: (length: number) => unknown, length: number): Promise<number | undefined> => {
  let growth: number | undefined;
  for (const goes of [1, 3]) {
    const long = await leastOf(goes, () => act(TIMES * length));
    if (long < NOTHING) return undefined;
    const short = (await leastOf(goes, () => repeatedly(TIMES, () => act(length)))) / TIMES;
    growth = long / Math.max(short, 0.001);
    if (growth <= MOST_GROWTH) return growth;
  }
  return growth;
};

export const isTooMuch = (growth: number | undefined): boolean => growth !== undefined && growth > MOST_GROWTH;

/** Whether a short text takes so long, ms, that a longer one would never end. */
export const takesLongerThan = async (ms: number, act: () => unknown): Promise<boolean> =>
  (await processorMs(act)) > ms && (await leastOf(2, act)) > ms;
