import type { FaultCode, ProblemCode } from '#shared/contract/problem.ts';
import type { WellFormedName } from '#shared/contract/well-formed.ts';
import { factText } from './eligibility-sentences.ts';
import { expressionText } from './expression-sentences.ts';
import { fill } from './fill.ts';
import type { Locale } from './locale.ts';
import { reasonText } from './refusal-reasons.ts';
import { YAML_MISTAKES } from './yaml-mistakes.ts';

type Sentence = Readonly<Record<Locale, string>>;

/** Title and detail of every refusal. `{name}` stands for a parameter of the error. */
const PROBLEMS: Readonly<Record<ProblemCode, { title: Sentence; detail: Sentence }>> = {
  INVALID_REQUEST: {
    title: { zh: '请求无法读懂', en: 'The request cannot be understood' },
    detail: { zh: '请按 errors 中列出的位置改正后重新提交。', en: 'Correct what `errors` lists and send it again.' },
  },
  ACCESS_TOKEN_REQUIRED: {
    title: { zh: '需要访问令牌', en: 'An access token is needed' },
    detail: {
      zh: '所用令牌不是访问令牌（access token），请改用访问令牌。',
      en: 'The token sent is not an access token; send the access token instead.',
    },
  },
  NOT_AT_THIS_ADDRESS: {
    title: { zh: '此地址不对外服务', en: 'Nobody is served at this address' },
    detail: {
      zh: '请改用主办方公布的接口地址；令牌和请求内容不必改动。',
      en: 'Ask at the published address of the API instead; token and request stay as they are.',
    },
  },
  NOT_FOUND: {
    title: { zh: '未找到', en: 'Not found' },
    detail: { zh: '没有这一项，或者您无权查看。', en: 'There is no such thing, or it is not yours to see.' },
  },
  CALL_NOT_OPEN: {
    title: { zh: '尚未开始申报', en: 'The call is not open yet' },
    detail: { zh: '申报于 {opensAtLocal} 开始，届时请再试。', en: 'The call opens at {opensAtLocal}; try again then.' },
  },
  CALL_CLOSED: {
    title: { zh: '申报已截止', en: 'The call is closed' },
    detail: {
      zh: '申报已于{closesText}截止，逾期不予受理。已有内容仍保留，未作任何改动。',
      en: 'The call closed at {closesAtLocal} ({timezone}). What there was is kept as it was.',
    },
  },
  LIMIT_REACHED: {
    title: { zh: '已达申报数量上限', en: 'The limit is reached' },
    detail: {
      zh: '{scope}最多 {limit} 项，贵单位已有 {count} 项。撤回其中一项后可继续（联合申报由牵头单位撤回）。',
      en: '{scope}: at most {limit}; your unit has {count}. Withdraw one to go on (of a joint application the lead does).',
    },
  },
  NOT_A_DRAFT: {
    title: { zh: '已提交，不能修改', en: 'Submitted, so it cannot be changed' },
    detail: { zh: '如需修改，请先在截止前撤回。', en: 'Withdraw it first, before the deadline, to change it.' },
  },
  NOT_SUBMITTED: {
    title: { zh: '尚未提交', en: 'Not submitted' },
    detail: { zh: '该申报仍是草稿。', en: 'This submission is still a draft.' },
  },
  CONFLICT: {
    title: { zh: '与同时进行的操作冲突', en: 'Something else changed at the same time' },
    detail: { zh: '内容刚刚被改动，请重新读取后再试。', en: 'It was changed a moment ago; read it again and repeat.' },
  },
  DATA_ERASED: {
    title: { zh: '内容已按规定删除', en: 'The content is deleted' },
    detail: {
      zh: '该申报通知规定的保留期已过，填报内容、附件和文件名已删除，不能再开放申报。回执编号仍可核验，自己保存的回执仍可离线核验。',
      en: 'The time for which the call keeps answers, files and their names has passed, and nothing can be reopened. Receipts can still be checked by number, and a copy of your own offline.',
    },
  },
  NOT_PUBLISHED: {
    title: { zh: '未发布', en: 'Not published' },
    detail: { zh: '该申报通知没有处于发布状态的版本。', en: 'No version of this call is in force.' },
  },
  HAS_DRAFTS: {
    title: { zh: '已有单位开始填报', en: 'Somebody has begun to apply' },
    detail: {
      zh: '已有草稿或申报，不能收回发布。',
      en: 'There are drafts or submissions, so the publication cannot be taken back.',
    },
  },
  ALREADY_UPLOADED: {
    title: { zh: '该文件已上传', en: 'The file is there already' },
    detail: {
      zh: '该附件的文件已收到并检查过，不再接受上传。通过检查的无需再传；未通过的，或要换成别的文件，请删除该附件后重新添加。',
      en: 'It was received and checked, and takes no further upload. Admitted, nothing is left to do; refused or to be replaced, remove the attachment and add it again.',
    },
  },
  ATTACHMENT_NOT_AVAILABLE: {
    title: { zh: '附件尚不可下载', en: 'The attachment cannot be downloaded' },
    detail: { zh: '附件还没有上传完成，或未通过检查。', en: 'It was not uploaded yet, or it was refused.' },
  },
  SCAN_PENDING: {
    title: { zh: '附件正在查毒', en: 'The attachment is being scanned' },
    detail: {
      zh: '附件已收到，查毒完成前任何人都不能下载，请稍后再试。不影响提交。',
      en: 'It has arrived, and nobody can download it before it was scanned for malware: try again later. It can be submitted meanwhile.',
    },
  },
  NOT_SCANNED: {
    title: { zh: '附件未能查毒', en: 'The attachment could not be scanned' },
    detail: {
      zh: '查毒程序打不开该文件（例如设有密码），或查毒出错。确需下载的，请加上 acceptUnscanned=true，风险自负；建议请申报单位换成能查毒的文件。',
      en: 'The malware scan could not look into it (it may have a password), or failed. To download it all the same, at your own risk, add acceptUnscanned=true; better have its unit replace it.',
    },
  },
  MALWARE_FOUND: {
    title: { zh: '附件含有恶意程序', en: 'The attachment holds malware' },
    detail: {
      zh: '查毒时发现恶意程序，任何人都不能下载。请申报单位在截止前换成干净的文件。',
      en: 'The scan found malware in it, so nobody can download it. Its unit is to replace it before the deadline.',
    },
  },
  ACCOUNT_EXISTS: {
    title: { zh: '用户名已被使用', en: 'The username is in use' },
    detail: {
      zh: '请换一个用户名；如果就是本单位的这个账号，请重置密码。',
      en: 'Use another one; if it is the account of this very unit, reset its password instead.',
    },
  },
  ACCOUNT_NOT_YOURS: {
    title: { zh: '该账号不由贵单位管理', en: 'The account is not yours to change' },
    detail: {
      zh: '该账号不是贵单位开通的，或者其使用人还代表由别的主办单位维护的单位。请联系系统管理员；如需立即收回其权限，可将其从本单位成员中移除。',
      en: 'Others made it, or its person also acts for an organisation that others keep. Ask whoever runs the system; to end its rights in this unit, remove the member.',
    },
  },
  ACCOUNTS_ELSEWHERE: {
    title: { zh: '账号不在本系统中管理', en: 'Accounts are kept elsewhere' },
    detail: {
      zh: '本系统使用外部的统一登录，账号由其管理员开通、停用和重置。取得使用人的 sub 后，可在此将其设为单位成员。',
      en: 'People sign in with a provider outside of this system; whoever runs it makes, disables and resets their accounts. With the `sub` of a person, save them here as a member of the unit.',
    },
  },
  PRECONDITION_FAILED: {
    title: { zh: '内容已被他人更新', en: 'It was changed meanwhile' },
    detail: {
      zh: 'If-Match 与当前 ETag 不符，请重新读取后再保存。',
      en: 'If-Match is not the current ETag: read it again, then save.',
    },
  },
  PRECONDITION_REQUIRED: {
    title: { zh: '缺少 If-Match', en: 'If-Match is needed' },
    detail: {
      zh: '请在 If-Match 中带上最近读到的 ETag，以免覆盖他人的修改。',
      en: 'Send the ETag last seen as If-Match, so that nobody is overwritten.',
    },
  },
  PAYLOAD_TOO_LARGE: {
    title: { zh: '请求正文过大', en: 'The body is too large' },
    detail: {
      zh: '正文最多 {limit} 字节。附件请用上传地址直接上传。',
      en: 'At most {limit} bytes. Files go straight to their upload address.',
    },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    title: { zh: '不支持的内容类型', en: 'The content type is not supported' },
    detail: { zh: '请用 {accepted}，UTF-8 编码，不压缩。', en: 'Send {accepted}, in UTF-8, not compressed.' },
  },
  VALIDATION_FAILED: {
    title: { zh: '内容未通过检查', en: 'The check found faults' },
    detail: {
      zh: '请按 errors 逐项改正；已保存的内容没有变动。',
      en: 'Correct what `errors` lists; what was saved is unchanged.',
    },
  },
  IDEMPOTENCY_KEY_REUSED: {
    title: { zh: 'Idempotency-Key 已用于别的请求', en: 'The Idempotency-Key was used for another request' },
    detail: {
      zh: '同一个 Idempotency-Key 只能用于内容相同的请求，请换一个。',
      en: 'One key stands for one request; use a new key.',
    },
  },
  UNIT_REQUIRED: {
    title: { zh: '请指明申报单位', en: 'Say which unit' },
    detail: {
      zh: '您属于多个单位（或不属于任何申报单位），请用 unitId 指明。',
      en: 'You belong to several units, or to none that applies: name one as `unitId`.',
    },
  },
  UNAVAILABLE: {
    title: { zh: '暂时繁忙', en: 'Busy for a moment' },
    detail: {
      zh: '请稍后用同样的请求重试。',
      en: 'Send the same request again shortly.',
    },
  },
  INTERNAL: {
    title: { zh: '系统出错', en: 'A fault of ours' },
    detail: { zh: '问题已记录，请附上 requestId 与我们联系。', en: 'It was recorded; tell us the requestId.' },
  },
};

/** What a text has to look like. */
const WELL_FORMED: Readonly<Record<WellFormedName, Sentence>> = {
  key: {
    zh: '写法不对：以小写字母开头，只用英文字母和数字，不超过 40 个，如 leaderName。',
    en: 'Not well formed: letters and digits, lower-case first, at most 40, such as leaderName.',
  },
  code: {
    zh: '写法不对：只用英文字母、数字和连字符，不超过 40 个，如 XH20240101。',
    en: 'Not well formed: letters, digits and hyphens, at most 40, such as XH20240101.',
  },
  id: {
    zh: '写法不对：只用小写字母、数字和连字符，2 至 60 个，如 shili-2026。',
    en: 'Not well formed: lower-case letters, digits and hyphens, 2 to 60, such as shili-2026.',
  },
  username: {
    zh: '写法不对：以小写字母或数字开头，只用小写字母、数字、点、连字符和下划线，3 至 32 个，如 huaxue-zhang。',
    en: 'Not well formed: lower-case letters, digits, dots, hyphens and underscores, a letter or digit first, 3 to 32, such as huaxue-zhang.',
  },
  text: { zh: '含有不能使用的控制字符。', en: 'Contains a control character.' },
  duration: { zh: '写法不对：应为 7d、24h、30min 这样。', en: 'Not well formed: write 7d, 24h or 30min.' },
  span: { zh: '写法不对：应为 90d（天）、5y（年）这样。', en: 'Not well formed: write 90d or 5y.' },
  'file-size': { zh: '写法不对：应为 500KB、20MB 这样。', en: 'Not well formed: write 500KB or 20MB.' },
  sha256: {
    zh: '写法不对：应为 64 位小写十六进制。',
    en: 'Not well formed: 64 hexadecimal digits in lower case.',
  },
  email: { zh: '写法不对：应为电子邮箱地址。', en: 'Not well formed: expected an e-mail address.' },
};

const EMPTY: Sentence = { zh: '没有内容。', en: 'There is nothing in it.' };

/** Where the sentence of a code would mislead: others for what a parameter `of` says it is about. */
const VARIANTS: Readonly<Partial<Record<ProblemCode | FaultCode, Readonly<Record<string, Sentence>>>>> = {
  LIMIT_REACHED: {
    drafts: {
      zh: '每个单位在一次申报中最多 {limit} 份草稿，贵单位已有 {count} 份。删除不用的草稿后可继续。',
      en: 'At most {limit} drafts of a unit in a call; yours has {count}. Delete one to go on.',
    },
    withdrawals: {
      zh: '一项申报最多撤回 {limit} 次，本项已撤回 {count} 次，不能再撤回。已提交的内容和回执仍然有效。',
      en: 'A submission can be withdrawn {limit} times; this one was, {count} times. It stays submitted, and its receipt holds.',
    },
    partner: {
      zh: '联合申报也占参加单位的名额：{scope}最多 {limit} 项，参加单位“{unit}”已有 {count} 项。请换一个参加单位，或由该单位先撤回一项。',
      en: 'It counts for its partners too. {scope}: at most {limit}; the partner "{unit}" has {count}. Name another one, or let it withdraw one first.',
    },
  },
  NOT_A_DRAFT: {
    partner: {
      zh: '申报已提交，参加单位不能再改变是否同意。如需改变，请由牵头单位在截止前撤回。',
      en: 'It is submitted, so a partner changes its consent no more: let the lead withdraw it first, before the deadline.',
    },
  },
  APPLICANT_KIND: {
    partner: {
      zh: '参加单位应为{expected}，{unit}不在其内。',
      en: 'Partners are to be {expected}; {unit} is none of these.',
    },
  },
  REQUIRED: { empty: EMPTY },
  NULL: { empty: EMPTY },
  TOO_LARGE: {
    depth: { zh: '层级太多，最多嵌套 {limit} 层。', en: 'Nested too deeply: at most {limit} levels.' },
  },
  TOO_FEW: {
    roster: {
      zh: '名册里没有单位：表头下面一行也没有。',
      en: 'No unit is in the roster: not one row below the header.',
    },
    partners: { zh: '参加单位太少，至少 {limit} 个。', en: 'Too few partners: at least {limit}.' },
  },
  TOO_MANY: {
    partners: { zh: '参加单位太多，最多 {limit} 个。', en: 'Too many partners: at most {limit}.' },
  },
  DUPLICATE: {
    lead: { zh: '这是牵头单位自己，不必列入。', en: 'This is the lead itself: leave it out.' },
  },
  FIRST_ROW: {
    field: {
      zh: '第一行应与“{expected}”所填的一致。',
      en: 'The first row must say what "{expected}" says.',
    },
  },
  NOT_AN_OPTION: {
    officer: {
      zh: '只有主办单位才有经办人（officer），申报单位的人员请写 applicant。',
      en: 'Only an organiser has officers: for a person of another unit write applicant.',
    },
    listed: { zh: '不在可选项之内，可以写：{accepted}。', en: 'Not one of the options, which are {accepted}.' },
  },
  NOT_A_DATE: {
    moment: {
      zh: '应为日期，如 2022-03-31，或带时区的时刻，如 2022-03-31T17:00:00+08:00。',
      en: 'Expected a date such as 2022-03-31, or a time with its zone such as 2022-03-31T17:00:00+08:00.',
    },
    month: {
      zh: '应为日期，如 2022-03-31，或整月，如 2022-03。',
      en: 'Expected a date such as 2022-03-31, or a month such as 2022-03.',
    },
  },
  INVALID: {
    ...WELL_FORMED,
    json: {
      zh: '不是 JSON，或者含有不能使用的内容（如 __proto__、残缺的字符）。',
      en: 'Not JSON, or with something in it that cannot be used (such as __proto__ or half a character).',
    },
    utf8: {
      zh: '不是 UTF-8，或者含有替换字符 U+FFFD（�）。请以 UTF-8 编码重新发送，并改正其中的乱码。',
      en: 'Not UTF-8, or with the replacement character U+FFFD (�) in it. Send it as UTF-8, with what was garbled put right.',
    },
  },
  EXPRESSION_UNKNOWN: {
    among: {
      zh: '规则用到的“{name}”不存在，这里能用的有：{accepted}。',
      en: 'The rule names "{name}", which is not there; what is there: {accepted}.',
    },
  },
  SYNTAX: YAML_MISTAKES,
};

const variantOf = (code: ProblemCode | FaultCode, { of }: Params): Sentence | undefined => {
  const variants = VARIANTS[code];
  return variants !== undefined && of !== undefined && Object.hasOwn(variants, of) ? variants[of] : undefined;
};

const FAULTS: Readonly<Record<FaultCode, Sentence>> = {
  REQUIRED: { zh: '必填。', en: 'Needed.' },
  UNKNOWN: { zh: '没有这一项。', en: 'There is no such field.' },
  NULL: { zh: '不能为 null；没有内容时请省略这一项。', en: 'Null is not an answer: leave the field out instead.' },
  WRONG_TYPE: { zh: '类型不对，应为{expected}。', en: 'Wrong type: expected {expected}.' },
  INVALID: { zh: '写法不对。', en: 'Not well formed.' },
  TOO_SHORT: { zh: '太短，至少 {limit} 字。', en: 'Too short: at least {limit} characters.' },
  TOO_LONG: { zh: '太长，最多 {limit} 字。', en: 'Too long: at most {limit} characters.' },
  TOO_SMALL: { zh: '太小，至少为 {limit}。', en: 'Too small: at least {limit}.' },
  TOO_LARGE: { zh: '太大，最多为 {limit}。', en: 'Too large: at most {limit}.' },
  TOO_FEW: { zh: '太少，至少 {limit} 项。', en: 'Too few: at least {limit}.' },
  TOO_MANY: { zh: '太多，最多 {limit} 项。', en: 'Too many: at most {limit}.' },
  NOT_AN_OPTION: { zh: '不在可选项之内。', en: 'Not one of the options.' },
  NOT_A_DATE: { zh: '应为日期，如 2022-03-31。', en: 'Expected a date such as 2022-03-31.' },
  NOT_A_DECIMAL: {
    zh: '应为不带正负号的数额，写成字符串，如 "0.5"。',
    en: 'Expected an amount without sign, as a string, such as "0.5".',
  },
  TOO_PRECISE: {
    zh: '小数位太多，最多 {limit} 位（精确到分）。',
    en: 'Too many decimals: at most {limit} (to the 分).',
  },
  CONTROL_CHARACTER: { zh: '含有不能使用的控制字符。', en: 'Contains a control character.' },
  DUPLICATE: { zh: '重复出现。', en: 'Occurs twice.' },
  FORMAT: { zh: '格式不对，应为{format}。', en: 'Not a valid {format}.' },
  FIXED_VALUE: { zh: '本类别固定为“{expected}”。', en: 'This category fixes it to "{expected}".' },
  SUM_MISMATCH: { zh: '“{total}”应等于{parts}之和。', en: '"{total}" must equal the sum of {parts}.' },
  COLUMN_SUM_MISMATCH: {
    zh: '“{column}”各行之和应等于“{total}”。',
    en: 'The rows of "{column}" must add up to "{total}".',
  },
  OUT_OF_ORDER: { zh: '不能早于（小于）“{after}”。', en: 'Must not come before "{after}".' },
  ABOVE_AMOUNT: {
    zh: '超过本类别经费额度上限 {limit} {unit}。',
    en: 'Above the ceiling of this category, {limit} {unit}.',
  },
  FIRST_ROW: { zh: '第一行应为“{expected}”。', en: 'The first row must be "{expected}".' },
  RULE_NOT_MET: { zh: '{message}', en: '{message}' },
  CONDITION_NOT_MET: { zh: '不符合申报条件：{message}', en: 'A condition is not met: {message}' },
  DECLARATION_NEEDED: {
    zh: '声明符合以下条件才能提交：{message}',
    en: 'It can be submitted only if the unit declares that this holds: {message}',
  },
  SANCTIONED: {
    zh: '{unit}在 {from} 至 {until} 期间不得申报：{reason}',
    en: '{unit} may not apply from {from} until {until}: {reason}',
  },
  OVERDUE: {
    zh: '{unit}有逾期未履行的义务（{since} 起），不得申报：{what}',
    en: '{unit} has not met an obligation due since {since} and may not apply: {what}',
  },
  JOINT_NOT_ALLOWED: { zh: '本类别不接受联合申报。', en: 'This category takes no joint applications.' },
  UNKNOWN_UNIT: { zh: '没有这个单位。', en: 'There is no such unit.' },
  CONSENT_MISSING: {
    zh: '{unit}尚未同意联合申报。请该单位的用户确认，或从参加单位中去掉。',
    en: '{unit} has not consented to the joint application yet: let a user of it consent, or take it off the partners.',
  },
  EXPRESSION_SYNTAX: { zh: '规则写法有误：{reason}。', en: 'The rule cannot be read: {reason}.' },
  EXPRESSION_TYPE: {
    zh: '规则的类型不对：{reason}。',
    en: 'The types of the rule do not fit: {reason}.',
  },
  EXPRESSION_UNKNOWN: { zh: '规则用到的“{name}”不存在。', en: 'The rule names "{name}", which is not there.' },
  EXPRESSION_NOT_ALLOWED: { zh: '规则中不能使用“{name}”。', en: 'A rule cannot use "{name}".' },
  EXPRESSION_TOO_COSTLY: {
    zh: '规则过于复杂：最坏情况下需 {count} 步，上限 {limit} 步。',
    en: 'The rule is too complex: {count} steps at worst, {limit} at most.',
  },
  TOO_COMPLEX: {
    zh: '定义过于复杂，检查超出 {limit} 步，已停止。请减少层级、字段或规则。',
    en: 'The definition is too complex: its check was stopped after {limit} steps. Use fewer levels, fields or rules.',
  },
  APPLICANT_KIND: {
    zh: '本类别由{expected}申报，贵单位不在其内。',
    en: 'This category is for {expected}; your unit is none of these.',
  },
  CALL_NOT_OPEN: { zh: '申报于 {opensAtLocal} 开始。', en: 'The call opens at {opensAtLocal}.' },
  CALL_CLOSED: { zh: '申报已于{closesText}截止。', en: 'The call closed at {closesAtLocal} ({timezone}).' },
  LIMIT_REACHED: {
    zh: '{scope}最多 {limit} 项，贵单位已有 {count} 项。',
    en: '{scope}: at most {limit}; your unit has {count} that count.',
  },
  MATERIAL_MISSING: { zh: '缺少材料“{material}”。', en: 'The material "{material}" is missing.' },
  MATERIAL_TOO_MANY: { zh: '材料“{material}”最多 {limit} 个文件。', en: 'At most {limit} files for "{material}".' },
  UNKNOWN_MATERIAL: { zh: '本类别没有这项材料。', en: 'This category asks for no such material.' },
  FILE_TYPE_NOT_ACCEPTED: { zh: '文件类型不符，可用：{accepted}。', en: 'File type not accepted; use {accepted}.' },
  FILE_TOO_LARGE: { zh: '文件太大，最多 {limit} 字节。', en: 'The file is too large: at most {limit} bytes.' },
  FILENAME: {
    zh: '文件名不能使用：首尾不能有空格或点，不能有路径、控制字符，也不能是可运行文件的名字。',
    en: 'The file name cannot be used: no leading dot or outer spaces, no path, no control character, no name of a program.',
  },
  ATTACHMENT_NOT_UPLOADED: {
    zh: '“{material}”的文件“{filename}”还没有上传。',
    en: 'The file "{filename}" for "{material}" was announced and not uploaded yet.',
  },
  ATTACHMENT_REFUSED: {
    zh: '“{material}”的文件“{filename}”未通过检查：{reason}',
    en: 'The file "{filename}" for "{material}" was refused. {reason}',
  },
  MALWARE_FOUND: {
    zh: '“{material}”的文件“{filename}”含有恶意程序，请删除后换成干净的文件。',
    en: 'The file "{filename}" for "{material}" holds malware: remove it and add a clean one.',
  },
  UNKNOWN_FORM: { zh: '没有这个申报书。', en: 'There is no such form.' },
  UNKNOWN_FIELD: { zh: '没有这个栏目“{field}”。', en: 'There is no field "{field}".' },
  UNKNOWN_CATEGORY: { zh: '没有这个项目类别。', en: 'There is no such category.' },
  WRONG_FIELD_TYPE: {
    zh: '栏目“{field}”的类型不适用于此处。',
    en: 'The field "{field}" has a type that does not fit here.',
  },
  UNREACHABLE: { zh: '这一项永远不会被用到。', en: 'This can never be reached.' },
  CLOSES_BEFORE_OPENS: { zh: '截止时间早于开始时间。', en: 'The call closes before it opens.' },
  UNKNOWN_TIMEZONE: { zh: '不认识的时区。', en: 'Unknown time zone.' },
  MINIMUM_ABOVE_MAXIMUM: { zh: '最小值大于最大值。', en: 'The minimum is above the maximum.' },
  DEADLINE_WITHOUT_HOUR: {
    zh: '没有写明时刻，将按 {meaning} 截止。',
    en: 'No hour is given: it will close at {meaning}.',
  },
  REMINDER_BEFORE_OPENING: {
    zh: '这次提醒会早于开始申报，不会发出，请核对。',
    en: 'This reminder would come before the call opens and is never sent: check it.',
  },
  PARTS_MISMATCH: {
    zh: '各分项数量之和为 {sum}，与总数 {expected} 不符。',
    en: 'The parts add up to {sum}, not to {expected}.',
  },
  ENVELOPE_EXCEEDED: {
    zh: '按最少数量和最低额度已需 {sum} {unit}，超出总经费 {total} {unit}。',
    en: 'The fewest and smallest awards already cost {sum} {unit}, above the envelope of {total} {unit}.',
  },
  ENVELOPE_UNSPENT: {
    zh: '按最多数量和最高额度也只用 {sum} {unit}，用不完总经费 {total} {unit}，请核对。',
    en: 'Even the most and largest awards cost only {sum} {unit} of the envelope of {total} {unit}: check the figures.',
  },
  ENVELOPES_ABOVE_GROUP: {
    zh: '其下各项的总经费合计 {sum} {unit}，多于这里的总经费 {total} {unit}，请核对。',
    en: 'The envelopes below add up to {sum} {unit}, more than the {total} {unit} of this one: check the figures.',
  },
  CONDITION_AMBIGUOUS: {
    zh: '一项条件只能用 rule、declare、material 中的一种来判断，请拆成几项。',
    en: 'A condition is decided by one of rule, declare and material: make several conditions of it.',
  },
  PRIORITY_GATES: {
    zh: '材料“{material}”写明只作优先依据（priority），不能又是必须符合的条件。',
    en: 'The material "{material}" is evidence for priority alone, so it cannot be what a gate asks for.',
  },
  ANSWER_OPTIONAL: {
    zh: '这里要看“{label}”，而它可以不填：不填的不作判断，也不退回。要一律判断，请在申报书里写 required: true。',
    en: 'This depends on "{label}", which may be left blank: then nothing is decided and nobody is refused. To decide it always, set required: true in the form.',
  },
  DECLARATION_HIDDEN: {
    zh: '“{label}”是必须声明的，而申报书有时不问（visibleWhen）：不问的无法声明，也就不能提交，请核对。',
    en: '"{label}" has to be declared, but the form does not always ask it (visibleWhen): where it does not, nothing can be submitted.',
  },
  GOALS_DIFFER: {
    zh: '栏目“{field}”的选项要与这里的目标一一对应。',
    en: 'The options of the field "{field}" must be the goals listed here, each once.',
  },
  UNKNOWN_GOAL: { zh: '本类别的目标中没有这一项。', en: 'No goal of this category has this value.' },
  UNKNOWN_APPLICANT: {
    zh: '“{applicant}”不在本类别的申报主体之内。',
    en: '"{applicant}" is none of the applicants of this category.',
  },
  PAPER_BEFORE_ELECTRONIC: {
    zh: '纸质材料的截止早于电子申报的截止（{closes}），请核对。',
    en: 'Paper is due before the electronic deadline ({closes}): check the dates.',
  },
  DUE_BEFORE_PERIOD_ENDS: {
    zh: '报告的期限早于项目周期的结束（{until}），请核对。',
    en: 'The report is due before the project period ends ({until}): check the dates.',
  },
  ANNEX_MISSING: { zh: '附件文件还没有上传。', en: 'The file of this annex was not uploaded yet.' },
  ORGANISER_CHANGED: { zh: '主办单位不能更改。', en: 'The organiser of a call cannot change.' },
  CATEGORY_IN_USE: {
    zh: '类别“{category}”已有申报，不能删除、改码，也不能移到另有数量限制的分组之下。',
    en: 'Category "{category}" is in use and cannot be removed, recoded or moved below a group with a limit of its own.',
  },
  NOT_IN_FUTURE: { zh: '截止时间应在将来。', en: 'A deadline has to lie in the future.' },
  TOO_FAR_OFF: { zh: '截止时间最远为五年以后。', en: 'A deadline lies five years ahead at most.' },
  NOT_LATER: {
    zh: '延期应晚于现行的截止时间：{closesText}。要提前截止，请用 POST /calls/…/close。',
    en: 'An extension has to be later than the deadline in force, {closesAtLocal} ({timezone}). To close earlier, use POST /calls/…/close.',
  },
  NOT_EARLIER: {
    zh: '提前截止应早于现行的截止时间：{closesText}。',
    en: 'An early close has to be before the deadline in force, {closesAtLocal} ({timezone}).',
  },
  TOO_SOON: {
    zh: '提前截止至少在收到请求 {seconds} 秒之后。',
    en: 'An early close comes {seconds} seconds after its request at the soonest.',
  },
  NOT_EXTENDED: {
    zh: '现行的截止时间（{closesText}）不是这里单独延期的，不能在此提前。',
    en: 'The deadline in force, {closesAtLocal} ({timezone}), was not granted here, so it cannot be ended here.',
  },
  WINDOW_CHANGED: {
    zh: '发布后，申报的起止时间不能通过改定义来改变；请用延期或提前截止。',
    en: 'After publication the window cannot be changed by saving a definition: extend the call, or close it early.',
  },
  SYNTAX: { zh: '语法错误（第 {line} 行第 {column} 列）。', en: 'Syntax error (line {line}, column {column}).' },
  YAML_ALIAS: {
    zh: '内容以 * 开头，在 YAML 里是别名，不能使用（第 {line} 行第 {column} 列）：请把内容写全；确实要写 * 的，整句加单引号。',
    en: 'What begins with * is an alias in YAML, which is not taken (line {line}, column {column}): write the part out, or put a text with * in single quotes.',
  },
  MANAGER_CHANGED: {
    zh: '单位档案的维护单位不能更改。',
    en: 'The organiser that keeps a record cannot change.',
  },
  NOT_UTF8: {
    zh: '文件不是 UTF-8 编码（可能是 GBK）。请在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”，再重新上传。',
    en: 'The file is not in UTF-8 (perhaps in GBK). In Excel or WPS save it as "CSV UTF-8 (comma delimited)" and send it again.',
  },
  XLSX_AS_CSV: {
    zh: '这是 .xlsx 工作簿，不是 CSV。请以内容类型 {accepted} 发送。',
    en: 'This is an .xlsx workbook and no CSV: send it as {accepted}.',
  },
  NOT_XLSX: {
    zh: '这不是 .xlsx 工作簿，或者文件已损坏。请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（*.xlsx）”后重新上传；CSV 文件请以 text/csv 发送。',
    en: 'This is no .xlsx workbook, or a damaged one. Open it in Excel or WPS, save it as "Excel workbook (*.xlsx)" and send it again; send CSV as text/csv.',
  },
  XLS_OR_ENCRYPTED: {
    zh: '这是旧版 .xls 文件，或设有打开密码。请去掉密码，另存为 .xlsx 后重新上传。',
    en: 'This is an old .xls file, or one with a password. Take the password off, save it as .xlsx and send it again.',
  },
  WITH_MACROS: {
    zh: '文件带有宏。请另存为不含宏的 .xlsx 后重新上传。',
    en: 'The file has macros. Save it as .xlsx, without them, and send it again.',
  },
  WORKBOOK_TOO_LARGE: {
    zh: '工作簿过大。请把名册单独存成一个新的 .xlsx，只留表头和各单位的行，不超过 100 列，再重新上传。',
    en: 'The workbook is too large. Save the roster by itself as a new .xlsx, header and units alone in at most 100 columns, and send it again.',
  },
  MERGED_CELLS: {
    zh: '与别的单元格合并了。请取消合并，逐格填写。',
    en: 'Merged with other cells: unmerge them and fill in each.',
  },
  CELL_ERROR: {
    zh: '公式出错或还没有计算。请改填具体内容，或在 Excel、WPS 中重新保存。',
    en: 'A formula that failed or was not worked out: fill in what it should say, or save the file again in Excel or WPS.',
  },
  NUMBER_CUT: {
    zh: '数字超过 15 位，末尾几位已被表格软件改为 0。请把这一列设为“文本”格式，再重新填写。',
    en: 'A number of more than 15 digits, of which the program has cut the last ones off: format the column as text and fill it in again.',
  },
  UNKNOWN_COLUMN: {
    zh: '名册没有这一列。第一个非空行应是表头，可用的列：{accepted}。',
    en: 'A roster has no such column. The first row that is not blank is the header; it may have: {accepted}.',
  },
  COLUMN_COUNT: {
    zh: '这一行有 {count} 列，表头有 {limit} 列。',
    en: 'This line has {count} columns, the header has {limit}.',
  },
  TOO_MANY_ROWS: {
    zh: '名册一次最多导入 {limit} 个单位，本次未写入任何内容。请分成几个文件，每个都带表头，依次导入。',
    en: 'At most {limit} units are imported at once, and nothing was written: send the roster in several files, each with the header.',
  },
  ID_TAKEN: {
    zh: '这个编号已被使用，且不由贵单位维护，请换一个编号。',
    en: 'This id is taken by a record that is not yours to keep: use another one.',
  },
};

type Params = Readonly<Record<string, string | number>>;

export const problemText = (code: ProblemCode, params: Params, locale: Locale): { title: string; detail: string } => ({
  title: PROBLEMS[code].title[locale],
  detail: fill((variantOf(code, params) ?? PROBLEMS[code].detail)[locale], params),
});

/** Words for what a check names by a code of its own. */
const WORDS: Readonly<Record<string, Sentence>> = {
  string: { zh: '文字（数字、日期要加引号）', en: 'text (figures and dates in quotes)' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'an integer' },
  integer: { zh: '整数', en: 'an integer' },
  boolean: { zh: '是或否（true、false）', en: 'true or false' },
  object: { zh: '对象（几个“键: 值”）', en: 'an object (keys and values)' },
  record: { zh: '对象（几个“键: 值”）', en: 'an object (keys and values)' },
  array: { zh: '数组（写成 [甲, 乙]，或每项一行、以“- ”开头）', en: 'a list ([a, b], or a line with "- " for each)' },
  'list of strings': { zh: '文字的数组', en: 'a list of texts' },
  'list of objects': { zh: '对象的数组', en: 'a list of objects' },
  uscc: { zh: '统一社会信用代码（18 位）', en: 'unified social credit code (18 characters)' },
  'phone-cn': { zh: '电话号码', en: 'telephone number' },
  'mobile-cn': { zh: '手机号码（11 位）', en: 'mobile number (11 digits)' },
  'postcode-cn': { zh: '邮政编码（6 位）', en: 'postcode (6 digits)' },
  email: { zh: '电子邮箱', en: 'e-mail address' },
  'webhook-url': {
    zh: '网址，以 https:// 开头，不带用户名和密码，主机不能是内部网络的地址',
    en: 'address that begins with https://, without user and password, not inside a private network',
  },
  'organization-id': {
    zh: '编号（2 至 60 个小写字母、数字或连字符）',
    en: 'id (2 to 60 lower-case letters, digits or hyphens)',
  },
  'flag-key': { zh: '标记（中文名称，或小写字母开头的字母数字）', en: 'flag (letters and digits, lower-case first)' },
};

const inWords = (value: string | number | undefined, locale: Locale): string | number =>
  value === undefined ? '—' : Object.hasOwn(WORDS, value) ? (WORDS[value]?.[locale] ?? value) : value;

/** Of a condition that a file proves. */
const PROOF_NEEDED: Sentence = {
  zh: '不符合申报条件：{message}（须上传材料“{material}”证明）',
  en: 'A condition is not met: {message} (to be proven by the material "{material}")',
};

const sentenceOf = (code: FaultCode, params: Params, locale: Locale): string => {
  if (code === 'WRONG_TYPE')
    return fill(FAULTS[code][locale], { ...params, expected: inWords(params.expected, locale) });
  if (code === 'FORMAT') return fill(FAULTS[code][locale], { ...params, format: inWords(params.format, locale) });
  if (code === 'CONDITION_NOT_MET') {
    const sentence = params.material === undefined ? FAULTS[code] : PROOF_NEEDED;
    return `${factText(params, locale)}${fill(sentence[locale], params)}`;
  }
  if (code === 'EXPRESSION_SYNTAX' || code === 'EXPRESSION_TYPE')
    return fill(FAULTS[code][locale], { reason: expressionText(params, locale) });
  if (code === 'ATTACHMENT_REFUSED')
    return fill(FAULTS[code][locale], { ...params, reason: reasonText(params.reason, locale) });
  return fill((variantOf(code, params) ?? FAULTS[code])[locale], params);
};

/** Where a fault is, for a reader: the label of its field, for a secretary knows 移动电话 and not `leaderMobile`; the line of a roster before it. */
const LEAD: Readonly<Record<Locale, (label: string | undefined, row: string | undefined) => string>> = {
  zh: (label, row) => [row && `第 ${row} 行`, label && `“${label}”`, '：'].filter(Boolean).join(''),
  en: (label, row) => `${[row && `line ${row}`, label && `"${label}"`].filter(Boolean).join(', ')}: `,
};

/** One fault in a sentence, led by the label of its field and the line of the file where it has them. */
export const faultText = (code: FaultCode, params: Params, locale: Locale): string => {
  const sentence = sentenceOf(code, params, locale);
  const { label, row } = params;
  if (label === undefined && row === undefined) return sentence;
  return `${LEAD[locale](label?.toString(), row?.toString())}${sentence}`;
};
