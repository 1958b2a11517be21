import type { Answers } from '#shared/domain/form/definition.ts';
import { type ExportWorld, exportWorld } from '#test/support/export-world.ts';
import { seedSubmissions } from '#test/support/many-submissions.ts';
import { CALL_ID, WHILE_OPEN } from '#test/support/submission-world.ts';

const field = (key: string, label: string, rest: Record<string, unknown>) => ({ key, label, ...rest });

/** A form with a field of every type and a table. */
export const everyField = {
  title: '项目申报书',
  sections: [
    {
      title: '一、项目',
      fields: [
        field('name', '项目名称', { type: 'text', maxLength: 200, required: true }),
        field('phone', '联系电话', { type: 'text', maxLength: 20 }),
        field('summary', '项目简介', { type: 'text', maxLength: 20_000, multiline: true }),
        field('startsOn', '开始日期', { type: 'date' }),
        field('people', '参加人数', { type: 'integer', unit: '人' }),
        field('budget', '申请经费', { type: 'money', unit: '万元' }),
        field('kind', '项目类型', {
          type: 'choice',
          options: [
            { value: 'key', label: '重点项目' },
            { value: 'other', label: '其他' },
          ],
        }),
        field('fields', '所属领域', {
          type: 'choices',
          options: [
            { value: 'a', label: '农业' },
            { value: 'b', label: '医学' },
          ],
        }),
        field('isNew', '是否新设', { type: 'boolean' }),
      ],
    },
    {
      title: '二、人员',
      fields: [
        field('team', '参加人员', {
          type: 'table',
          maxRows: 20,
          columns: [
            field('person', '姓名', { type: 'text', maxLength: 20 }),
            field('cost', '劳务费', { type: 'money', unit: '元' }),
          ],
        }),
      ],
    },
  ],
};

/** Answers to it. */
const answersAt = (place: number): Answers => ({
  name: `=HYPERLINK("http://example.org","项目${place}")`,
  phone: '0736-07171234567890',
  summary: '第一行\n第二行',
  startsOn: '2022-05-01',
  people: 12,
  budget: '3.5',
  kind: 'key',
  fields: ['a', 'b'],
  isNew: true,
  team: [
    { person: '甲', cost: '100' },
    { person: '乙', cost: '0.5' },
  ],
});

const CATEGORIES = [
  { code: '1', countedIn: ['1'] },
  { code: '2-1', countedIn: ['2', '2-1'] },
];

type Many = Parameters<typeof seedSubmissions>[1];

/** An open call with that form and so many submissions in its two categories by turns. */
export const exportedCall = async (
  count: number,
  overrides: Partial<Omit<Many, 'call' | 'count'>> = {},
): Promise<ExportWorld> => {
  const world = await exportWorld({ forms: { apply: everyField } });
  await seedMore(world, count, overrides);
  return world;
};

/** So many submissions of the call as it is just now. */
export const seedMore = async (
  world: ExportWorld,
  count: number,
  overrides: Partial<Omit<Many, 'call' | 'count'>> = {},
): Promise<void> => {
  const call = await world.calls.head(CALL_ID);
  if (call === undefined) throw new Error('The world has no call');
  await seedSubmissions(world, {
    ...{ call, count, categories: CATEGORIES, answersOf: answersAt, submittedFrom: WHILE_OPEN },
    ...overrides,
  });
};
