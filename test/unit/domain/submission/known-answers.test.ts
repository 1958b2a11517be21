import { expect, test } from 'vitest';
import type { Field } from '#shared/domain/form/definition.ts';
import { knownAnswer, knownOf } from '#shared/domain/submission/known-answers.ts';
import { organization } from '#test/support/organizations.ts';
import { formOf } from '../form/forms.ts';

const fieldOf = (written: object): Field => {
  const field = formOf([{ key: 'a', label: 'a', ...written }]).sections[0]?.fields[0];
  if (field === undefined) throw new Error('a form of one field');
  return field;
};

test('what is known of unit and user is known by its source, and nothing of whom there is no record of', () => {
  const unit = {
    ...{ name: '医学会', uscc: '51430700MJJ0000019', foundedOn: '1985-06-01', address: '路1号', postcode: '415000' },
    ...{ phone: '0736-7712345', fax: '0736-7712346', email: 'a@b.cn', head: '张三', headMobile: '13800000000' },
  };
  const user = { name: '丙某某', email: 'c@b.cn', mobile: '13000000003' };
  expect(knownOf(organization(unit), user)).toStrictEqual({
    ...Object.fromEntries(Object.entries(unit).map(([key, value]) => [`unit.${key}`, value])),
    ...Object.fromEntries(Object.entries(user).map(([key, value]) => [`user.${key}`, value])),
  });
  const nothing = Object.values(knownOf(undefined, undefined));
  expect([nothing.length, new Set(nothing)]).toEqual([13, new Set([undefined])]);
});

test('a field that names its source is answered from it', () => {
  const known = { 'unit.name': '医学会', 'unit.foundedOn': '1985-06-01' };
  const name = fieldOf({ type: 'text', maxLength: 9, prefill: 'unit.name' });
  expect(knownAnswer(name, known)).toStrictEqual({ answer: '医学会', from: 'unit.name' });
  const founded = fieldOf({ type: 'date', prefill: 'unit.foundedOn' });
  expect(knownAnswer(founded, known)).toStrictEqual({ answer: '1985-06-01', from: 'unit.foundedOn' });
});

test.each([
  ['that names none', { type: 'text', maxLength: 9 }, { 'unit.name': '医学会' }],
  ['of another type', { type: 'integer' }, { 'unit.name': '医学会' }],
  ['whose source is not known', { type: 'text', maxLength: 9, prefill: 'unit.fax' }, { 'unit.name': '医学会' }],
  ['that would be left blank', { type: 'text', maxLength: 9, prefill: 'unit.name' }, { 'unit.name': ' ' }],
  ['that takes less', { type: 'text', maxLength: 2, prefill: 'unit.name' }, { 'unit.name': '医学会' }],
  ['that takes days', { type: 'date', prefill: 'unit.name' }, { 'unit.name': '医学会' }],
])('a field %s is not', (_, written, known) => {
  expect(knownAnswer(fieldOf(written), known)).toBeUndefined();
});
