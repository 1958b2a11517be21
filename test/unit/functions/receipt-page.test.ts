import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAGE_POLICY, receiptPage } from '#functions/submissions/get-submission-receipt/receipt-page.ts';
import type { ReceiptTitles } from '#functions/submissions/get-submission-receipt/receipt-titles.ts';

const RECEIPT = {
  receiptNo: '0123456789abcdefghjkmnpqrs',
  submissionId: 'sent0kept00000000000000000',
  callId: 'changde-2022',
  callVersion: 2,
  category: '1-2',
  unitId: 'changde-huaxue',
  submittedAt: '2022-03-21T02:18:20.466Z',
  deadline: '2022-03-31T16:00:00.000Z',
  deadlineLocal: '2022-04-01T00:00:00.000+08:00',
  timezone: 'Asia/Shanghai',
  answersDigest: 'a'.repeat(64),
  attachments: [
    { attachmentId: '0'.repeat(26), material: 'form', filename: '申报书.pdf', size: 1_572_864, sha256: 'b'.repeat(64) },
  ],
  digest: 'c'.repeat(64),
  jws: 'eyJ.payload.signature',
};

const TITLES: ReceiptTitles = {
  call: '关于申报2022年度常德市科协学会服务能力提升计划项目的通知',
  documentNumber: '常科协发〔2022〕4号',
  organiser: '常德市科学技术协会',
  unit: '常德市化学学会',
  category: ['学会能力提升', '学术交流'],
  materials: new Map([['form', '项目申报书']]),
};

/** Text of a page without its marks, as it is read. */
const textOf = (page: string): string =>
  page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(lt|gt|quot|#39|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name] ?? '',
    );

/** Elements in their order, without what is between them. */
const skeletonOf = (page: string): string[] => page.match(/<\/?[a-z0-9]+[^>]*>|<!doctype html>/g) ?? [];

const HOSTILE = `</bdi></td><script>alert(1)</script><img src=x onerror='alert("2")'>&lt;&#60;\u202e`;

describe('the page of a receipt', () => {
  it('says what was handed in, by whom, to what, and when', () => {
    const text = textOf(receiptPage(RECEIPT, TITLES, 'zh'));
    for (const part of [
      TITLES.call,
      TITLES.documentNumber,
      TITLES.organiser,
      TITLES.unit,
      '1-2　学会能力提升 › 学术交流',
      '2022年3月21日 10:18:20.466（中国标准时间，UTC+08:00）',
      '2022年3月31日 24:00（中国标准时间，UTC+08:00）',
      '项目申报书',
      '申报书.pdf',
      '1.5 MB',
      RECEIPT.receiptNo,
      RECEIPT.answersDigest,
      RECEIPT.digest,
      'b'.repeat(64),
      RECEIPT.jws,
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('已撤回　');
    expect(text).not.toContain('联合申报单位');
  });

  it('says the same in English', () => {
    const text = textOf(receiptPage(RECEIPT, TITLES, 'en'));
    expect(text).toContain('21 March 2022, 10:18:20.466 (China Standard Time, UTC+08:00)');
    expect(text).toContain('31 March 2022, 24:00 (China Standard Time, UTC+08:00)');
    expect(text).toContain('Files (1)');
  });

  it('writes a deadline that is no midnight as it is, and times as the zone of the call has them', () => {
    const text = textOf(
      receiptPage({ ...RECEIPT, timezone: 'Asia/Kathmandu', deadline: '2022-03-31T12:00:00.000Z' }, TITLES, 'en'),
    );
    expect(text).toContain('31 March 2022, 17:45:00.000 (Nepal Time, UTC+05:45)');
    expect(text).toContain('21 March 2022, 08:03:20.466');
  });

  it('groups the number for the eye alone: what is copied has no gaps', () => {
    expect(receiptPage(RECEIPT, TITLES, 'zh')).toContain(
      '<span class="number"><span>0123</span><span>4567</span><span>89ab</span><span>cdef</span><span>ghjk</span><span>mnpq</span><span>rs</span></span>',
    );
  });

  it('marks a withdrawn one, large, and names partners', () => {
    const page = receiptPage(
      {
        ...RECEIPT,
        withdrawnAt: '2022-03-22T00:00:00.000Z',
        partners: [{ unitId: 'nong', name: '常德市农学会' }],
      },
      TITLES,
      'zh',
    );
    expect(page).toContain('<strong>已撤回　本回执作废</strong>');
    expect(textOf(page)).toContain('撤回时间 2022年3月22日 08:00:00.000');
    expect(textOf(page)).toContain('联合申报单位常德市农学会');
  });

  it('is a page without files where there are none', () => {
    const text = textOf(receiptPage({ ...RECEIPT, attachments: [] }, TITLES, 'zh'));
    expect(text).toContain('没有附件。');
  });

  it('has the same elements whatever names are in it, and shows them as they are', () => {
    const pageOf = (name: string) => {
      const [file] = RECEIPT.attachments;
      if (file === undefined) throw new Error('The receipt has a file.');
      const receipt = {
        ...RECEIPT,
        attachments: [{ ...file, filename: name, material: name }],
        partners: [{ unitId: 'partner', name }],
      };
      const titles = {
        call: name,
        documentNumber: name,
        organiser: name,
        unit: name,
        category: [name],
        materials: new Map(),
      };
      return receiptPage(receipt, titles, 'zh');
    };
    const plain = skeletonOf(pageOf('name'));
    const hostile = pageOf(HOSTILE);
    expect(skeletonOf(hostile)).toEqual(plain);
    expect(textOf(hostile).split(HOSTILE)).toHaveLength(9);
    expect(hostile).not.toContain('<script');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(skeletonOf(pageOf(name))).toEqual(plain);
      }),
      { numRuns: 50 },
    );
  });

  it('has no script, no address of another, and the one style that its policy names', () => {
    const page = receiptPage(RECEIPT, TITLES, 'zh');
    expect(page).not.toMatch(/<(script|img|link|iframe|form|a|object)\b| on[a-z]+=| style=|url\(|@import|https?:/i);
    const style = /<style>(.*)<\/style>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(PAGE_POLICY).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });
});
