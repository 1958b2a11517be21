import type { Locale } from '#shared/http/locale.ts';

/** What the page says besides the receipt itself. */
export interface PageWords {
  readonly language: string;
  readonly title: string;
  readonly number: string;
  readonly withdrawn: string;
  readonly withdrawnAt: string;
  readonly call: string;
  readonly unit: string;
  readonly partners: string;
  readonly category: string;
  readonly submittedAt: string;
  readonly deadline: string;
  readonly before: string;
  readonly files: string;
  readonly noFiles: string;
  readonly material: string;
  readonly filename: string;
  readonly size: string;
  readonly digests: string;
  readonly submission: string;
  readonly version: string;
  readonly answersDigest: string;
  readonly receiptDigest: string;
  readonly signature: string;
  readonly checking: string;
}

export const PAGE_WORDS: Readonly<Record<Locale, PageWords>> = {
  zh: {
    language: 'zh-CN',
    title: '受理回执',
    number: '回执编号',
    withdrawn: '已撤回　本回执作废',
    withdrawnAt: '撤回时间',
    call: '申报通知',
    unit: '申报单位',
    partners: '联合申报单位',
    category: '项目类别',
    submittedAt: '提交时间',
    deadline: '截止时间',
    before: '在此时刻之前收到的申报有效',
    files: '申报材料',
    noFiles: '没有附件。',
    material: '材料',
    filename: '文件',
    size: '大小',
    digests: '校验信息',
    submission: '申报编号',
    version: '通知版本',
    answersDigest: '申报书内容的 SHA-256',
    receiptDigest: '本回执的 SHA-256',
    signature: '电子签名（JWS，ES256）',
    checking:
      '本回执由受理系统签名。核对方法：用 /.well-known/jwks.json 公布的公钥验证下面的签名；或凭回执编号查询 /receipts/回执编号，看时间、摘要和是否已撤回。',
  },
  en: {
    language: 'en',
    title: 'Receipt of submission',
    number: 'Receipt number',
    withdrawn: 'WITHDRAWN — this receipt is void',
    withdrawnAt: 'Withdrawn at',
    call: 'Call',
    unit: 'Applicant',
    partners: 'Joint applicants',
    category: 'Category',
    submittedAt: 'Submitted at',
    deadline: 'Deadline',
    before: 'what was received before this instant counts',
    files: 'Files',
    noFiles: 'No files are attached.',
    material: 'Material',
    filename: 'File',
    size: 'Size',
    digests: 'Digests',
    submission: 'Submission',
    version: 'Version of the call',
    answersDigest: 'SHA-256 of the answers',
    receiptDigest: 'SHA-256 of this receipt',
    signature: 'Signature (JWS, ES256)',
    checking:
      'Signed by the receiving system. To check it, verify the signature below by the public keys at /.well-known/jwks.json, or look the number up at /receipts/NUMBER: time, digest, and whether it was withdrawn.',
  },
};
