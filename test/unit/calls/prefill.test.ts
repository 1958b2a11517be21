import { describe, expect, test } from 'vitest';
import { categoryPlaces } from '#shared/domain/call/category-tree.ts';
import { checkComplete } from '#shared/domain/form/check-complete.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { knownOf } from '#shared/domain/submission/known-answers.ts';
import { startingAnswers } from '#shared/domain/submission/starting-answers.ts';
import { organization } from '#test/support/organizations.ts';
import { formOf, readCall } from './read-call.ts';

const unit = organization({
  ...{ name: '示例学会', foundedOn: '2009-06-18', address: '湖南省常德市示例路1号', postcode: '415000' },
  ...{
    phone: '0736-2000000',
    fax: '0736-2000001',
    email: 'unit@example.com',
    head: '甲某某',
    headMobile: '13000000001',
  },
});
const user = { name: '丙某某', email: 'contact@example.com', mobile: '13000000003' };

/** What every form asks of unit and contact, and where it is known from. */
const EVERYWHERE = {
  unitName: 'unit.name',
  unitHead: 'unit.head',
  contactName: 'user.name',
  contactMobile: 'user.mobile',
  contactEmail: 'user.email',
};

describe.each(['changde-2022', 'guangdong-2024', 'hunan-2022'])('a new draft of %s', (name) => {
  const call = readCall(name);
  const places = categoryPlaces(call.categories);

  test('starts in every category with all that the form takes from record and membership, and none of it is refused', () => {
    for (const place of places) {
      const form = formOf(call, place.category.form);
      const sources = fieldsOf(form).all.flatMap((field) =>
        'prefill' in field && field.prefill !== undefined ? [{ field: field.key, from: field.prefill }] : [],
      );
      const begun = startingAnswers({ version: 1, call, place, form }, { sent: {}, known: knownOf(unit, user) });
      expect(begun.filled).toEqual(sources);
      expect(begun.filled).toEqual(
        expect.arrayContaining(Object.entries(EVERYWHERE).map(([field, from]) => ({ field, from }))),
      );
      const faults = checkComplete(form, { fixed: place.category.fixed }, begun.answers);
      expect(faults.filter(({ code }) => code !== 'REQUIRED')).toEqual([]);
    }
    expect.hasAssertions();
  });
});

describe('what is known', () => {
  test('of the unit goes to what the form asks of the unit, of the user to what it asks of the contact', () => {
    for (const name of ['changde-2022', 'guangdong-2024', 'hunan-2022'])
      for (const form of Object.values(readCall(name).forms))
        for (const field of fieldsOf(form).all) {
          const source = 'prefill' in field ? field.prefill : undefined;
          expect(source?.startsWith('user.') ?? false).toBe(field.key.startsWith('contact'));
        }
    expect.hasAssertions();
  });
});
