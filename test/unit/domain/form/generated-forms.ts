import fc from 'fast-check';
import { FORMATS, type FormDefinition } from '#shared/domain/form/definition.ts';
import { options, parsedForm } from './forms.ts';
import { type Body, bodiesFor } from './generated-answers.ts';

const OPTIONS = options('甲', '乙', '丙');

const text = fc.record({
  type: fc.constant('text'),
  maxLength: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 4, max: 30 }) },
    { weight: 1, arbitrary: fc.constant(2_000) },
  ),
  minLength: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  multiline: fc.boolean(),
  format: fc.option(fc.constantFrom(...FORMATS), { nil: undefined, freq: 2 }),
});
const integer = fc.record({
  type: fc.constant('integer'),
  min: fc.option(fc.constantFrom(-3, 0, Number.MIN_SAFE_INTEGER), { nil: undefined }),
  max: fc.option(fc.constantFrom(1, 3, Number.MAX_SAFE_INTEGER), { nil: undefined }),
});
const money = fc.record({
  type: fc.constant('money'),
  unit: fc.constantFrom('元', '万元'),
  min: fc.option(fc.constantFrom('0', '0.10', '1'), { nil: undefined }),
  max: fc.option(fc.constantFrom('1', '10.50', '999999999999999'), { nil: undefined }),
});
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
    fc.constantFrom(2, 3, 30),
  )
  .map(([columns, required, minRows, maxRows]) => ({
    type: 'table',
    columns: named('c', columns, required),
    minRows,
    maxRows,
  }));

/** Forms as the lint lets them pass: three fields that steer others, up to five of any kind, each perhaps shown only with one of those before it. */
export const generatedForm = (): fc.Arbitrary<FormDefinition> =>
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

/** A form with some bodies for it. */
export const formAndBodies = (bodies: {
  readonly least: number;
  readonly most: number;
}): fc.Arbitrary<[FormDefinition, readonly Body[]]> =>
  generatedForm().chain((form) =>
    fc.array(bodiesFor(form), { minLength: bodies.least, maxLength: bodies.most }).map((all) => [form, all]),
  );
