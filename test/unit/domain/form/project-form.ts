import type { Answers, FormDefinition } from '#shared/domain/form/definition.ts';
import { options, parsedForm } from './forms.ts';

/** A form like those the notices print: unit, project, parts by kind of project, participants led by the leader, a budget that adds up. */
export const projectForm = (): FormDefinition =>
  parsedForm({
    title: '项目申报书',
    sections: [
      {
        title: '一、申报单位基本情况',
        hint: '与登记证书一致',
        fields: [
          { key: 'unitName', label: '单位名称', type: 'text', maxLength: 50, required: true, clause: '一' },
          { key: 'uscc', label: '统一社会信用代码', type: 'text', maxLength: 18, format: 'uscc', required: true },
          { key: 'foundedOn', label: '成立时间', type: 'date', required: true },
          { key: 'phone', label: '办公电话', type: 'text', maxLength: 20, format: 'phone-cn' },
          { key: 'members', label: '会员数', type: 'integer', min: 1, max: 100_000, unit: '人' },
        ],
      },
      {
        title: '二、项目基本概况',
        fields: [
          { key: 'projectName', label: '项目名称', type: 'text', maxLength: 50, required: true },
          {
            key: 'kind',
            label: '项目类型',
            type: 'choice',
            options: options('学术交流', '科技服务', '党建'),
            required: true,
          },
          { key: 'leader', label: '项目负责人', type: 'text', maxLength: 20, required: true },
          { key: 'startsOn', label: '开始时间', type: 'date', required: true },
          { key: 'endsOn', label: '结束时间', type: 'date', required: true },
          { key: 'doneOn', label: '完成时间', type: 'date' },
          {
            key: 'hasSite',
            label: '是否有活动阵地',
            type: 'boolean',
            required: true,
            visibleWhen: { field: 'kind', in: ['党建'] },
          },
          {
            key: 'siteArea',
            label: '阵地面积',
            type: 'integer',
            min: 1,
            unit: '平方米',
            required: true,
            visibleWhen: { field: 'hasSite', in: [true] },
          },
          {
            key: 'services',
            label: '服务内容',
            type: 'choices',
            options: options('咨询', '培训', '推广', '攻关'),
            min: 2,
            max: 3,
            required: true,
            visibleWhen: { field: 'kind', in: ['科技服务', '学术交流'] },
          },
          {
            key: 'trainees',
            label: '培训人数',
            type: 'integer',
            required: true,
            visibleWhen: { field: 'services', in: ['培训'] },
          },
          {
            key: 'content',
            label: '项目实施主要内容',
            type: 'text',
            maxLength: 2_000,
            minLength: 10,
            multiline: true,
            required: true,
          },
        ],
      },
      {
        title: '六、项目主要参与人员',
        fields: [
          {
            key: 'participants',
            label: '项目主要参与人员',
            type: 'table',
            clause: '附件2 六',
            required: true,
            minRows: 2,
            maxRows: 20,
            numbered: true,
            columns: [
              { key: 'name', label: '姓名', type: 'text', maxLength: 20, required: true },
              { key: 'work', label: '承担的主要工作', type: 'text', maxLength: 200 },
              { key: 'remark', label: '备注', type: 'text', maxLength: 20 },
            ],
            firstRow: { sameAs: { name: 'leader' }, fixed: { remark: '项目负责人' } },
          },
        ],
      },
      {
        title: '七、项目经费预算',
        fields: [
          { key: 'total', label: '经费总预算', type: 'money', unit: '万元', min: '0.1', required: true },
          { key: 'own', label: '单位自筹经费', type: 'money', unit: '万元' },
          { key: 'requested', label: '“提能计划”项目经费', type: 'money', unit: '万元', required: true },
          {
            key: 'budget',
            label: '经费支出预算表',
            type: 'table',
            required: true,
            maxRows: 30,
            numbered: true,
            columns: [
              { key: 'item', label: '支出项目内容', type: 'text', maxLength: 50, required: true },
              { key: 'amount', label: '金额', type: 'money', unit: '万元', required: true },
              { key: 'remark', label: '备注', type: 'text', maxLength: 50 },
            ],
          },
        ],
        statements: [
          { kind: 'commitment', text: '经{unitName}会议研究审议，负责人签名确认后提出申报。' },
          { kind: 'signature', text: '项目负责人签名：' },
        ],
      },
    ],
    rules: [
      { kind: 'sum', total: 'total', parts: ['own', 'requested'], clause: '七' },
      { kind: 'columnSum', table: 'budget', column: 'amount', total: 'total' },
      { kind: 'order', fields: ['startsOn', 'endsOn', 'doneOn'] },
      { kind: 'withinAmount', field: 'requested', clause: '经费额度' },
    ],
  });

/** Answers that are complete. */
export const projectAnswers = (): Answers => ({
  unitName: '某市某学会',
  uscc: '91350100M000100Y43',
  foundedOn: '1998-05-01',
  phone: '0736-7250000',
  members: 120,
  projectName: '科技服务进园区',
  kind: '科技服务',
  leader: '负责人甲',
  startsOn: '2022-04-01',
  endsOn: '2022-10-31',
  doneOn: '2022-11-30',
  services: ['咨询', '培训'],
  trainees: 200,
  content: '组建专家团队，按需求开展服务。\n每次活动后宣传。',
  participants: [
    { name: '负责人甲', work: '统筹', remark: '项目负责人' },
    { name: '参与人乙', work: '培训' },
  ],
  total: '2.5',
  own: '0.5',
  requested: '2',
  budget: [
    { item: '专家费', amount: '1.25' },
    { item: '资料费', amount: '1.25', remark: '印刷' },
  ],
});
