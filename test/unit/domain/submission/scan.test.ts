import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScanState } from '#shared/contract/attachment-states.ts';
import { REPLACED_BY, type ScanFinding, whyWithheld } from '#shared/domain/submission/scan.ts';

const FINDINGS: readonly ScanFinding[] = ['unscanned', 'clean', 'threat'];

describe('findings of a scan', () => {
  const heard = (known: ScanState, finding: ScanFinding): ScanState =>
    REPLACED_BY[finding].includes(known) ? finding : known;

  test('come to the same in any order, however often each: the worst stays, and having looked goes before not having', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...FINDINGS), { minLength: 1, maxLength: 8 }), (findings) => {
        const worst = FINDINGS.findLast((finding) => findings.includes(finding));
        expect(findings.reduce(heard, 'pending' as ScanState)).toBe(worst);
      }),
    );
  });
});

describe('an admitted file', () => {
  const CREATED = Date.UTC(2022, 2, 10);
  const ADMITTED = Date.UTC(2022, 2, 12);
  const DAY = 86_400_000;
  const createdAt = new Date(CREATED).toISOString();
  const admittedAt = new Date(ADMITTED).toISOString();

  test.each([
    ['clean', undefined],
    [undefined, undefined],
    ['unscanned', 'NOT_SCANNED'],
    ['threat', 'MALWARE_FOUND'],
  ] as const)('with the finding %s is withheld for %s, whenever it is asked for', (scan, why) => {
    for (const now of [ADMITTED, ADMITTED + 2 * DAY])
      expect(whyWithheld({ scan, admittedAt, createdAt }, now)).toBe(why);
  });

  test('of which nothing was heard waits for a day from its admission, and counts as not scanned after that', () => {
    const asked = (now: number) => whyWithheld({ scan: 'pending', admittedAt, createdAt }, now);
    expect(asked(ADMITTED)).toBe('SCAN_PENDING');
    expect(asked(ADMITTED + DAY - 1)).toBe('SCAN_PENDING');
    expect(asked(ADMITTED + DAY)).toBe('NOT_SCANNED');
  });

  test('of which it is not known when it was admitted waits for a day from its announcement', () => {
    const asked = (now: number) => whyWithheld({ scan: 'pending', createdAt }, now);
    expect(asked(CREATED + DAY - 1)).toBe('SCAN_PENDING');
    expect(asked(CREATED + DAY)).toBe('NOT_SCANNED');
  });
});
