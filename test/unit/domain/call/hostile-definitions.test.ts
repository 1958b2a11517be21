import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { Meter } from '#shared/domain/call/meter.ts';
import { parseLocatedYaml } from '#shared/domain/call/parse-yaml.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { MAX_FAULTS } from '#shared/domain/fault-list.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { parseJson } from '#shared/http/json-text.ts';
import { faultsToErrors } from '#shared/http/problem-reply.ts';
import { type Hostile, hostileDefinition } from './hostile-definitions.ts';

/** Five hundred with every run of the tests, which take three seconds of one core; `npm run test:hostile` tries ten thousand, which takes a minute of one core. */
const DEFINITIONS = Number(process.env.HOSTILE_DEFINITIONS ?? 500);

interface End {
  readonly how: 'accepted' | 'refused' | 'unread' | 'stopped';
  readonly faults: readonly Fault[];
  readonly steps: number;
}

/** What a PUT does with a body, from its text to the errors of its reply. */
const put = ({ format, text }: Hostile): End => {
  const meter = new Meter();
  try {
    const { value, locate } =
      format === 'yaml' ? parseLocatedYaml(text) : { value: parseJson(text), locate: undefined };
    const { definition, faults, warnings } = checkDefinition(value, meter);
    const all = [...faults, ...warnings];
    const found = locate === undefined ? all : locate(all);
    if (faults.some(({ code }) => code === 'TOO_COMPLEX')) return { how: 'stopped', faults: found, steps: meter.limit };
    return { how: definition === undefined ? 'refused' : 'accepted', faults: found, steps: meter.spent };
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return { how: 'unread', faults: error.faults, steps: meter.spent };
  }
};

describe('hostile definitions', () => {
  it(`all ${DEFINITIONS} of them end within their steps, refused in words or accepted`, { timeout: 300_000 }, () => {
    const ends = { accepted: 0, refused: 0, unread: 0, stopped: 0 };
    fc.assert(
      fc.property(hostileDefinition(), (hostile) => {
        const { how, faults, steps } = put(hostile);
        ends[how] += 1;
        expect(steps).toBeLessThanOrEqual(new Meter().limit);
        expect(faults.length).toBeLessThanOrEqual(2 * MAX_FAULTS);
        if (how !== 'accepted') expect(faults.length).toBeGreaterThan(0);
        for (const { message, path } of faultsToErrors(faults.slice(0, 20), 'zh')) {
          expect(message).not.toBe('');
          expect(path.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: DEFINITIONS, seed: 20220331, endOnFailure: true },
    );
    expect(Object.values(ends).reduce((sum, each) => sum + each)).toBe(DEFINITIONS);
    expect(Math.min(...Object.values(ends))).toBeGreaterThan(0);
  });
});
