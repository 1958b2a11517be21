import { readFileSync } from 'node:fs';
import { categoryPlaces, type WholePlace } from '#shared/domain/call/category-tree.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { hiddenFields } from '#shared/domain/form/visibility.ts';
import { type BreakableRule, breakableRules } from './breakable-rules.ts';
import type { Breach, Json, RecordChange, Refused, RuleLine, Trial } from './trial.ts';

const CALLS = new URL('../../../shared/calls/', import.meta.url);

/** A rule that can be broken, with its line of the table and how it is broken. */
export interface TriedRule {
  readonly rule: string;
  readonly line: RuleLine;
  readonly breach: Breach;
  readonly refused: Refused;
}

/** A category with what its trial needs. */
export interface TriedCategory extends WholePlace {
  readonly code: string;
  readonly form: FormDefinition;
  /** Sets of right answers, each with the keys of the fields that are visible with it. */
  readonly right: readonly { readonly answers: Json; readonly shown: ReadonlySet<string> }[];
  /** A record with which a unit may apply. */
  readonly record: RecordChange;
  readonly breakable: readonly BreakableRule[];
  readonly lines: readonly RuleLine[];
  /** Of those that can be broken. */
  readonly rules: readonly TriedRule[];
  /** Materials without which a submit is refused. */
  readonly needed: readonly string[];
}

export interface TriedCall {
  readonly call: CallDefinition;
  readonly categories: readonly TriedCategory[];
}

const shownWith = (form: FormDefinition, { category }: WholePlace, answers: Json): ReadonlySet<string> => {
  const hidden = hiddenFields(form, checkShape(form, category.fixed, answers).answers);
  return new Set(fieldsOf(form).all.flatMap(({ key }) => (hidden.has(key) ? [] : [key])));
};

const triedRules = (breakable: readonly BreakableRule[], lines: readonly RuleLine[]): TriedRule[] =>
  breakable.flatMap(({ rule, breach: usual, refused }) =>
    lines.flatMap((line): TriedRule[] => {
      if (line.rule !== rule || line.never !== undefined) return [];
      const breach = line.breach ?? usual;
      if (breach === undefined) throw new Error(`The table does not say how "${rule}" is broken.`);
      const clause = line.clause === undefined ? {} : { clause: line.clause };
      return [{ rule, line, breach, refused: { ...(line.refused ?? refused), ...clause } }];
    }),
  );

/** The notice of a trial as its file says it, joined with the table of the trial. */
export const triedCall = (trial: Trial): TriedCall => {
  const call = CallDefinition.parse(parseYaml(readFileSync(new URL(`${trial.callId}/call.yaml`, CALLS), 'utf8')));
  const categories = categoryPlaces(call.categories).map((place): TriedCategory => {
    const { code, form: key } = place.category;
    const form = call.forms[key];
    if (form === undefined) throw new Error(`No form ${key}.`);
    const right = (trial.right[code] ?? []).map((answers) => ({ answers, shown: shownWith(form, place, answers) }));
    const breakable = breakableRules(call, place, new Set(right.flatMap(({ shown }) => [...shown])));
    const lines = trial.rules.filter((line) => line.in.includes(code));
    const needed = breakable.flatMap(({ breach }) =>
      breach !== undefined && 'without' in breach ? breach.without : [],
    );
    const record = trial.units[code] ?? {};
    return { ...place, code, form, right, record, breakable, lines, rules: triedRules(breakable, lines), needed };
  });
  return { call, categories };
};
