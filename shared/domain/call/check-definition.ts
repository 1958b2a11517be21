import * as z from 'zod';
import { Moment } from '#shared/contract/primitives.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import { MAX_FAULTS } from '#shared/domain/fault-list.ts';
import { Key } from '#shared/domain/form/key.ts';
import { type ChooseOption, schemaFaults } from '#shared/domain/schema-faults.ts';
import type { CallWindow } from './call-head.ts';
import { checkCategories } from './check-categories.ts';
import { placedConditions } from './check-conditions.ts';
import { checkForms } from './check-forms.ts';
import { jointFaults } from './check-joint.ts';
import { checkPaper } from './check-paper.ts';
import { checkWindow } from './check-window.ts';
import { CallDefinition } from './definition.ts';
import { duplicates } from './duplicates.ts';
import { Joint } from './joint.ts';
import { MAX_DEPTH, Meter, measure, OutOfSteps } from './meter.ts';
import { earlyReports, Obligation } from './obligation.ts';
import { Paper } from './paper.ts';
import { checkReminders, Reminders } from './reminders.ts';
import { ruleChecker } from './rule-checker.ts';
import { isWrittenGroup, writtenCategories } from './written-categories.ts';

export type CheckedDefinition =
  | {
      readonly definition: CallDefinition;
      readonly window: CallWindow;
      readonly faults: readonly Fault[];
      readonly warnings: readonly Fault[];
    }
  | {
      readonly definition?: undefined;
      readonly window?: undefined;
      readonly faults: readonly Fault[];
      readonly warnings: readonly Fault[];
    };

/** A node of the tree is a group if it was written with `categories`; so its faults are those of what its author meant. */
const chooseNode: ChooseOption = (path, value) => {
  if (path.at(-2) !== 'categories') return undefined;
  return isWrittenGroup(value) ? 1 : 0;
};

/** Forms by keys that are well formed: any other text is told by its shape, and has no place in a path. */
const formsOf = (written: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(z.record(z.string(), z.unknown()).safeParse(written).data ?? {}).filter(
      ([key]) => Key.safeParse(key).success,
    ),
  );

/** Parts of a definition, each read as far as it is well formed, so that one wrong part hides no fault of another. */
const partsOf = (input: unknown) => {
  const written = z.record(z.string(), z.unknown()).safeParse(input).data ?? {};
  return {
    window: {
      opens: Moment.safeParse(written.opens).data,
      closes: Moment.safeParse(written.closes).data,
      timezone: CallDefinition.shape.timezone.safeParse(written.timezone).data,
    },
    paper: Paper.safeParse(written.paper).data,
    // What is not written is the usual, and no warning is due on that.
    reminders: Reminders.safeParse(written.reminders).data,
    joint: Joint.safeParse(written.joint).data,
    conditions: placedConditions(written.conditions, ''),
    obligations: z.array(Obligation).safeParse(written.obligations).data ?? [],
    annexes: z.array(z.unknown()).safeParse(written.annexes).data ?? [],
    forms: formsOf(written.forms),
  };
};

const annexKeys = (annexes: readonly unknown[]) =>
  annexes.map((annex, index) => ({
    path: at('annexes', index, 'key'),
    key: z.object({ key: Key }).safeParse(annex).data?.key,
  }));

const refused = (fault: Omit<Fault, 'path'>): CheckedDefinition => ({
  faults: [{ path: '', ...fault }],
  warnings: [],
});

const checked = (input: unknown, meter: Meter): CheckedDefinition => {
  if (input === null) return refused({ code: 'NULL', params: { of: 'empty' } });
  if (measure(input, meter) === 'tooDeep') {
    return refused({ code: 'TOO_LARGE', params: { of: 'depth', limit: MAX_DEPTH } });
  }
  const { nodes, fault } = writtenCategories(input);
  if (fault !== undefined) return { faults: [fault], warnings: [] };

  const parsed = CallDefinition.safeParse(input);
  const shape = parsed.success ? [] : schemaFaults(parsed.error.issues, input, chooseNode);
  const parts = partsOf(input);
  const checker = ruleChecker(meter);
  const { window, ...windowCheck } = checkWindow(parts.window);
  const forms = checkForms(parts.forms, checker);
  const around = { ofCall: parts.conditions, writtenForms: parts.forms, forms, checker, meter };
  const categories = checkCategories(nodes, around);
  const paper = checkPaper(parts.paper, window);
  const reminders = checkReminders(parts.reminders, window);
  const faults = [
    ...shape,
    ...windowCheck.faults,
    ...paper.faults,
    ...reminders.faults,
    ...jointFaults(parts.joint, 'joint'),
    ...duplicates(annexKeys(parts.annexes)),
    ...categories.faults,
    ...forms.faults,
  ];
  const warnings = [
    ...windowCheck.warnings,
    ...paper.warnings,
    ...reminders.warnings,
    ...earlyReports(parts.obligations, categories.lastDays, 'obligations'),
    ...categories.warnings,
  ];
  return faults.length === 0 && parsed.success && window !== undefined
    ? { definition: parsed.data, window, faults, warnings: warnings.slice(0, MAX_FAULTS) }
    : { faults: faults.slice(0, MAX_FAULTS), warnings: warnings.slice(0, MAX_FAULTS) };
};

/**
 * Checks a definition as it was written: its shape, then all that its parts say of each other. Every fault is found at once, also those between parts
 * that are well formed while others are not. At most the first 1,000 are given. What would take more steps than `meter` has is stopped: TOO_COMPLEX.
 */
export const checkDefinition = (input: unknown, meter: Meter = new Meter()): CheckedDefinition => {
  try {
    return checked(input, meter);
  } catch (error) {
    if (error instanceof OutOfSteps) return refused({ code: 'TOO_COMPLEX', params: { limit: meter.limit } });
    throw error;
  }
};
