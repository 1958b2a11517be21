import { describe, expect, it } from 'vitest';
import type { Answers, FormDefinition } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { hiddenFields, withoutHidden } from '#shared/domain/form/visibility.ts';
import { formOf, options } from './forms.ts';

const boolean = (key: string, visibleWhen?: object) => ({ key, label: key, type: 'boolean', visibleWhen });

const visibleFields = (form: FormDefinition, answers: Answers): string[] => {
  const hidden = hiddenFields(form, answers);
  return fieldsOf(form)
    .all.map(({ key }) => key)
    .filter((key) => !hidden.has(key));
};

describe('hiddenFields', () => {
  const form = formOf([
    { key: 'kind', label: '项目类型', type: 'choice', options: options('meeting', 'survey') },
    { ...boolean('online'), visibleWhen: { field: 'kind', in: ['meeting'] } },
    { key: 'link', label: '网址', type: 'text', maxLength: 10, visibleWhen: { field: 'online', in: [true] } },
    { key: 'topics', label: '主题', type: 'choices', options: options('a', 'b', 'c') },
    { key: 'why', label: '理由', type: 'text', maxLength: 10, visibleWhen: { field: 'topics', in: ['b', 'c'] } },
  ]);
  const visible = (answers: Answers) => visibleFields(form, answers);

  it('hides what depends on a field without an answer', () => {
    expect(visible({})).toEqual(['kind', 'topics']);
  });

  it('shows a field whose controller has one of the values', () => {
    expect(visible({ kind: 'meeting', online: true })).toEqual(['kind', 'online', 'link', 'topics']);
    expect(visible({ kind: 'meeting', online: false })).toEqual(['kind', 'online', 'topics']);
  });

  it('shows a field when any of several chosen values is named', () => {
    expect(visible({ topics: ['a', 'c'] })).toContain('why');
    expect(visible({ topics: ['a'] })).not.toContain('why');
  });

  it('hides a field whose controller is itself hidden, whatever its answer', () => {
    expect(visible({ kind: 'survey', online: true })).toEqual(['kind', 'topics']);
  });

  it('does not look at what an object inherits', () => {
    const inherited = Object.create({ kind: 'meeting' });
    expect(visibleFields(form, inherited)).toEqual(['kind', 'topics']);
  });

  it('hides fields that control each other in a circle, and what hangs on them', () => {
    const circle = formOf([
      boolean('a', { field: 'b', in: [true] }),
      boolean('b', { field: 'a', in: [true] }),
      boolean('c', { field: 'c', in: [true] }),
      boolean('d', { field: 'a', in: [true] }),
      boolean('e', { field: 'missing', in: [true] }),
      boolean('f'),
    ]);
    expect(visibleFields(circle, { a: true, b: true, c: true, d: true, e: true })).toEqual(['f']);
  });

  it.each<[first: readonly string[], second: readonly string[], answer: string, shown: readonly string[]]>([
    [['a'], ['a', 'b'], 'b', ['second']],
    [['a', 'b'], ['a'], 'b', ['first']],
    [['a', 'b'], ['a', 'c'], 'c', ['second']],
    [['a', 'b'], ['a', 'b'], 'b', ['first', 'second']],
  ])('tells neighbours shown by %j and %j apart at %s', (first, second, answer, shown) => {
    const neighbours = formOf([
      { key: 'kind', label: '类型', type: 'choice', options: options('a', 'b', 'c') },
      boolean('first', { field: 'kind', in: first }),
      boolean('second', { field: 'kind', in: second }),
    ]);
    expect(visibleFields(neighbours, { kind: answer })).toEqual(['kind', ...shown]);
  });

  it('tells neighbours apart that hang on different fields by the same value', () => {
    const neighbours = formOf([
      boolean('one'),
      boolean('other'),
      boolean('first', { field: 'one', in: [true] }),
      boolean('second', { field: 'other', in: [true] }),
    ]);
    expect(visibleFields(neighbours, { one: true })).toEqual(['one', 'other', 'first']);
    expect(visibleFields(neighbours, { other: true })).toEqual(['one', 'other', 'second']);
  });

  it.each<[what: string, answer: Answers[string]]>([
    ['a number', 1],
    ['rows', [{ a: 'a' }]],
    ['nothing of a list', []],
  ])('takes %s for none of its values', (_, answer) => {
    expect(visible({ kind: answer, topics: answer })).toEqual(['kind', 'topics']);
  });

  it('follows a chain of thousands of conditions, in whichever order they are written', () => {
    const chain = Array.from({ length: 5_000 }, (_, index) =>
      boolean(`f${index}`, index === 0 ? undefined : { field: `f${index - 1}`, in: [true] }),
    );
    const answers = Object.fromEntries(chain.map(({ key }) => [key, key !== 'f4000']));
    for (const fields of [chain, [...chain].reverse()]) {
      const sections = Array.from({ length: 50 }, (_, part) => fields.slice(part * 100, part * 100 + 100));
      expect(visibleFields(formOf(...sections), answers)).toHaveLength(4_001);
    }
  });
});

describe('withoutHidden', () => {
  it('leaves hidden answers out', () => {
    expect(withoutHidden({ a: 1, b: 2 }, new Set(['a', 'c']))).toEqual({ b: 2 });
  });

  it('gives the answers themselves where none of them is hidden', () => {
    const answers = { a: 1, b: 2 };
    expect(withoutHidden(answers, new Set(['c']))).toBe(answers);
  });
});
