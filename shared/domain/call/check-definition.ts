import * as z from 'zod';
import { at, type Fault } from '#shared/domain/fault.ts';
import { MAX_FAULTS } from '#shared/domain/fault-list.ts';
import { checkForm } from '#shared/domain/form/check-form.ts';
import { FormDefinition, Key } from '#shared/domain/form/definition.ts';
import { type ChooseOption, schemaFaults } from '#shared/domain/schema-faults.ts';
import type { CallWindow } from './call-head.ts';
import { checkCategory } from './check-category.ts';
import { checkGroup } from './check-group.ts';
import { checkPaper } from './check-paper.ts';
import { checkWindow } from './check-window.ts';
import { CallDefinition, Category, CategoryGroup } from './definition.ts';
import { duplicates } from './duplicates.ts';
import { type Findings, together } from './findings.ts';
import { Moment } from './moment.ts';
import { earlyReports, Obligation } from './obligation.ts';
import { Paper } from './paper.ts';
import { lastDayOf } from './period.ts';
import { isWrittenGroup, type WrittenNode, writtenCategories } from './written-categories.ts';

/** A form for each category of a large notice, twice over. */
const MAX_FORMS = 200;

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
    obligations: z.array(Obligation).safeParse(written.obligations).data ?? [],
    annexes: z.array(z.unknown()).safeParse(written.annexes).data ?? [],
    forms: z.record(z.string(), z.unknown()).safeParse(written.forms).data ?? {},
  };
};

const checkForms = (written: Readonly<Record<string, unknown>>) => {
  const wellFormed = new Map<string, FormDefinition>();
  for (const [key, value] of Object.entries(written)) {
    const form = FormDefinition.safeParse(value);
    if (form.success) wellFormed.set(key, form.data);
  }
  const faults = [...wellFormed].flatMap(([key, form]) => checkForm(form, at('forms', key)));
  const tooMany = Object.keys(written).length > MAX_FORMS;
  return {
    wellFormed,
    faults: tooMany ? [...faults, { path: 'forms', code: 'TOO_MANY' as const, params: { limit: MAX_FORMS } }] : faults,
  };
};

const checkCategories = (
  nodes: readonly WrittenNode[],
  writtenForms: Readonly<Record<string, unknown>>,
  forms: ReadonlyMap<string, FormDefinition>,
) => {
  const formKeys = new Set(Object.keys(writtenForms));
  const leaves = nodes.filter(({ isGroup }) => !isGroup);
  const wellFormed = leaves.flatMap(({ path, written }) => {
    const category = Category.safeParse(written);
    return category.success ? [{ path, category: category.data }] : [];
  });
  const groups = nodes.flatMap(({ path, written, isGroup }): Findings[] => {
    const group = isGroup ? CategoryGroup.safeParse(written) : undefined;
    return group?.success ? [checkGroup(group.data, path)] : [];
  });
  const found = together([
    ...wellFormed.map(({ path, category }) => checkCategory(category, path, formKeys, forms.get(category.form))),
    ...groups,
  ]);
  const codes = nodes.map(({ path, written }) => ({ path: at(path, 'code'), key: written.code }));
  const used = new Set(leaves.map(({ written }) => written.form));
  const unused = [...formKeys].filter((key) => !used.has(key));
  return {
    lastDays: wellFormed.flatMap(({ category }) => lastDayOf(category.period) ?? []),
    faults: [...duplicates(codes), ...found.faults],
    warnings: [...found.warnings, ...unused.map((key): Fault => ({ path: at('forms', key), code: 'UNREACHABLE' }))],
  };
};

const annexKeys = (annexes: readonly unknown[]) =>
  annexes.map((annex, index) => ({
    path: at('annexes', index, 'key'),
    key: z.object({ key: Key }).safeParse(annex).data?.key,
  }));

/**
 * Checks a definition as it was written: its shape, then all that its parts say of each other. Every fault is found at once, also those between parts
 * that are well formed while others are not. At most the first 1,000 are given.
 */
export const checkDefinition = (input: unknown): CheckedDefinition => {
  const { nodes, fault } = writtenCategories(input);
  if (fault !== undefined) return { faults: [fault], warnings: [] };

  const parsed = CallDefinition.safeParse(input);
  const shape = parsed.success ? [] : schemaFaults(parsed.error.issues, input, chooseNode);
  const parts = partsOf(input);
  const { window, ...windowCheck } = checkWindow(parts.window);
  const forms = checkForms(parts.forms);
  const categories = checkCategories(nodes, parts.forms, forms.wellFormed);
  const paper = checkPaper(parts.paper, window);
  const faults = [
    ...shape,
    ...windowCheck.faults,
    ...paper.faults,
    ...duplicates(annexKeys(parts.annexes)),
    ...categories.faults,
    ...forms.faults,
  ];
  const warnings = [
    ...windowCheck.warnings,
    ...paper.warnings,
    ...earlyReports(parts.obligations, categories.lastDays, 'obligations'),
    ...categories.warnings,
  ];
  return faults.length === 0 && parsed.success && window !== undefined
    ? { definition: parsed.data, window, faults, warnings }
    : { faults: faults.slice(0, MAX_FAULTS), warnings };
};
