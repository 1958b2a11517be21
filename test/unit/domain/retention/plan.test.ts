import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { Retention, spanMs } from '#shared/domain/call/retention.ts';
import { isSealed, latestDeadline } from '#shared/domain/deadline/latest-deadline.ts';
import { expiries } from '#shared/domain/retention/plan.ts';
import { writtenCall } from '#test/support/calls.ts';

const DAY = 86_400_000;
const CLOSES = '2022-03-31T16:00:00.000Z';
const LATER = '2022-05-01T00:00:00.000Z';
const seal = (through: string) => ({ number: 1, through, root: '0'.repeat(64), sealedAt: through, submissions: 0 });

describe('what a call says of keeping', () => {
  it('is 90 days for drafts, a year for late attempts and five for what was submitted, where it says nothing', () => {
    expect(CallDefinition.parse(writtenCall()).retention).toEqual({ drafts: '90d', late: '1y', personal: '5y' });
  });

  it('is days or years; a year is never short of one', () => {
    expect(spanMs('90d')).toBe(90 * DAY);
    for (let year = 1996; year < 2032; year += 1) {
      const from = Date.UTC(year, 1, 28);
      expect(from + spanMs('1y')).toBeGreaterThanOrEqual(Date.UTC(year + 1, 1, 28));
    }
  });

  it.each(['0d', '5', '12h', '1.5y', '-1d', '99999d', ''])('is never %j', (span) => {
    expect(Retention.safeParse({ drafts: span }).success).toBe(false);
  });
});

describe('when it goes', () => {
  const span = fc
    .tuple(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom('d', 'y'))
    .map(([n, unit]) => `${n}${unit}`);

  it('counts from the latest deadline at any scope, records of late attempts never before drafts', () => {
    fc.assert(
      fc.property(fc.record({ drafts: span, late: span, personal: span }), (retention) => {
        const at = new Map(
          expiries({ closesAt: CLOSES, lastClosesAt: LATER }, retention).map(({ kind, at: when }) => [kind, when]),
        );
        expect(at.get('drafts')).toBe(Date.parse(LATER) + spanMs(retention.drafts));
        expect(at.get('personal')).toBe(Date.parse(LATER) + spanMs(retention.personal));
        expect(at.get('late')).toBe(Date.parse(LATER) + Math.max(spanMs(retention.late), spanMs(retention.drafts)));
        const order = [...at.values()];
        expect(order).toEqual(order.toSorted((one, other) => one - other));
      }),
    );
  });

  it('is never before all is sealed', () => {
    expect(latestDeadline({ closesAt: CLOSES })).toBe(CLOSES);
    expect(latestDeadline({ closesAt: LATER, lastClosesAt: CLOSES })).toBe(LATER);
    expect(isSealed({ closesAt: CLOSES })).toBe(false);
    expect(isSealed({ closesAt: CLOSES, seal: seal(CLOSES) })).toBe(true);
    expect(isSealed({ closesAt: CLOSES, lastClosesAt: LATER, seal: seal(CLOSES) })).toBe(false);
    expect(isSealed({ closesAt: CLOSES, lastClosesAt: LATER, seal: seal(LATER) })).toBe(true);
  });
});
