import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getEligibility } from '#shared/contract/eligibility.ts';
import type { Problem } from '#shared/contract/problem.ts';
import { Receipt } from '#shared/contract/receipts.ts';
import { validateSubmission } from '#shared/contract/submissions.ts';
import { categoryPlaces, type WholePlace } from '#shared/domain/call/category-tree.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { jointOf } from '#shared/domain/eligibility/judge-partners.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { hiddenFields } from '#shared/domain/form/visibility.ts';
import { breakRule, makePartners, type Stand } from './break-rule.ts';
import { type BreakableRule, breakableRules, limitedNodes } from './breakable-rules.ts';
import { type Desk, openDesk } from './desk.ts';
import { fieldBreaches } from './field-breaches.ts';
import { type NoticeWorld, openNotice } from './notice-world.ts';
import type { Breach, Json, RecordChange, Refused, RuleLine, Trial } from './trial.ts';

const HAN = /\p{Script=Han}/u;

const CALLS = new URL('../../../shared/calls/', import.meta.url);

const seconds = (count: number): number => count * 1_000;

interface Tried extends WholePlace {
  readonly form: FormDefinition;
  /** Visible fields, by set of right answers. */
  readonly shown: readonly ReadonlySet<string>[];
}

const visibleWith = (form: FormDefinition, place: WholePlace, answers: Json): ReadonlySet<string> => {
  const hidden = hiddenFields(form, checkShape(form, place.category.fixed, answers).answers);
  return new Set(fieldsOf(form).all.flatMap(({ key }) => (hidden.has(key) ? [] : [key])));
};

const told = (problem: Pick<Problem, 'errors'>) =>
  problem.errors.map(({ path, code, clause }) => ({ path, code, ...(clause === undefined ? {} : { clause }) }));

/** A unit for which the records of several categories' units hold at once. */
const united = (records: readonly RecordChange[]): RecordChange => ({
  ...Object.assign({}, ...records),
  kinds: [...new Set(records.flatMap(({ kinds = [] }) => kinds))],
  flags: [...new Set(records.flatMap(({ flags = [] }) => flags))],
});

/**
 * Registers the trial of a call end to end, over HTTP: every category is submitted to rightly, every rule of it is broken once, and the table of the trial
 * has a line for each rule that can be broken and for no other.
 */
export const tryCall = (trial: Trial): void => {
  const call = CallDefinition.parse(parseYaml(readFileSync(new URL(`${trial.callId}/call.yaml`, CALLS), 'utf8')));
  const rightOf = (code: string): readonly Json[] => trial.right[code] ?? [];
  const recordOf = (code: string): RecordChange => trial.units[code] ?? {};
  const places: readonly Tried[] = categoryPlaces(call.categories).map((place) => {
    const form = call.forms[place.category.form];
    if (form === undefined) throw new Error(`No form ${place.category.form}.`);
    return { ...place, form, shown: rightOf(place.category.code).map((right) => visibleWith(form, place, right)) };
  });
  const codes = places.map(({ category }) => category.code);
  const rulesOf = (place: Tried): BreakableRule[] =>
    breakableRules(call, place, new Set(place.shown.flatMap((keys) => [...keys])));
  const linesOf = (code: string): RuleLine[] => trial.rules.filter((line) => line.in.includes(code));

  let world: NoticeWorld;
  const stands = new Map<string, Stand>();

  beforeAll(async () => {
    world = await openNotice(trial);
  }, seconds(180));

  afterAll(async () => {
    await world.stop();
  });

  /** Materials without which a submit is refused. */
  const neededIn = (place: Tried): string[] =>
    place.category.materials.flatMap(({ key }) =>
      rulesOf(place).some(({ breach }) => breach !== undefined && 'without' in breach && breach.without === key)
        ? [key]
        : [],
    );

  const readyDesk = async (place: Tried, unitId: string): Promise<Desk> => {
    const desk = await openDesk(world, unitId, place.category.code, rightOf(place.category.code)[0] ?? {});
    for (const material of neededIn(place)) await desk.attach(material);
    const joint = jointOf(call, place.category);
    const partners = await makePartners(world, joint?.allowed ? joint.minPartners : 0, trial.partner);
    if (partners.length > 0) await desk.name(partners);
    for (const unit of partners) await desk.consent(unit);
    return desk;
  };

  const standOf = async (place: Tried): Promise<Stand> => {
    const { code } = place.category;
    const known = stands.get(code);
    if (known !== undefined) return known;
    const unit = { name: code, record: recordOf(code) };
    const desk = await readyDesk(place, await world.unit(code, unit.record, 'applicant'));
    const { answers = {}, partners } = await desk.read();
    const stand = { category: code, unit, desk, answers, partners: partners.map(({ unitId }) => unitId) };
    stands.set(code, stand);
    return stand;
  };

  const eligibility = async (unitId: string, category: string) => {
    const query = new URLSearchParams({ unitId, category });
    const { body } = await world.applicant.read(getEligibility.reply, 200, 'GET', `${world.path}/eligibility?${query}`);
    const [only] = body.categories;
    if (only === undefined) throw new Error(`Nothing was told of ${category}.`);
    return only;
  };

  describe(`the table of ${trial.callId}`, () => {
    it('has right answers, a unit and a verdict for every category', () => {
      for (const table of [trial.right, trial.units, trial.verdicts])
        expect(Object.keys(table).sort()).toEqual(codes.toSorted());
    });

    it.each(places.map((place) => [place.category.code, place] as const))(
      'has a line for every rule of %s that can be broken, and for no other',
      (code, place) => {
        expect(
          linesOf(code)
            .map(({ rule }) => rule)
            .sort(),
        ).toEqual(
          rulesOf(place)
            .map(({ rule }) => rule)
            .sort(),
        );
      },
    );

    it('has a line for every limit', () => {
      expect(trial.limits.map(({ below }) => below)).toEqual(limitedNodes(call));
    });

    it('shows every field of every form in one category or another', () => {
      for (const [key, form] of Object.entries(call.forms)) {
        const shown = places
          .filter((place) => place.form === form)
          .flatMap((place) => place.shown.map((keys) => [...keys]));
        const unseen = new Set(fieldsOf(form).all.map((field) => field.key)).difference(new Set(shown.flat()));
        expect([key, ...unseen]).toEqual([key]);
      }
    });
  });

  describe.each(places.map((place) => [place.category.code, place] as const))('category %s', (code, place) => {
    it(
      'tells its unit where it stands before it begins',
      async () => {
        const { desk } = await standOf(place);
        const { verdict, rules } = await eligibility(desk.unitId, code);
        expect({
          verdict,
          refusing: rules.filter(({ result, effect }) => effect === 'gate' && result === 'notMet'),
        }).toEqual({
          verdict: trial.verdicts[code],
          refusing: [],
        });
      },
      seconds(60),
    );

    it.each(rightOf(code).map((right, index) => [index + 1, right] as const))(
      'takes the right application %i and gives a receipt',
      async (_, right) => {
        const { desk, answers } = await standOf(place);
        expect(await desk.save(right)).toBeUndefined();
        const receipt = await desk.submit();
        expect(receipt).toMatchObject({ category: code, unitId: desk.unitId });
        await desk.withdraw();
        await desk.save(answers);
      },
      seconds(60),
    );

    it(
      'takes it with every file that may be added, and with a partner where partners are allowed',
      async () => {
        const { desk, partners } = await standOf(place);
        const added = place.category.materials.map(({ key }) => key).filter((key) => !neededIn(place).includes(key));
        for (const material of added) await desk.attach(material);
        const joint = jointOf(call, place.category);
        const named = joint?.allowed ? await makePartners(world, Math.max(1, joint.minPartners), trial.partner) : [];
        if (joint?.allowed) await desk.name(named);
        for (const unit of named) await desk.consent(unit);
        const receipt = Receipt.parse(await desk.submit());
        expect(receipt.attachments).toHaveLength(neededIn(place).length + added.length);
        expect((receipt.partners ?? []).map(({ unitId }) => unitId)).toEqual(named);
        await desk.withdraw();
        if (joint?.allowed) await desk.name(partners);
        for (const material of added) await desk.detach(material);
      },
      seconds(120),
    );

    const tried = rulesOf(place).flatMap((rule) =>
      linesOf(code)
        .filter((line) => line.rule === rule.rule)
        .map((line) => [rule.rule, line.clause ?? '—', { rule, line }] as const),
    );

    it.each(tried)(
      'is refused against %s (%s), and nothing is lost',
      async (_, __, { rule, line }) => {
        const breach: Breach | undefined = line.breach ?? rule.breach;
        if (breach === undefined) throw new Error(`The table does not say how ${rule.rule} is broken.`);
        const stand = await standOf(place);
        const before = await stand.desk.read();
        const refusal = await breakRule(world, stand, breach, trial.partner);
        const expected: Refused = {
          ...(line.refused ?? rule.refused),
          ...(line.clause === undefined ? {} : { clause: line.clause }),
        };
        expect(refusal).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
        expect(told(refusal)).toEqual(expect.arrayContaining([expected, ...(line.also ?? [])]));
        expect(told(refusal)).toHaveLength(1 + (line.also ?? []).length);
        for (const { message } of refusal.errors) expect(message).toMatch(HAN);
        const after = await stand.desk.read();
        expect({ status: after.status, answers: after.answers, files: after.attachments.length }).toEqual({
          status: 'draft',
          answers: before.answers,
          files: before.attachments.length,
        });
      },
      seconds(60),
    );

    it.each(
      tried.filter(
        ([, , { rule, line }]) =>
          'record' in (line.breach ?? rule.breach ?? {}) && !('partners' in (line.breach ?? rule.breach ?? {})),
      ),
    )(
      'tells beforehand that %s (%s) bars a unit, and lets it begin no draft',
      async (_, __, { rule, line }) => {
        const breach = line.breach ?? rule.breach;
        const change = breach !== undefined && 'record' in breach ? breach.record : {};
        const unitId = await world.unit('barred', { ...recordOf(code), ...change }, 'applicant');
        const { verdict, rules } = await eligibility(unitId, code);
        expect(verdict).toBe('mayNot');
        const refusing = rules.filter(({ result, effect }) => effect === 'gate' && result === 'notMet');
        expect(refusing.map(({ clause }) => clause)).toContain(line.clause);
        for (const { reason } of refusing) expect(reason).toMatch(HAN);
        const json = { category: code, unitId };
        const refusal = await world.applicant.refused(422, 'POST', `${world.path}/submissions`, { json });
        expect(told(refusal)).toContainEqual({
          ...(line.refused ?? rule.refused),
          ...(line.clause === undefined ? {} : { clause: line.clause }),
        });
      },
      seconds(60),
    );
  });

  describe.each(Object.entries(call.forms))('the form %s', (_, form) => {
    it(
      'refuses every bound of every field that is broken, with its path and clause',
      async () => {
        const seen = new Set<string>();
        const missed: unknown[] = [];
        for (const place of places.filter((one) => one.form === form)) {
          const { code, fixed } = place.category;
          for (const [index, shown] of place.shown.entries()) {
            const right = rightOf(code)[index] ?? {};
            for (const field of fieldsOf(form).all) {
              if (!shown.has(field.key) || seen.has(field.key) || Object.hasOwn(fixed ?? {}, field.key)) continue;
              seen.add(field.key);
              const { desk } = await standOf(place);
              for (const { answers, refused } of fieldBreaches(field, right)) {
                const refusal =
                  (await desk.save({ ...right, ...answers })) ??
                  (await world.applicant.read(validateSubmission.reply, 200, 'POST', `${desk.path}/validate`)).body;
                const named = refusal.errors.find(
                  ({ path, code: given, clause }) =>
                    path === refused.path && given === refused.code && clause === refused.clause,
                );
                if (named === undefined || !HAN.test(named.message))
                  missed.push({ expected: refused, errors: told(refusal) });
              }
              await desk.save((await standOf(place)).answers);
            }
          }
        }
        expect(missed).toEqual([]);
      },
      seconds(300),
    );
  });

  describe('limits', () => {
    it.each(trial.limits.map((line) => [line.below ?? 'the call', line.clause, line] as const))(
      'of %s (%s) take no more, and one more after a withdrawal',
      async (_, clause, line) => {
        const unitId = await world.unit(
          `limit-${line.below ?? 'call'}`,
          united(line.submissions.map(recordOf)),
          'applicant',
        );
        const desks: Desk[] = [];
        for (const code of line.submissions) {
          const place = places.find(({ category }) => category.code === code);
          if (place === undefined) throw new Error(`No category ${code}.`);
          desks.push(await readyDesk(place, unitId));
        }
        const [last] = desks.slice(-1);
        const taken = desks.slice(0, -1);
        expect(taken).toHaveLength(line.limit);
        for (const desk of taken) expect(await desk.submit()).toHaveProperty('receiptNo');
        const refusal = await last?.submit();
        expect(refusal).toMatchObject({
          code: 'LIMIT_REACHED',
          limit: line.limit,
          count: line.limit,
          errors: [{ path: '', code: 'LIMIT_REACHED', clause, message: expect.stringMatching(HAN) }],
        });
        const { verdict, limits } = await eligibility(unitId, line.submissions.at(-1) ?? '');
        expect(verdict).toBe('mayNot');
        expect(limits.find(({ code }) => code === line.below)).toMatchObject({ limit: line.limit, left: 0, clause });
        await taken[0]?.withdraw();
        expect(await last?.submit()).toHaveProperty('receiptNo');
      },
      seconds(120),
    );
  });
};
