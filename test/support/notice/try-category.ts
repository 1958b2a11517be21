import { describe, expect, it } from 'vitest';
import type { Problem } from '#shared/contract/problem.ts';
import { Receipt } from '#shared/contract/receipts.ts';
import { breakRule } from './break-rule.ts';
import type { Office } from './office.ts';
import type { RecordChange, Refused, Trial } from './trial.ts';
import type { TriedCategory, TriedRule } from './tried-call.ts';

const HAN = /\p{Script=Han}/u;
const MINUTE = 60_000;

/** A refusal without its sentences. */
export const told = ({ errors }: Pick<Problem, 'errors'>): Refused[] =>
  errors.map(({ path, code, clause }) => ({ path, code, ...(clause === undefined ? {} : { clause }) }));

/** Rules that the record of the unit alone breaks, with the record that does. */
const byRecord = (rules: readonly TriedRule[]): (readonly [TriedRule, RecordChange])[] =>
  rules.flatMap((tried) =>
    'record' in tried.breach && !('partners' in tried.breach) ? [[tried, tried.breach.record] as const] : [],
  );

const titled = (tried: TriedRule) => [tried.rule, tried.line.clause ?? '通知未写'] as const;

const applyRightly = (category: TriedCategory, { verdicts }: Trial, office: () => Office): void => {
  const { code, needed } = category;

  it(
    'tells its unit where it stands before it begins',
    async () => {
      const { desk } = await office().standOf(category);
      const { verdict, rules } = await office().eligibility(desk.unitId, code);
      expect(verdict).toBe(verdicts[code]);
      expect(rules.filter(({ result, effect }) => effect === 'gate' && result === 'notMet')).toEqual([]);
    },
    MINUTE,
  );

  it.each(category.right.map(({ answers }, index) => [index + 1, answers] as const))(
    'takes right application %i and gives a receipt',
    async (_, right) => {
      const { desk, answers } = await office().standOf(category);
      expect(await desk.save(right)).toBeUndefined();
      expect(await desk.submit()).toMatchObject({ category: code, unitId: desk.unitId });
      await desk.withdraw();
      await desk.save(answers);
    },
    MINUTE,
  );

  it(
    'takes it with every file that may be added, and with a partner where there may be one',
    async () => {
      const { desk, partners } = await office().standOf(category);
      const added = category.category.materials.map(({ key }) => key).filter((key) => !needed.includes(key));
      for (const material of added) await desk.attach(material);
      const named = await office().addPartners(category, desk, 1);
      const receipt = Receipt.parse(await desk.submit());
      expect(receipt.attachments).toHaveLength(needed.length + added.length);
      expect((receipt.partners ?? []).map(({ unitId }) => unitId)).toEqual(named);
      await desk.withdraw();
      if (named.length > partners.length) await desk.name(partners);
      for (const material of added) await desk.detach(material);
    },
    MINUTE,
  );
};

const breakEveryRule = (category: TriedCategory, { partner }: Trial, office: () => Office): void => {
  it.each(category.rules.map((tried) => [...titled(tried), tried] as const))(
    'is refused against %s (%s), and nothing is lost',
    async (_, __, { breach, refused, line }) => {
      const stand = await office().standOf(category);
      const before = await stand.desk.read();
      const refusal = await breakRule(office().world, stand, breach, partner);
      expect(refusal).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
      const expected = [refused, ...(line.also ?? [])];
      expect(told(refusal)).toHaveLength(expected.length);
      expect(told(refusal)).toEqual(expect.arrayContaining(expected));
      for (const { message } of refusal.errors) expect(message).toMatch(HAN);
      const { status, answers, attachments } = await stand.desk.read();
      expect({ status, answers, files: attachments.length }).toEqual({
        status: 'draft',
        answers: before.answers,
        files: before.attachments.length,
      });
    },
    MINUTE,
  );

  it.each(byRecord(category.rules).map(([tried, record]) => [...titled(tried), tried, record] as const))(
    'tells beforehand that %s (%s) bars a unit, and lets it begin no draft',
    async (_, __, { refused, line }, change) => {
      const { world, eligibility } = office();
      const unitId = await world.unit('barred', { ...category.record, ...change }, 'applicant');
      const { verdict, rules } = await eligibility(unitId, category.code);
      expect(verdict).toBe('mayNot');
      const refusing = rules.filter(({ result, effect }) => effect === 'gate' && result === 'notMet');
      expect(refusing.map(({ clause }) => clause)).toContain(line.clause);
      for (const { reason } of refusing) expect(reason).toMatch(HAN);
      const json = { category: category.code, unitId };
      const refusal = await world.applicant.refused(422, 'POST', `${world.path}/submissions`, { json });
      expect(told(refusal)).toContainEqual(refused);
    },
    MINUTE,
  );
};

/** Registers the trial of one category: what its unit is told, right applications, and each of its rules broken. */
export const tryCategory = (category: TriedCategory, trial: Trial, office: () => Office): void => {
  describe(`category ${category.code} ${category.category.title}`, () => {
    applyRightly(category, trial, office);
    breakEveryRule(category, trial, office);
  });
};
