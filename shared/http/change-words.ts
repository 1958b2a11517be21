import type { Aspect, Flag, Thing, Word } from '#shared/domain/changes/change.ts';
import type { Locale } from './locale.ts';

export type Sentence = Readonly<Record<Locale, string>>;

export const THINGS: Readonly<Record<Thing, Sentence>> = {
  call: { zh: '本次申报', en: 'this call' },
  group: { zh: '上级类别', en: 'group' },
  category: { zh: '本类别', en: 'this category' },
  goal: { zh: '目标', en: 'goal' },
  indicator: { zh: '指标', en: 'indicator' },
  condition: { zh: '申报条件', en: 'condition' },
  deliverable: { zh: '应完成内容', en: 'deliverable' },
  obligation: { zh: '立项后的要求', en: 'obligation' },
  material: { zh: '材料', en: 'material' },
  form: { zh: '申报书', en: 'the form' },
  guidance: { zh: '填写说明', en: 'guidance' },
  field: { zh: '填报项', en: 'field' },
  column: { zh: '列', en: 'column' },
  option: { zh: '选项', en: 'option' },
  fixed: { zh: '固定内容', en: 'fixed answer' },
  statement: { zh: '申报书文字', en: 'statement' },
  rule: { zh: '填报要求', en: 'rule' },
};

/** What has to be handed in, where it can also be left out. */
export const REQUIRED: { readonly [thing in Thing]?: { readonly true: Sentence; readonly false: Sentence } } = {
  field: { true: { zh: '必填项', en: 'required field' }, false: { zh: '选填项', en: 'optional field' } },
  column: { true: { zh: '必填列', en: 'required column' }, false: { zh: '选填列', en: 'optional column' } },
  material: { true: { zh: '必交材料', en: 'required material' }, false: { zh: '材料', en: 'material' } },
};

export const ASPECTS: Readonly<Record<Exclude<Aspect, Flag>, Sentence>> = {
  name: { zh: '名称', en: 'name' },
  hint: { zh: '填写说明', en: 'hint' },
  type: { zh: '类型', en: 'type' },
  maxLength: { zh: '字数上限', en: 'maximum length' },
  minLength: { zh: '字数下限', en: 'minimum length' },
  format: { zh: '格式', en: 'format' },
  min: { zh: '最小值', en: 'minimum' },
  max: { zh: '最大值', en: 'maximum' },
  unit: { zh: '单位', en: 'unit' },
  minRows: { zh: '行数下限', en: 'fewest rows' },
  maxRows: { zh: '行数上限', en: 'most rows' },
  firstRow: { zh: '第一行的要求', en: 'first row' },
  visibleWhen: { zh: '填写条件', en: 'condition for being asked' },
  value: { zh: '内容', en: 'value' },
  decides: { zh: '判定方式', en: 'way of being decided' },
  effect: { zh: '作用', en: 'effect' },
  message: { zh: '说明', en: 'message' },
  accept: { zh: '文件类型', en: 'file types' },
  maxSize: { zh: '大小上限', en: 'largest size' },
  maxCount: { zh: '文件数上限', en: 'most files' },
  content: { zh: '内容和要求', en: 'content' },
  applicants: { zh: '申报主体', en: 'kinds of applicants' },
  amount: { zh: '经费额度', en: 'amount' },
  payment: { zh: '拨付方式', en: 'time of payment' },
  envelope: { zh: '总经费', en: 'envelope' },
  quota: { zh: '项目数量', en: 'number of awards' },
  quotaParts: { zh: '项目数量的分项', en: 'parts of the number of awards' },
  limitPerUnit: { zh: '每个单位的申报数量上限', en: 'limit of submissions per unit' },
  periodText: { zh: '项目周期', en: 'project period' },
  from: { zh: '项目周期的开始', en: 'start of the project period' },
  until: { zh: '项目周期的结束', en: 'end of the project period' },
  agreement: { zh: '约定完成时间的协议', en: 'agreement that sets the time' },
  choose: { zh: '目标的选法', en: 'way of choosing goals' },
  askedBy: { zh: '选择目标的填报项', en: 'field that asks for the goals' },
  figures: { zh: '数值', en: 'figures' },
  goal: { zh: '适用目标', en: 'goal it applies to' },
  evidence: { zh: '所需记录', en: 'records needed' },
  without: { zh: '缺少记录的后果', en: 'consequence of missing records' },
  due: { zh: '期限', en: 'due date' },
  jointText: { zh: '联合申报的说明', en: 'words on joint applications' },
  minPartners: { zh: '参加单位数下限', en: 'fewest partners' },
  maxPartners: { zh: '参加单位数上限', en: 'most partners' },
  partners: { zh: '参加单位的类型', en: 'kinds of partners' },
  fiscalYear: { zh: '年度', en: 'fiscal year' },
  closes: { zh: '截止时间', en: 'deadline' },
  sanctioned: { zh: '对受处理单位的说明', en: 'words on sanctioned units' },
  overdue: { zh: '对逾期义务的规定', en: 'rule on overdue obligations' },
};

/** What holds now, and what holds no longer. */
export const FLAGS: Readonly<Record<Flag, { readonly true: Sentence; readonly false: Sentence }>> = {
  required: {
    true: { zh: '改为必填（必交）', en: 'is now required' },
    false: { zh: '改为选填（选交）', en: 'is now optional' },
  },
  multiline: {
    true: { zh: '可以填写多行', en: 'can have several lines now' },
    false: { zh: '只能填写一行', en: 'can have one line only now' },
  },
  priority: {
    true: { zh: '改为优先的证明材料', en: 'is now evidence for priority' },
    false: { zh: '不再作为优先的证明材料', en: 'is no longer evidence for priority' },
  },
  soft: {
    true: { zh: '改为鼓励达到', en: 'is now wished for, not demanded' },
    false: { zh: '改为必须达到', en: 'is now demanded' },
  },
  report: {
    true: { zh: '改为总结报告', en: 'is now the final report' },
    false: { zh: '不再是总结报告', en: 'is no longer the final report' },
  },
  jointAllowed: {
    true: { zh: '接受联合申报', en: 'takes joint applications now' },
    false: { zh: '不接受联合申报', en: 'takes no joint applications now' },
  },
  leadNamed: {
    true: { zh: '联合申报须注明牵头单位', en: 'asks joint applications for a lead now' },
    false: { zh: '联合申报不再要求注明牵头单位', en: 'no longer asks joint applications for a lead' },
  },
  partnersCount: {
    true: { zh: '联合申报占用参加单位的申报数量', en: "counts joint applications against the partners' limits now" },
    false: {
      zh: '联合申报不占用参加单位的申报数量',
      en: "no longer counts joint applications against the partners' limits",
    },
  },
};

export const WORDS: Readonly<Record<Word, Sentence>> = {
  text: { zh: '文字', en: 'text' },
  date: { zh: '日期', en: 'date' },
  integer: { zh: '整数', en: 'integer' },
  money: { zh: '金额', en: 'amount' },
  choice: { zh: '单选', en: 'one choice' },
  choices: { zh: '多选', en: 'several choices' },
  boolean: { zh: '是否', en: 'yes or no' },
  table: { zh: '表格', en: 'table' },
  uscc: { zh: '统一社会信用代码', en: 'unified social credit code' },
  'phone-cn': { zh: '电话号码', en: 'telephone number' },
  'mobile-cn': { zh: '手机号码', en: 'mobile number' },
  'postcode-cn': { zh: '邮政编码', en: 'postcode' },
  email: { zh: '电子邮箱', en: 'e-mail address' },
  undetermined: { zh: '待定', en: 'undetermined' },
  before: { zh: '事前资助', en: 'before the work' },
  after: { zh: '事后奖补', en: 'after the work' },
  one: { zh: '任选一项', en: 'exactly one' },
  any: { zh: '一项或多项', en: 'one or more' },
  gate: { zh: '必须符合', en: 'gate' },
  priority: { zh: '优先', en: 'priority' },
  bars: { zh: '有逾期义务的单位不得申报', en: 'units with overdue obligations may not apply' },
};
