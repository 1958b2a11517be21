import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { limitedNodes } from './breakable-rules.ts';
import { type NoticeWorld, openNotice } from './notice-world.ts';
import { type Office, openOffice } from './office.ts';
import type { Trial } from './trial.ts';
import { type TriedCall, triedCall } from './tried-call.ts';
import { tryCategory } from './try-category.ts';
import { tryFields } from './try-fields.ts';
import { tryLimit } from './try-limit.ts';

/** The stack needs some ten seconds, on a busy machine many more. */
const START = 180_000;

const checkTable = ({ call, categories }: TriedCall, trial: Trial): void => {
  it('has right answers, a unit and a verdict for every category', () => {
    const codes = categories.map(({ code }) => code).sort();
    for (const table of [trial.right, trial.units, trial.verdicts]) expect(Object.keys(table).sort()).toEqual(codes);
  });

  it.each(categories.map((category) => [category.code, category] as const))(
    'has a line for every rule of %s that can be broken, and for no other',
    (_, { lines, breakable }) => {
      expect(lines.map(({ rule }) => rule).sort()).toEqual(breakable.map(({ rule }) => rule).sort());
    },
  );

  it('has a line for every limit, and for no other', () => {
    expect(trial.limits.map(({ below }) => below)).toEqual(limitedNodes(call));
  });

  it('shows every field of every form in one category or another', () => {
    const unseen = Object.values(call.forms).flatMap((form) => {
      const shown = categories.flatMap(({ form: own, right }) => (own === form ? right.map((set) => set.shown) : []));
      return fieldsOf(form).all.flatMap(({ key }) => (shown.some((keys) => keys.has(key)) ? [] : [key]));
    });
    expect(unseen).toEqual([]);
  });
};

/**
 * Registers the trial of a notice end to end, over HTTP: every category is applied to rightly and every rule of it broken once, so are the bounds of every
 * field and the limits, and the table has a line for each rule that can be broken and for no other.
 */
export const tryCall = (trial: Trial): void => {
  const tried = triedCall(trial);
  const { call, categories } = tried;
  let world: NoticeWorld | undefined;
  let office: Office | undefined;
  const opened = (): Office => {
    if (office === undefined) throw new Error('The office has not opened.');
    return office;
  };

  beforeAll(async () => {
    world = await openNotice(trial);
    office = openOffice(world, call, trial.partner);
  }, START);

  afterAll(async () => {
    await world?.stop();
  });

  describe(`the table of ${trial.callId}`, () => checkTable(tried, trial));
  for (const category of categories) tryCategory(category, trial, opened);
  for (const [name, form] of Object.entries(call.forms)) tryFields(name, form, categories, opened);
  for (const limit of trial.limits) tryLimit(limit, categories, opened);
};
