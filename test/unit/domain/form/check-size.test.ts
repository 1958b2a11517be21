import { describe, expect, it } from 'vitest';
import { checkForm } from '#shared/domain/form/check-form.ts';
import { formSchema } from '#shared/domain/form/json-schema.ts';
import { formPresentation } from '#shared/domain/form/presentation.ts';
import { formOf, options } from './forms.ts';

/** What a Lambda's reply may hold. */
const MOST_BYTES = 6 * 1024 * 1024;

const text = (key: string, more: object = {}) => ({ key, label: key, type: 'text', maxLength: 10, ...more });
const table = (key: string, columns: number) => ({
  key,
  label: key,
  type: 'table',
  maxRows: 1,
  columns: Array.from({ length: columns }, (_, index) => text(`c${index}`)),
});
/** `count` fields in sections of 100. */
const sections = (count: number, field: (key: string) => object) =>
  Array.from({ length: Math.ceil(count / 100) }, (_, section) =>
    Array.from({ length: Math.min(100, count - section * 100) }, (_, index) => field(`f${section}x${index}`)),
  );

/** The bytes of a form's reply, its text escaped as the function hands it over. */
const repliedBytes = (form: ReturnType<typeof formOf>): number =>
  Buffer.byteLength(JSON.stringify(JSON.stringify({ schema: formSchema(form), presentation: formPresentation(form) })));

describe('the size of a form', () => {
  it('may be 1,000 fields and columns, not one more', () => {
    const rest = sections(989, (key) => text(key));
    expect(checkForm(formOf([table('t', 10)], ...rest), 'forms.a')).toEqual([]);
    expect(checkForm(formOf([table('t', 11)], ...rest), 'forms.a')).toEqual([
      { path: 'forms.a.sections', code: 'TOO_MANY', params: { limit: 1_000 } },
    ]);
  });

  it('leaves room for the reply of the longest labels and hints of all its fields', () => {
    const more = { label: '题'.repeat(100), hint: '示'.repeat(500), required: true, multiline: true };
    const form = formOf(...sections(1_000, (key) => text(key, more)));
    expect(checkForm(form, 'forms.a')).toEqual([]);
    expect(repliedBytes(form)).toBeLessThan(MOST_BYTES);
  });

  it('is bounded by what its reply takes, however little was written', () => {
    const values = Array.from({ length: 100 }, (_, index) => `${'"'.repeat(50)}${index}`);
    const choice = (key: string) => ({ key, label: key, type: 'choice', options: options(...values) });
    const [accepted, refused] = [50, 200].map((count) => formOf(...sections(count, choice)));
    if (accepted === undefined || refused === undefined) throw new Error('no forms');
    expect(checkForm(accepted, 'forms.a')).toEqual([]);
    expect(repliedBytes(accepted)).toBeLessThan(MOST_BYTES);
    expect(repliedBytes(refused)).toBeGreaterThan(MOST_BYTES);
    expect(checkForm(refused, 'forms.a')).toEqual([
      { path: 'forms.a', code: 'TOO_LARGE', params: { limit: 5 * 1024 * 1024 } },
    ]);
  });
});
