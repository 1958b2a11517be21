import { expect, it } from 'vitest';
import { answersPage } from '#shared/domain/export/answers-page.ts';
import { FormDefinition } from '#shared/domain/form/definition.ts';

const form = FormDefinition.parse({
  title: '申报书 <b>',
  sections: [
    {
      title: '一、项目',
      fields: [
        { key: 'joint', label: '联合申报', type: 'boolean' },
        { key: 'with', label: '联合单位', type: 'text', maxLength: 60, visibleWhen: { field: 'joint', in: [true] } },
        { key: 'name', label: '项目名称', type: 'text', maxLength: 200 },
        {
          key: 'team',
          label: '参加人员',
          type: 'table',
          maxRows: 3,
          columns: [{ key: 'cost', label: '劳务费', type: 'money', unit: '元' }],
        },
      ],
    },
  ],
});

it('shows answers in the order of the form, without what is hidden, and runs nothing that an applicant wrote', () => {
  const script = '<script>alert(1)</script><img src=x onerror="alert(2)">';
  const page = answersPage(form, { joint: false, name: script, team: [{ cost: '0.5' }] }, [['申报单位', script]]);
  expect(page).not.toMatch(/<script|<img/);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).toContain("default-src 'none'");
  expect(page).not.toContain('联合单位');
  expect(page.indexOf('联合申报')).toBeLessThan(page.indexOf('项目名称'));
  expect(page).toContain('<tr><th>序号</th><th>劳务费（元）</th></tr><tr><td>1</td><td>0.5</td></tr>');
});
