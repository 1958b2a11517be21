import type { CallHead } from '#shared/domain/call/call-head.ts';

/** Of a call that reminds nobody. */
export const NO_REMINDERS = { before: [], withoutDraft: false };

/** What the close of {@link callHead}'s call recorded. */
export const RECORDED_CLOSE = { recordedAt: '2022-04-01T00:00:00.000Z', submissions: 3, units: 2, drafts: 1 };

/** The seal of {@link callHead}'s call, which covers its deadline. */
export const FIRST_SEAL = {
  number: 1,
  through: '2022-03-31T16:00:00.000Z',
  root: '0'.repeat(64),
  sealedAt: '2022-04-02T00:00:00.000Z',
  submissions: 3,
};

/** A published head; what a test is about is overridden. */
export const callHead = (overrides: Partial<CallHead> = {}): CallHead => ({
  callId: 'changde-2022',
  organiser: 'changde-kx',
  revision: 2,
  latestVersion: 1,
  publishedVersion: 1,
  publishedContent: '0'.repeat(64),
  publishedAt: '2022-02-20T02:00:00.000Z',
  opensAt: '2022-02-28T16:00:00.000Z',
  closesAt: '2022-03-31T16:00:00.000Z',
  opensAtLocal: '2022-03-01T00:00:00.000+08:00',
  closesAtLocal: '2022-04-01T00:00:00.000+08:00',
  closesText: '2022年3月31日24:00（Asia/Shanghai）',
  timezone: 'Asia/Shanghai',
  ...overrides,
});

/** A small definition as somebody would write it: two categories in a group, one form. What a test is about is overridden. */
export const writtenCall = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  title: '关于申报2022年度项目的通知',
  organiser: 'changde-kx',
  documentNumber: '常科协发〔2022〕4号',
  opens: '2022-03-01',
  closes: '2022-03-31',
  limitPerUnit: 3,
  categories: [
    { code: '1', title: '学会党的建设', ...writtenLeaf },
    { code: '2', title: '能力建设', categories: [{ code: '2-1', title: '重点学会建设', ...writtenLeaf }] },
  ],
  forms: { apply: writtenForm },
  ...overrides,
});

export const writtenForm = {
  title: '项目申报书',
  sections: [
    {
      title: '一、项目',
      fields: [
        { key: 'name', label: '项目名称', type: 'text', maxLength: 60, required: true },
        {
          key: 'kind',
          label: '项目类型',
          type: 'choice',
          options: [
            { value: 'key', label: '重点学会建设' },
            { value: 'other', label: '其他' },
          ],
        },
      ],
    },
  ],
};

export const writtenLeaf = {
  applicants: ['市级学会', '高校科协'],
  form: 'apply',
  period: { text: '2022年11月30日前完成' },
  materials: [{ key: 'application', title: '申报书', required: true, accept: ['pdf'] }],
};
