import { describe, expect, it } from 'vitest';
import { formPresentation } from '#shared/domain/form/presentation.ts';
import { projectForm } from './project-form.ts';

describe('formPresentation', () => {
  it('keeps sections, fields, columns and statements in the order of the form', () => {
    const { title, sections } = formPresentation(projectForm());
    expect(title).toBe('项目申报书');
    expect(sections.map((section) => section.title)).toEqual([
      '一、申报单位基本情况',
      '二、项目基本概况',
      '六、项目主要参与人员',
      '七、项目经费预算',
    ]);
    expect(sections[2]?.fields[0]).toMatchObject({
      key: 'participants',
      label: '项目主要参与人员',
      type: 'table',
      numbered: true,
      columns: [{ label: '姓名' }, { label: '承担的主要工作' }, { label: '备注' }],
      firstRow: { sameAs: { name: 'leader' } },
    });
    expect(sections[3]?.statements.map(({ kind }) => kind)).toEqual(['commitment', 'signature']);
  });

  it('says the rules in words, by the labels of the fields', () => {
    expect(formPresentation(projectForm()).rules.map(({ kind, text }) => [kind, text])).toEqual([
      ['sum', '“经费总预算”应等于“单位自筹经费”、““提能计划”项目经费”之和。'],
      ['columnSum', '“经费支出预算表”中“金额”各行之和应等于“经费总预算”。'],
      ['order', '“开始时间”、“结束时间”、“完成时间”应依次不早于（不小于）前一项。'],
      ['withinAmount', '““提能计划”项目经费”不超过本类别的经费额度。'],
    ]);
  });

  it('is plain JSON', () => {
    const presentation = formPresentation(projectForm());
    expect(JSON.parse(JSON.stringify(presentation))).toEqual(presentation);
  });
});
