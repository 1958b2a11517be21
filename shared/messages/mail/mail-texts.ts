import type { EventType } from '#shared/contract/events.ts';
import type { Locale } from '#shared/http/locale.ts';

/** A mail in one language: `{name}` stands for what is known of the case; a line is a paragraph. */
export interface MailText {
  readonly subject: string;
  readonly lines: readonly string[];
}

/** What a mail is about: an event, told apart where it is told otherwise to officers or to units that have begun nothing, or of some units or categories alone. */
export type MailTopic =
  | Extract<
      EventType,
      | 'call.closed'
      | 'call.sealed'
      | 'submission.submitted'
      | 'submission.withdrawn'
      | 'submission.consented'
      | 'submission.consent-taken-back'
      | 'submission.malware-found'
    >
  | 'call.closed for some'
  | 'call.closing-soon'
  | 'call.closing-soon to idle units'
  | 'call.extended'
  | 'call.extended to officers'
  | 'call.closed-early'
  | 'call.closed-early to officers'
  | 'submission.malware-found in a draft'
  | 'submission.malware-found to officers';

/** Every mail there is, in both languages. */
export const MAIL_TEXTS: Readonly<Record<MailTopic, Readonly<Record<Locale, MailText>>>> = {
  'call.closing-soon': {
    zh: {
      subject: '{call}：{closes} 截止，贵单位还有未提交的草稿',
      lines: [
        '{unit}：',
        '“{call}”将于 {closes} 截止，贵单位还有 {count} 项草稿没有提交：{categories}。',
        '请在截止前提交。是否按时以系统收到的时间为准，逾期不予受理。',
      ],
    },
    en: {
      subject: 'closing soon, drafts not submitted',
      lines: [
        '{unit}:',
        '"{call}" closes at {closes}. Your unit has {count} drafts that are not submitted: {categories}.',
        'Submit before then. What counts is when the system receives it; nothing is taken afterwards.',
      ],
    },
  },
  'call.closing-soon to idle units': {
    zh: {
      subject: '{call}：{closes} 截止',
      lines: [
        '{unit}：',
        '“{call}”将于 {closes} 截止，贵单位还没有开始申报。',
        '如需申报，请在截止前提交。是否按时以系统收到的时间为准，逾期不予受理。',
      ],
    },
    en: {
      subject: 'closing soon',
      lines: [
        '{unit}:',
        '"{call}" closes at {closes}, and your unit has not begun.',
        'If you want to apply, submit before then. What counts is when the system receives it; nothing is taken afterwards.',
      ],
    },
  },
  'call.extended': {
    zh: {
      subject: '{call}：截止时间延至 {closes}',
      lines: [
        '{unit}：',
        '“{call}”（{scope}）的截止时间已延至 {closes}。',
        '原因：{reason}',
        '贵单位的草稿仍在，届时之前都可以提交。',
      ],
    },
    en: {
      subject: 'deadline extended',
      lines: [
        '{unit}:',
        'The deadline of "{call}" ({scope}) was moved to {closes}.',
        'Reason: {reason}',
        'Your drafts are as they were, and can be submitted until then.',
      ],
    },
  },
  'call.extended to officers': {
    zh: {
      subject: '{call}：截止时间延至 {closes}',
      lines: ['{unit}：', '“{call}”（{scope}）的截止时间已延至 {closes}，有关单位已收到通知。', '原因：{reason}'],
    },
    en: {
      subject: 'deadline extended',
      lines: [
        '{unit}:',
        'The deadline of "{call}" ({scope}) was moved to {closes}. Those concerned are told.',
        'Reason: {reason}',
      ],
    },
  },
  'call.closed-early': {
    zh: {
      subject: '{call}：提前至 {closes} 截止',
      lines: [
        '{unit}：',
        '“{call}”（{scope}）提前至 {closes} 截止。',
        '原因：{reason}',
        '贵单位还有没有提交的草稿，请在截止前提交；逾期不予受理。',
      ],
    },
    en: {
      subject: 'closing earlier',
      lines: [
        '{unit}:',
        '"{call}" ({scope}) closes earlier, at {closes}.',
        'Reason: {reason}',
        'Your unit has drafts that are not submitted: submit them before then; nothing is taken afterwards.',
      ],
    },
  },
  'call.closed-early to officers': {
    zh: {
      subject: '{call}：提前至 {closes} 截止',
      lines: ['{unit}：', '“{call}”（{scope}）提前至 {closes} 截止，有关单位已收到通知。', '原因：{reason}'],
    },
    en: {
      subject: 'closing earlier',
      lines: [
        '{unit}:',
        '"{call}" ({scope}) closes earlier, at {closes}. Those concerned are told.',
        'Reason: {reason}',
      ],
    },
  },
  'call.closed': {
    zh: {
      subject: '{call}：已截止',
      lines: [
        '{unit}：',
        '“{call}”（{scope}）已于 {closes} 截止。',
        '已提交 {submissions} 项（{units} 个单位），没有提交的草稿 {drafts} 项。',
      ],
    },
    en: {
      subject: 'closed',
      lines: [
        '{unit}:',
        '"{call}" ({scope}) closed at {closes}.',
        'Submitted: {submissions}, by {units} units. Drafts that were not: {drafts}.',
      ],
    },
  },
  'call.closed for some': {
    zh: { subject: '{call}：已截止', lines: ['{unit}：', '“{call}”（{scope}）已于 {closes} 截止。'] },
    en: { subject: 'closed', lines: ['{unit}:', '"{call}" ({scope}) closed at {closes}.'] },
  },
  'call.sealed': {
    zh: {
      subject: '{call}：已封存',
      lines: ['{unit}：', '“{call}”已封存（第 {number} 次），共 {count} 项。', '根摘要：{root}'],
    },
    en: {
      subject: 'sealed',
      lines: ['{unit}:', '"{call}" is sealed (seal {number}). Submissions in it: {count}.', 'Root: {root}'],
    },
  },
  'submission.submitted': {
    zh: {
      subject: '{call}：已提交',
      lines: [
        '{unit}：',
        '{lead}在“{call}”中“{category}”类别的申报已于 {at} 提交。',
        '受理回执编号：{receipt}',
        '如需修改，可在截止前撤回。',
      ],
    },
    en: {
      subject: 'submitted',
      lines: [
        '{unit}:',
        'The application of {lead} to "{call}", category "{category}", was submitted at {at}.',
        'Receipt: {receipt}',
        'To change it, withdraw it before the deadline.',
      ],
    },
  },
  'submission.withdrawn': {
    zh: {
      subject: '{call}：已撤回',
      lines: [
        '{unit}：',
        '{lead}在“{call}”中“{category}”类别的申报已于 {at} 撤回，现在是草稿。',
        '如仍要申报，请在截止前重新提交。',
      ],
    },
    en: {
      subject: 'withdrawn',
      lines: [
        '{unit}:',
        'The application of {lead} to "{call}", category "{category}", was withdrawn at {at} and is a draft again.',
        'If you still want to apply, submit it again before the deadline.',
      ],
    },
  },
  'submission.consented': {
    zh: {
      subject: '{call}：{partner}已同意联合申报',
      lines: ['{unit}：', '{partner}已于 {at} 同意参加{lead}在“{call}”中“{category}”类别的联合申报。'],
    },
    en: {
      subject: 'a partner has consented',
      lines: [
        '{unit}:',
        '{partner} consented at {at} to the joint application of {lead} to "{call}", category "{category}".',
      ],
    },
  },
  'submission.consent-taken-back': {
    zh: {
      subject: '{call}：{partner}已收回同意',
      lines: [
        '{unit}：',
        '{partner}已于 {at} 收回对{lead}在“{call}”中“{category}”类别联合申报的同意，重新同意之前不能提交。',
      ],
    },
    en: {
      subject: 'a partner has taken its consent back',
      lines: [
        '{unit}:',
        '{partner} took back at {at} its consent to the joint application of {lead} to "{call}", category "{category}". It cannot be submitted until it consents again.',
      ],
    },
  },
  'submission.malware-found': {
    zh: {
      subject: '{call}：附件中发现恶意程序',
      lines: [
        '{unit}：',
        '{lead}在“{call}”中“{category}”类别的申报有一个附件，于 {at} 查出含有恶意程序（{threat}），已禁止下载，并已通知主办单位。',
        '申报仍为已提交。如在截止前，请撤回，删除该附件，换成干净的文件后重新提交；已截止的，请与主办单位联系。请同时检查制作该文件的电脑。',
      ],
    },
    en: {
      subject: 'malware in a file',
      lines: [
        '{unit}:',
        'At {at} malware ({threat}) was found in a file of the application of {lead} to "{call}", category "{category}". Nobody can download it, and the organiser is told.',
        'The application is still submitted. Before the deadline, withdraw it, replace the file by a clean one and submit again; after it, ask the organiser. Have a look at the computer the file was made on.',
      ],
    },
  },
  'submission.malware-found in a draft': {
    zh: {
      subject: '{call}：附件中发现恶意程序',
      lines: [
        '{unit}：',
        '{lead}在“{call}”中“{category}”类别的草稿有一个附件，于 {at} 查出含有恶意程序（{threat}），已禁止下载。',
        '删除该附件并换成干净的文件之前不能提交。请同时检查制作该文件的电脑。',
      ],
    },
    en: {
      subject: 'malware in a file',
      lines: [
        '{unit}:',
        'At {at} malware ({threat}) was found in a file of the draft of {lead} for "{call}", category "{category}". Nobody can download it.',
        'It cannot be submitted before that file is removed and replaced by a clean one. Have a look at the computer the file was made on.',
      ],
    },
  },
  'submission.malware-found to officers': {
    zh: {
      subject: '{call}：{lead}的附件中发现恶意程序',
      lines: [
        '{unit}：',
        '{lead}在“{call}”中“{category}”类别已提交的申报有一个附件，于 {at} 查出含有恶意程序（{threat}），已禁止下载，导出的文件包中也不收录。有关单位已收到通知。',
        '此前如已通过其他途径取得该文件，请勿打开。',
      ],
    },
    en: {
      subject: 'malware in a file',
      lines: [
        '{unit}:',
        'At {at} malware ({threat}) was found in a file of the submitted application of {lead} to "{call}", category "{category}". Nobody can download it, and archives leave it out. Its units are told.',
        'If you have the file from elsewhere, do not open it.',
      ],
    },
  },
};

/** Whom a deadline is for. */
export const SCOPES = {
  call: { zh: '全部类别', en: 'all categories' },
  category: { zh: '类别“{category}”', en: 'category "{category}"' },
  unit: { zh: '仅{for}', en: '{for} alone' },
  unitInCategory: { zh: '仅{for}，类别“{category}”', en: '{for} alone, category "{category}"' },
} as const satisfies Record<string, Readonly<Record<Locale, string>>>;

export const FOOTER: Readonly<Record<Locale, string>> = {
  zh: '本邮件由申报系统自动发送，请勿回复。',
  en: 'This mail was sent by a program; nobody reads replies to it.',
};

/** Between what is listed. */
export const LIST_MARK: Readonly<Record<Locale, string>> = { zh: '、', en: ', ' };
