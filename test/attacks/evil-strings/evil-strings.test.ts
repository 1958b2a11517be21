import { describe, expect, it } from 'vitest';
import { EVIL } from './catalogue.ts';
import { growthOf, isTooMuch, takesLongerThan } from './growth.ts';
import { PARSERS, readOrRefuse } from './parsers.ts';
import { patternsOfSource, pumpsOf } from './patterns.ts';

/** Characters; the longest text is four times that. */
const LENGTH = 4_000;

/** What of the catalogue costs a parser more than in proportion, or is answered with a fault. */
const faultsOf = async (parser: (text: string) => unknown, catalogue = EVIL): Promise<string[]> => {
  const faults: string[] = [];
  for (const { what, of } of catalogue) {
    const texts = new Map([LENGTH, 4 * LENGTH].map((length) => [length, of(length)]));
    const growth = await growthOf((length) => readOrRefuse(parser, texts.get(length) ?? ''), LENGTH);
    if (isTooMuch(growth)) faults.push(`${what}: four times the text costs ${growth?.toFixed(1)} times as much`);
  }
  return faults;
};

describe('evil strings', { timeout: 300_000 }, () => {
  it.each(Object.entries(PARSERS))('cost in proportion to their length in %s', async (_, parser) => {
    expect(await faultsOf(parser)).toEqual([]);
  });

  it('show a parser that goes over them again and again', async () => {
    const blanks = EVIL.filter(({ what }) => what.startsWith('" "'));
    expect(await faultsOf((text) => text.replace(/\s+$/, ''), blanks)).not.toEqual([]);
    expect(await faultsOf((text) => text.trimEnd(), blanks)).toEqual([]);
  });
});

/** Grown in small steps first: what doubles with each character, or goes with the cube, would never end on a long text. */
const STEPS = [16, 20, 24, 28, 32, 36, 40, 48, 64, 128, 256, 512, 1_000, 2_000, 4_000];
const LONG = 4_000;
/** ms; 4,000 characters take microseconds. */
const TOO_LONG = 30;

/** What stands around the pumped part. */
const AROUND = [
  ['', ''],
  ['', '!'],
  ['x', '!'],
  ['', '\u0001x'],
] as const;

/** What is asked of few characters alone: of an amount that was read before, 22 of them. */
const OF_SHORT_TEXTS = new Set(['shared/domain/money/decimal.ts']);

/** The first text that the pattern takes too long for; undefined where there is none. */
const patternFault = async (pattern: RegExp): Promise<string | undefined> => {
  for (const pump of pumpsOf(pattern)) {
    for (const [start, end] of AROUND) {
      const act = (length: number): void => {
        const text = `${start}${pump.repeat(length / pump.length)}${end}`;
        pattern.lastIndex = 0;
        if (pattern.global) text.replace(pattern, '');
        else pattern.test(text);
      };
      const what = `${pattern} on ${JSON.stringify([start, pump, end])}`;
      for (const length of STEPS)
        if (await takesLongerThan(TOO_LONG, () => act(length))) return `${what} takes too long`;
      const growth = await growthOf(act, LONG);
      if (isTooMuch(growth)) return `${what} grows ${growth?.toFixed(1)} times`;
    }
  }
  return undefined;
};

describe('regular expressions', { timeout: 300_000 }, () => {
  it('of what runs on Lambda take time in proportion to the text', async () => {
    const patterns = patternsOfSource();
    expect(patterns.length).toBeGreaterThan(80);
    const faults: string[] = [];
    for (const { file, pattern } of patterns.filter((one) => !OF_SHORT_TEXTS.has(one.file))) {
      const fault = await patternFault(pattern);
      if (fault !== undefined) faults.push(`${file}: ${fault}`);
    }
    expect(faults).toEqual([]);
  });

  it.each([/^(a+)+$/, /^(\w+\s?)*$/, /(x|xx)*y/, /^\s+|\s+$/g, /,.*,.*!/])(
    'that do not are found: %s',
    async (pattern) => {
      expect(await patternFault(pattern)).toBeDefined();
    },
  );
});
