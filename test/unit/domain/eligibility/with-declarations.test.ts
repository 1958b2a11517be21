import { describe, expect, test } from 'vitest';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import { formSchema } from '#shared/domain/form/json-schema.ts';
import { formPresentation } from '#shared/domain/form/presentation.ts';
import { writtenCall, writtenLeaf } from '#test/support/calls.ts';

const venue = { text: '有活动场地', effect: 'gate', declare: 'hasVenue', clause: '二、3' };
const { forms, ...call } = CallDefinition.parse(
  writtenCall({
    conditions: [venue],
    categories: [
      {
        code: '1',
        title: '党建',
        ...writtenLeaf,
        conditions: [
          { text: '项目类型已选', effect: 'gate', declare: 'kind' },
          { text: '有活动场地和设备', effect: 'priority', declare: 'hasVenue' },
          { text: '连续五年举办年会', effect: 'priority', declare: 'annualMeeting' },
        ],
      },
      { code: '2', title: '其他', ...writtenLeaf },
    ],
  }),
);
const formOf = (code: string) => {
  const place = findCategory(call.categories, code);
  if (place === undefined || forms.apply === undefined) throw new Error('no such category');
  return withDeclarations(forms.apply, call, place);
};

describe('the form of a category with declarations', () => {
  test('asks each of them once, in a section of their own, and none that the form asks already', () => {
    expect(formOf('1').sections.at(-1)).toMatchObject({
      title: '申报条件声明',
      fields: [
        { key: 'hasVenue', label: '有活动场地', type: 'boolean', required: false, clause: '二、3' },
        { key: 'annualMeeting', label: '连续五年举办年会', type: 'boolean', required: false },
      ],
    });
    expect(
      formOf('2')
        .sections.at(-1)
        ?.fields.map(({ key }) => key),
    ).toEqual(['hasVenue']);
  });

  test('is made once, so that what is kept of a form is kept of it too', () => {
    expect(formOf('1')).toBe(formOf('1'));
    expect(formOf('1')).not.toBe(formOf('2'));
  });

  test('is the written one where nothing is declared', () => {
    const place = findCategory(call.categories, '2');
    if (place === undefined || forms.apply === undefined) throw new Error('no such category');
    const other = { ...place, category: { ...place.category } };
    expect(withDeclarations(forms.apply, { conditions: [] }, other)).toBe(forms.apply);
  });

  test('takes yes and no, and shows them in schema and presentation', () => {
    const form = formOf('1');
    expect(checkShape(form, undefined, { hasVenue: true })).toMatchObject({ answers: { hasVenue: true }, faults: [] });
    expect(checkShape(form, undefined, { hasVenue: '是' }).faults).toMatchObject([{ code: 'WRONG_TYPE' }]);
    expect(JSON.stringify(formSchema(form, undefined))).toContain('hasVenue');
    expect(formPresentation(form).sections.at(-1)?.title).toBe('申报条件声明');
  });
});
