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

it('is one page by itself, with what stands above the answers, sections, units and empty cells', () => {
  const asked = FormDefinition.parse({
    title: '申报书',
    sections: [
      {
        title: '一、项目',
        fields: [
          { key: 'people', label: '人数', type: 'integer', unit: '人' },
          { key: 'times', label: '次数', type: 'integer' },
          { key: 'on', label: '时间', type: 'date' },
        ],
      },
      {
        title: '二、人员',
        fields: [
          {
            ...{ key: 'team', label: '参加人员', type: 'table', maxRows: 3 },
            columns: [
              { key: 'name', label: '姓名', type: 'text', maxLength: 9 },
              { key: 'cost', label: '劳务费', type: 'money', unit: '元' },
            ],
          },
        ],
      },
    ],
  });
  const facts = [
    ['申报单位', '医学会'],
    ['类别', '党建'],
  ] as const;
  const page = answersPage(asked, { people: 5, team: [{ name: '甲' }, { cost: '2' }] }, facts);
  const [, body = ''] = page.split('<body>\n');
  expect(body).toBe(
    [
      '<h1>申报书</h1>',
      '<table><tr><th>申报单位</th><td>医学会</td></tr><tr><th>类别</th><td>党建</td></tr></table>',
      '<section><h2>一、项目</h2><div><h4>人数（人）</h4><p>5</p>',
      '<h4>次数</h4><p></p>',
      '<h4>时间</h4><p></p></div></section>',
      '<section><h2>二、人员</h2><div><h3>参加人员</h3>' +
        '<table><tr><th>序号</th><th>姓名</th><th>劳务费（元）</th></tr>' +
        '<tr><td>1</td><td>甲</td><td></td></tr><tr><td>2</td><td></td><td>2</td></tr></table></div></section>',
      '</body>',
      '</html>',
      '',
    ].join('\n'),
  );
  expect(page.startsWith('<!doctype html>\n<html lang="zh-CN">')).toBe(true);
  expect(page).toContain('<title>申报书</title>');
  expect(answersPage(asked, {}, [])).toContain(
    '<table><tr><th>序号</th><th>姓名</th><th>劳务费（元）</th></tr></table>',
  );
});
