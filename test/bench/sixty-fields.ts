import type { Answers } from '#shared/domain/form/definition.ts';

const options = (...values: readonly string[]) => values.map((value) => ({ value, label: value }));

const clause = '附件2';
const short = { type: 'text', maxLength: 60, required: true };
const long = { type: 'text', maxLength: 2_000, minLength: 10, multiline: true, required: true };
const wan = { type: 'money', unit: '万元', required: true };

const unit = [
  { key: 'unitName', label: '申报单位', ...short, clause },
  { key: 'uscc', label: '统一社会信用代码', ...short, format: 'uscc' },
  { key: 'foundedOn', label: '成立时间', type: 'date', required: true },
  { key: 'address', label: '通讯地址', ...short },
  { key: 'postcode', label: '邮政编码', ...short, format: 'postcode-cn' },
  { key: 'phone', label: '办公电话', ...short, format: 'phone-cn' },
  { key: 'fax', label: '传真', type: 'text', maxLength: 20, format: 'phone-cn' },
  { key: 'email', label: '电子邮箱', ...short, format: 'email' },
  { key: 'head', label: '法定代表人', ...short },
  { key: 'headTitle', label: '职务', ...short },
  { key: 'headMobile', label: '手机', ...short, format: 'mobile-cn' },
  { key: 'members', label: '会员数', type: 'integer', min: 1, max: 100_000, unit: '人', required: true },
  { key: 'staff', label: '专职人员', type: 'integer', min: 0, unit: '人' },
  { key: 'rating', label: '评估等级', type: 'choice', options: options('1A', '2A', '3A', '4A', '5A'), required: true },
  { key: 'invoices', label: '能否开具税务发票', type: 'boolean', required: true },
];

const branch = [
  { key: 'hasBranch', label: '是否建有党组织', type: 'boolean', required: true },
  ...[
    { key: 'branchName', label: '党组织名称', ...short },
    { key: 'branchFoundedOn', label: '党组织成立时间', type: 'date', required: true },
    { key: 'partyMembers', label: '党员数', type: 'integer', min: 3, unit: '人', required: true },
    { key: 'branchWork', label: '党建工作', type: 'choice', options: options('正常', '一般'), required: true },
  ].map((field) => ({ ...field, visibleWhen: { field: 'hasBranch', in: [true] } })),
];

const project = [
  { key: 'projectName', label: '项目名称', ...short, clause },
  {
    key: 'projectKind',
    label: '项目类型',
    type: 'choice',
    options: options('学术交流', '科技服务', '科普', '党建', '智库'),
    required: true,
  },
  {
    key: 'fields',
    label: '学科领域',
    type: 'choices',
    options: options('理', '工', '农', '医', '交叉'),
    min: 1,
    max: 3,
  },
  { key: 'leader', label: '项目负责人', ...short },
  { key: 'leaderTitle', label: '职称', ...short },
  { key: 'leaderMobile', label: '手机', ...short, format: 'mobile-cn' },
  { key: 'leaderEmail', label: '电子邮箱', ...short, format: 'email' },
  { key: 'contact', label: '联系人', ...short },
  { key: 'contactMobile', label: '手机', ...short, format: 'mobile-cn' },
  { key: 'startsOn', label: '开始时间', type: 'date', required: true },
  { key: 'endsOn', label: '结束时间', type: 'date', required: true },
  { key: 'doneOn', label: '完成时间', type: 'date', required: true },
  { key: 'place', label: '实施地点', ...short },
  { key: 'background', label: '项目背景', ...long },
  { key: 'content', label: '主要内容', ...long },
  { key: 'plan', label: '实施方案', ...long },
  { key: 'innovation', label: '创新点', ...long },
  { key: 'results', label: '预期成果', ...long },
];

const meeting = [
  {
    key: 'isMeeting',
    label: '是否为会议类项目',
    type: 'choice',
    options: options('是', '否'),
    required: true,
    visibleWhen: { field: 'projectKind', in: ['学术交流', '科普'] },
  },
  ...[
    { key: 'meetingName', label: '会议名称', ...short },
    { key: 'meetingTheme', label: '会议主题', ...short },
    { key: 'meetingStartsOn', label: '会议开始', type: 'date', required: true },
    { key: 'meetingDays', label: '会期', type: 'integer', min: 1, max: 3, unit: '天', required: true },
    { key: 'attendees', label: '规模', type: 'integer', min: 50, unit: '人', required: true },
    { key: 'experts', label: '专家人数', type: 'integer', min: 3, unit: '人', required: true },
    { key: 'isForeign', label: '是否涉外', type: 'boolean', required: true },
  ].map((field) => ({ ...field, visibleWhen: { field: 'isMeeting', in: ['是'] } })),
  {
    key: 'countries',
    label: '涉及国家或地区',
    type: 'text',
    maxLength: 100,
    required: true,
    visibleWhen: { field: 'isForeign', in: [true] },
  },
];

const money = [
  { key: 'total', label: '经费总预算', ...wan, min: '0.1', max: '100' },
  { key: 'ownFunds', label: '自筹经费', ...wan },
  { key: 'otherFunds', label: '其他经费', type: 'money', unit: '元' },
  { key: 'requested', label: '申请经费', ...wan },
  { key: 'personnel', label: '劳务费', ...wan },
  { key: 'venue', label: '场地费', ...wan },
  { key: 'materials', label: '资料费', ...wan },
  { key: 'travel', label: '差旅费', ...wan },
  { key: 'misc', label: '其他支出', ...wan },
  { key: 'fundingPlan', label: '资金使用计划', ...long },
  { key: 'fundingText', label: '经费说明', ...long },
  { key: 'approvingMeeting', label: '审议会议', ...short },
];

const remark = { key: 'remark', label: '备注', type: 'text', maxLength: 200 };
const budget = {
  key: 'budget',
  label: '经费支出预算表',
  type: 'table',
  required: true,
  maxRows: 30,
  columns: [
    { key: 'item', label: '支出项目', type: 'text', maxLength: 50, required: true },
    { key: 'kind', label: '类别', type: 'choice', options: options('劳务', '场地', '资料'), required: true },
    { key: 'amount', label: '金额', ...wan },
    { key: 'count', label: '数量', type: 'integer', min: 1, required: true },
    { key: 'basis', label: '依据', type: 'text', maxLength: 100 },
  ],
};

const rules = [
  { kind: 'sum', total: 'total', parts: ['ownFunds', 'otherFunds', 'requested'], clause },
  { kind: 'sum', total: 'total', parts: ['personnel', 'venue', 'materials', 'travel', 'misc'] },
  { kind: 'order', fields: ['foundedOn', 'startsOn', 'endsOn', 'doneOn'] },
  { kind: 'order', fields: ['experts', 'attendees'] },
  { kind: 'withinAmount', field: 'requested' },
];

/** A form of 60 fields as the notices print them, as it is written; with `table`, the last of them is a budget of five columns. */
export const sixtyFields = ({ table }: { table: boolean }) => ({
  title: '项目申报书',
  sections: [
    { title: '一、单位', fields: unit },
    { title: '二、党组织', fields: branch },
    { title: '三、项目', fields: project },
    { title: '四、会议', fields: meeting },
    { title: '五、经费', fields: [...money, table ? budget : remark] },
  ],
  rules: table ? [...rules, { kind: 'columnSum', table: 'budget', column: 'amount', total: 'total' }] : rules,
});

const PARAGRAPH = '组建专家团队，深入园区和企业按需求开展服务，每次活动后及时总结并宣传。';

/** Complete answers to it, with every field in view; texts as long as applicants write them, ten budget lines. */
export const sixtyAnswers = ({ table }: { table: boolean }): Answers => ({
  unitName: '某市某某学会',
  uscc: '91350100M000100Y43',
  foundedOn: '1998-05-01',
  address: '某市某区某某路100号科技大楼1单元302室',
  postcode: '415000',
  phone: '0736-7250000',
  fax: '0736-7250001',
  email: 'office@example.org',
  head: '负责人甲',
  headTitle: '理事长',
  headMobile: '13900000000',
  members: 320,
  staff: 4,
  rating: '3A',
  invoices: true,
  hasBranch: true,
  branchName: '某市某某学会党支部',
  branchFoundedOn: '2010-07-01',
  partyMembers: 12,
  branchWork: '正常',
  projectName: '科技服务进园区学术论坛',
  projectKind: '学术交流',
  fields: ['工', '交叉'],
  leader: '负责人乙',
  leaderTitle: '教授',
  leaderMobile: '13900000001',
  leaderEmail: 'leader@example.org',
  contact: '联系人丙',
  contactMobile: '13900000002',
  startsOn: '2022-04-01',
  endsOn: '2022-10-31',
  doneOn: '2022-11-30',
  place: '某市会议中心',
  background: PARAGRAPH.repeat(4),
  content: PARAGRAPH.repeat(8),
  plan: PARAGRAPH.repeat(8),
  innovation: PARAGRAPH.repeat(3),
  results: PARAGRAPH.repeat(5),
  isMeeting: '是',
  meetingName: '某某学术论坛',
  meetingTheme: '绿色与创新',
  meetingStartsOn: '2022-09-10',
  meetingDays: 2,
  attendees: 150,
  experts: 8,
  isForeign: true,
  countries: '某国',
  total: '5',
  ownFunds: '2.5',
  otherFunds: '5000',
  requested: '2',
  personnel: '1.25',
  venue: '1.25',
  materials: '0.5',
  travel: '1.5',
  misc: '0.5',
  fundingPlan: PARAGRAPH.repeat(2),
  fundingText: PARAGRAPH.repeat(2),
  approvingMeeting: '第五届第三次理事会',
  ...(table
    ? {
        budget: Array.from({ length: 10 }, (_, index) => ({
          item: `支出${index + 1}`,
          kind: '劳务',
          amount: '0.5',
          count: index + 1,
          basis: '按标准执行',
        })),
      }
    : { remark: '无' }),
});
