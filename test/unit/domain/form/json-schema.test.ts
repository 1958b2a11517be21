import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkComplete } from '#shared/domain/form/check-complete.ts';
import { checkForm } from '#shared/domain/form/check-form.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { Answers, FormDefinition } from '#shared/domain/form/definition.ts';
import type { FixedAnswers } from '#shared/domain/form/fields.ts';
import { formSchema } from '#shared/domain/form/json-schema.ts';
import { formOf, options } from './forms.ts';
import { formAndInputs, inputFor } from './generated-forms.ts';
import { projectAnswers, projectForm } from './project-form.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
ajv.addVocabulary(['x-unit', 'x-rules']);

/** Compiling checks the schema against the meta-schema, and in strict mode for keywords without effect. */
const validator = (form: FormDefinition, fixed?: FixedAnswers) => ajv.compile(formSchema(form, fixed));

/** What the schema names in `x-rules` instead of saying it. */
const BEYOND_SCHEMA = new Set(['SUM_MISMATCH', 'COLUMN_SUM_MISMATCH', 'OUT_OF_ORDER', 'ABOVE_AMOUNT', 'FIRST_ROW']);

/** Whether our own two checks take a body as it is: nothing dropped, nothing put in, nothing wrong that a schema can say. */
const isComplete = (form: FormDefinition, input: Answers | Record<string, unknown>, fixed?: FixedAnswers): boolean => {
  const { answers, dropped, faults } = checkShape(form, fixed, input);
  if (faults.length > 0 || dropped.length > 0) return false;
  if (Object.keys(answers).length !== Object.keys(input).length) return false;
  return checkComplete(form, { fixed }, answers).every(({ code }) => BEYOND_SCHEMA.has(code));
};

describe('formSchema', () => {
  it('takes complete answers and refuses an empty body', () => {
    const validate = validator(projectForm());
    expect(validate(projectAnswers())).toBe(true);
    expect(validate({})).toBe(false);
  });

  it('asks for the parts of the chosen kind and refuses those of another', () => {
    const validate = validator(projectForm());
    const { services: _, trainees: __, ...others } = projectAnswers();
    const common = { ...others, kind: '党建' };
    expect(validate({ ...common, hasSite: true, siteArea: 20 })).toBe(true);
    expect(validate({ ...common, hasSite: true })).toBe(false);
    expect(validate({ ...common, hasSite: false })).toBe(true);
    expect(validate({ ...common, hasSite: false, siteArea: 20 })).toBe(false);
    expect(validate({ ...common, hasSite: false, services: ['咨询', '推广'] })).toBe(false);
  });

  it('holds a category to the answers it fixes', () => {
    const validate = validator(projectForm(), { kind: '科技服务' });
    expect(validate(projectAnswers())).toBe(true);
    expect(validate({ ...projectAnswers(), kind: '学术交流' })).toBe(false);
    const { kind: _, ...without } = projectAnswers();
    expect(validate(without)).toBe(false);
  });

  it('counts code points, as the check does', () => {
    const form = formOf([{ key: 'it', label: '名称', type: 'text', minLength: 2, maxLength: 2, required: true }]);
    const validate = validator(form);
    expect(['𠮷', '𠮷𠮷', '𠮷𠮷𠮷'].map((it) => validate({ it }))).toEqual([false, true, false]);
  });

  it.each(['', ' ', '\u3000', '\u00a0', '\ufeff', '\u2028', '\u200b', 'a'])(
    'takes %j for blank where the check does',
    (it) => {
      const form = formOf([{ key: 'it', label: '名称', type: 'text', maxLength: 5, required: true }]);
      expect(validator(form)({ it })).toBe(isComplete(form, { it }));
    },
  );

  it('names the rules it cannot say', () => {
    expect(formSchema(projectForm())['x-rules']).toEqual([
      { kind: 'checkDigit', field: 'uscc' },
      { kind: 'calendarDate', field: 'foundedOn' },
      { kind: 'calendarDate', field: 'startsOn' },
      { kind: 'calendarDate', field: 'endsOn' },
      { kind: 'calendarDate', field: 'doneOn' },
      { kind: 'sameAs', field: 'participants[0].name', other: 'leader' },
      { kind: 'fixedText', field: 'participants[0].remark', text: '项目负责人' },
      { kind: 'amountBounds', field: 'total', min: '0.1' },
      ...projectForm().rules,
    ]);
  });

  it('carries units, titles and hints', () => {
    const form = formOf([
      { key: 'fee', label: '经费', hint: '含自筹', type: 'money', unit: '万元' },
      { key: 'people', label: '人数', type: 'integer', unit: '人' },
    ]);
    expect(formSchema(form)).toMatchObject({
      properties: {
        fee: { title: '经费', description: '含自筹', type: 'string', 'x-unit': '万元' },
        people: { title: '人数', type: 'integer', 'x-unit': '人' },
      },
    });
  });

  it('is plain JSON', () => {
    const schema = formSchema(projectForm(), { kind: '科技服务' });
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});

describe('formSchema and the checks of a submit', () => {
  it('agree on generated answers of generated forms', () => {
    const seen = { complete: 0, incomplete: 0 };
    fc.assert(
      fc.property(formAndInputs(), ([form, inputs]) => {
        expect(checkForm(form, '')).toEqual([]);
        const validate = validator(form);
        for (const input of inputs) {
          const complete = isComplete(form, input);
          seen[complete ? 'complete' : 'incomplete'] += 1;
          expect(validate(input), JSON.stringify(validate.errors)).toBe(complete);
          const { answers, faults } = checkShape(form, undefined, input);
          if (faults.length === 0) expect(validate(answers)).toBe(isComplete(form, answers));
        }
      }),
    );
    // Agreement is only worth something if both verdicts occur often.
    expect(seen.complete).toBeGreaterThan(20);
    expect(seen.incomplete).toBeGreaterThan(20);
  });

  it('agree on complete answers with one of them changed', () => {
    const form = projectForm();
    const validate = validator(form);
    const complete = projectAnswers();
    const seen = { complete: 0, incomplete: 0 };
    const change = inputFor(form).chain((input) =>
      fc.tuple(fc.constant(input), fc.subarray(Object.keys(input), { maxLength: 1 })),
    );
    fc.assert(
      fc.property(change, fc.subarray(Object.keys(complete), { maxLength: 1 }), ([input, changed], removed) => {
        // Amounts below the bound and wrong check digits are the check's alone.
        const changes = changed.filter((key) => key !== 'total' && key !== 'uscc').map((key) => [key, input[key]]);
        const kept = Object.entries(complete).filter(([key]) => !removed.includes(key));
        const answers = Object.fromEntries([...kept, ...changes]);
        const verdict = isComplete(form, answers);
        seen[verdict ? 'complete' : 'incomplete'] += 1;
        expect(validate(answers), JSON.stringify(validate.errors)).toBe(verdict);
      }),
      { numRuns: 400 },
    );
    expect(seen.complete).toBeGreaterThan(20);
    expect(seen.incomplete).toBeGreaterThan(20);
  });

  it('agree on what a category fixes', () => {
    const form = formOf([
      { key: 'kind', label: '类型', type: 'choice', options: options('甲', '乙'), required: true },
      {
        key: 'place',
        label: '地点',
        type: 'text',
        maxLength: 5,
        required: true,
        visibleWhen: { field: 'kind', in: ['甲'] },
      },
    ]);
    for (const kind of ['甲', '乙']) {
      const validate = validator(form, { kind });
      for (const answers of [
        {},
        { kind: '甲' },
        { kind: '乙' },
        { place: 'a' },
        { kind: '甲', place: 'a' },
        { kind: '乙', place: 'a' },
      ])
        expect(validate(answers)).toBe(isComplete(form, answers, { kind }));
    }
  });
});
