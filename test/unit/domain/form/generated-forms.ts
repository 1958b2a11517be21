import fc from 'fast-check';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { options, parsedForm } from './forms.ts';

const OPTIONS = options('甲', '乙', '丙');

const text = fc.record({
  type: fc.constant('text'),
  maxLength: fc.integer({ min: 4, max: 12 }),
  minLength: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  multiline: fc.boolean(),
  format: fc.option(fc.constantFrom('postcode-cn', 'email'), { nil: undefined, freq: 4 }),
});
const integer = fc.record({
  type: fc.constant('integer'),
  min: fc.option(fc.integer({ min: -3, max: 0 }), { nil: undefined }),
  max: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
});
const money = fc.record({ type: fc.constant('money'), unit: fc.constantFrom('元', '万元') });
const choice = fc.constant({ type: 'choice', options: OPTIONS });
const choices = fc.record({
  type: fc.constant('choices'),
  options: fc.constant(OPTIONS),
  min: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
  max: fc.option(fc.integer({ min: 2, max: 3 }), { nil: undefined }),
});
const plain = fc.constantFrom({ type: 'date' }, { type: 'boolean' });
const scalar = fc.oneof(text, integer, money, choice, choices, plain);

const named = (keys: string, fields: readonly object[], required: readonly boolean[]) =>
  fields.map((field, index) => ({
    key: `${keys}${index}`,
    label: `${keys}${index}`,
    required: required[index] ?? false,
    ...field,
  }));

const table = fc
  .tuple(
    fc.array(scalar, { minLength: 1, maxLength: 3 }),
    fc.array(fc.boolean()),
    fc.integer({ min: 0, max: 2 }),
    fc.integer({ min: 2, max: 3 }),
  )
  .map(([columns, required, minRows, maxRows]) => ({
    type: 'table',
    columns: named('c', columns, required),
    minRows,
    maxRows,
  }));

/** Forms as the lint lets them pass: three fields that steer others, up to five of any kind, each perhaps shown only with one of those before it. */
const generatedForm = (): fc.Arbitrary<FormDefinition> =>
  fc
    .tuple(
      fc.tuple(
        choice,
        plain.filter(({ type }) => type === 'boolean'),
        choices,
      ),
      fc.array(fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: table }), { maxLength: 5 }),
      fc.array(fc.boolean(), { maxLength: 8 }),
      fc.array(fc.option(fc.nat(), { freq: 2 }), { minLength: 8, maxLength: 8 }),
    )
    .map(([steering, others, required, seeds]) => {
      const fields = named('f', [...steering, ...others], required);
      const conditions = [
        { field: 'f0', in: ['甲', '乙'] },
        { field: 'f1', in: [true] },
        { field: 'f2', in: ['丙'] },
      ];
      const withConditions = fields.map((field, index) => {
        const seed = seeds[index];
        const visibleWhen = seed == null || index === 0 ? undefined : conditions[seed % Math.min(index, 3)];
        return { ...field, ...(visibleWhen === undefined ? {} : { visibleWhen }) };
      });
      return parsedForm({ title: '生成', sections: [{ title: '一', fields: withConditions }] });
    });

const looseText = fc.oneof(
  fc.string({ unit: fc.constantFrom('甲', 'a', ' ', '\n', '\t', '𠮷', '\u0000', '　', '1'), maxLength: 14 }),
  fc.constantFrom(
    '',
    '   ',
    '415000',
    'a@b.cn',
    '2024-02-29',
    '2024-02-30',
    '2024-13-01',
    '0.5',
    '1.50',
    '1.234',
    '01',
  ),
  fc.constantFrom('甲', '乙', '丙', '丁'),
);
const looseScalar = fc.oneof(
  looseText,
  fc.constantFrom<unknown>(-4, -0, 0, 1, 2, 4, 1.5, 2 ** 53, true, false, null),
  fc.subarray(['甲', '乙', '丙', '丁']),
  fc.array(fc.constantFrom('甲', '丙'), { maxLength: 3 }),
);

/** A value that mostly has the right shape for a field of the type, at times another one. */
const valueFor = (field: FormDefinition['sections'][number]['fields'][number]): fc.Arbitrary<unknown> => {
  const likely = (): fc.Arbitrary<unknown> => {
    switch (field.type) {
      case 'text':
        if (field.format !== undefined) return fc.constantFrom('415000', 'a@b.cn', '', ' ', '41500', 'a@b');
        return fc.string({ unit: fc.constantFrom('甲', 'a', ' ', '𠮷'), maxLength: field.maxLength });
      case 'integer':
        return fc.integer({ min: -4, max: 4 });
      case 'money':
        return fc.constantFrom('0', '0.5', '1.50', '10', '1.2345');
      case 'date':
        return fc.constantFrom('2024-02-29', '2022-03-31');
      case 'choice':
        return fc.constantFrom('甲', '乙', '丙');
      case 'choices':
        return fc.subarray(['甲', '乙', '丙']);
      case 'boolean':
        return fc.boolean();
      case 'table':
        return fc.array(
          fc.record(Object.fromEntries(field.columns.map((column) => [column.key, valueFor({ ...column })])), {
            requiredKeys: field.columns.filter(({ required }) => required).map(({ key }) => key),
          }),
          { maxLength: field.maxRows },
        );
    }
  };
  return fc.oneof({ weight: 24, arbitrary: likely() }, { weight: 1, arbitrary: looseScalar });
};

/** A body for a form: most fields with a fitting answer, now and then an unfitting or unknown one. */
export const inputFor = (form: FormDefinition): fc.Arbitrary<Record<string, unknown>> => {
  const fields = form.sections.flatMap((section) => section.fields);
  const known = fc.record(Object.fromEntries(fields.map((field) => [field.key, valueFor(field)])), {
    requiredKeys: fields.filter(({ required }) => required).map(({ key }) => key),
  });
  const unknown = fc.oneof(
    { weight: 19, arbitrary: fc.constant<Record<string, unknown>>({}) },
    { weight: 1, arbitrary: fc.constant<Record<string, unknown>>({ other: 1 }) },
  );
  return fc.tuple(known, unknown).map(([answers, more]) => ({ ...answers, ...more }));
};

/** A form with some bodies for it. */
export const formAndInputs = (): fc.Arbitrary<[FormDefinition, readonly Record<string, unknown>[]]> =>
  generatedForm().chain((form) =>
    fc.array(inputFor(form), { minLength: 5, maxLength: 10 }).map((inputs) => [form, inputs]),
  );
