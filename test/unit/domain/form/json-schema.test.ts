import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm } from '#shared/domain/form/check-form.ts';
import { formSchema } from '#shared/domain/form/json-schema.ts';
import { runsOf } from '#test/support/property-runs.ts';
import { isTaken, schemaValidator } from './agreement.ts';
import { formOf, options } from './forms.ts';
import { bodiesFor } from './generated-answers.ts';
import { formAndBodies } from './generated-forms.ts';
import { projectAnswers, projectForm } from './project-form.ts';

describe('formSchema', () => {
  it('takes complete answers and refuses an empty body', () => {
    const validate = schemaValidator(projectForm());
    expect(validate(projectAnswers())).toBe(true);
    expect(validate({})).toBe(false);
  });

  it('asks for the parts of the chosen kind and refuses those of another', () => {
    const validate = schemaValidator(projectForm());
    const { services: _, trainees: __, ...others } = projectAnswers();
    const common = { ...others, kind: '党建' };
    expect(validate({ ...common, hasSite: true, siteArea: 20 })).toBe(true);
    expect(validate({ ...common, hasSite: true })).toBe(false);
    expect(validate({ ...common, hasSite: false })).toBe(true);
    expect(validate({ ...common, hasSite: false, siteArea: 20 })).toBe(false);
    expect(validate({ ...common, hasSite: false, services: ['咨询', '推广'] })).toBe(false);
  });

  it('holds a category to the answers it fixes', () => {
    const validate = schemaValidator(projectForm(), { kind: '科技服务' });
    expect(validate(projectAnswers())).toBe(true);
    expect(validate({ ...projectAnswers(), kind: '学术交流' })).toBe(false);
    const { kind: _, ...without } = projectAnswers();
    expect(validate(without)).toBe(false);
  });

  it('counts code points, as the check does', () => {
    const form = formOf([{ key: 'it', label: '名称', type: 'text', minLength: 2, maxLength: 2, required: true }]);
    const validate = schemaValidator(form);
    expect(['𠮷', '𠮷𠮷', '𠮷𠮷𠮷'].map((it) => validate({ it }))).toEqual([false, true, false]);
  });

  it.each(['', ' ', '\u3000', '\u00a0', '\ufeff', '\u2028', '\u200b', 'a'])(
    'takes %j for blank where the check does',
    (it) => {
      const form = formOf([{ key: 'it', label: '名称', type: 'text', maxLength: 5, required: true }]);
      expect(schemaValidator(form)({ it })).toBe(isTaken(form, undefined, { it }));
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
  it('agree on generated answers to generated forms', () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(formAndBodies({ least: 100, most: 100 }), ([form, bodies]) => {
        expect(checkForm(form, '')).toEqual([]);
        const meetsSchema = schemaValidator(form);
        for (const body of bodies) {
          const isOurs = isTaken(form, undefined, body);
          seen[isOurs ? 'taken' : 'refused'] += 1;
          if (meetsSchema(body) !== isOurs) return false;
        }
        return true;
      }),
      { numRuns: runsOf(300) },
    );
    // Agreement is only worth something if both verdicts are frequent.
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(runsOf(9_000));
  }, 120_000);

  it('agree on generated answers to a form with every kind of rule', () => {
    const form = projectForm();
    const meetsSchema = schemaValidator(form);
    fc.assert(
      fc.property(bodiesFor(form), (body) => {
        expect(meetsSchema(body)).toBe(isTaken(form, undefined, body));
      }),
      { numRuns: runsOf(2_000) },
    );
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
      const validate = schemaValidator(form, { kind });
      for (const answers of [
        {},
        { kind: '甲' },
        { kind: '乙' },
        { place: 'a' },
        { kind: '甲', place: 'a' },
        { kind: '乙', place: 'a' },
      ])
        expect(validate(answers)).toBe(isTaken(form, { kind }, answers));
    }
  });
});
