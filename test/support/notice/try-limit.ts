import { expect, it } from 'vitest';
import type { Desk } from './desk.ts';
import type { Office } from './office.ts';
import type { LimitLine, RecordChange } from './trial.ts';
import type { TriedCategory } from './tried-call.ts';

/** A unit for which the records of several categories' units hold at once. */
const united = (records: readonly RecordChange[]): RecordChange => ({
  ...Object.assign({}, ...records),
  kinds: [...new Set(records.flatMap(({ kinds = [] }) => kinds))],
  flags: [...new Set(records.flatMap(({ flags = [] }) => flags))],
});

/** Registers the trial of one limit: up to it, beyond it, and again after a withdrawal. */
export const tryLimit = (
  { below, clause, limit, submissions }: LimitLine,
  categories: readonly TriedCategory[],
  office: () => Office,
): void => {
  it(`takes ${limit} of one unit below ${below ?? 'the call'} (${clause}), and another one after a withdrawal`, async () => {
    const applied = submissions.flatMap((code) => categories.filter((category) => category.code === code));
    const record = united(applied.map((category) => category.record));
    const unitId = await office().world.unit(`limit-${below ?? 'call'}`, record, 'applicant');
    const desks: Desk[] = [];
    for (const category of applied) desks.push(await office().readyDesk(category, unitId));
    const [last] = desks.slice(-1);
    const taken = desks.slice(0, -1);
    expect(taken).toHaveLength(limit);
    for (const desk of taken) expect(await desk.submit()).toHaveProperty('receiptNo');
    expect(await last?.submit()).toMatchObject({
      code: 'LIMIT_REACHED',
      limit,
      count: limit,
      errors: [{ path: '', code: 'LIMIT_REACHED', clause, message: expect.stringMatching(/\p{Script=Han}/u) }],
    });
    const { verdict, limits } = await office().eligibility(unitId, submissions.at(-1) ?? '');
    expect(verdict).toBe('mayNot');
    expect(limits.find(({ code }) => code === below)).toMatchObject({ limit, left: 0, clause });
    await taken[0]?.withdraw();
    expect(await last?.submit()).toHaveProperty('receiptNo');
  }, 120_000);
};
