import { describe, expect, test } from 'vitest';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { undecided } from '#shared/domain/expression/decide.ts';
import { acceptSubmission, type SubmitRequest } from '#shared/domain/submission/accept-submission.ts';
import type { CategoryRules } from '#shared/domain/submission/category-rules.ts';
import { checkSubmission } from '#shared/domain/submission/check-submission.ts';
import type { Attachment, Partner } from '#shared/domain/submission/submission.ts';
import { draftHead } from '#shared/domain/submission/transitions.ts';
import { applicant } from '#test/support/applicants.ts';
import { BEGUN_DRAFT } from '#test/support/begun-draft.ts';
import { callHead, writtenCall } from '#test/support/calls.ts';

const rulesOf = (code: string, overrides: Record<string, unknown> = {}): CategoryRules => {
  const { forms, ...call } = CallDefinition.parse(writtenCall(overrides));
  const place = findCategory(call.categories, code);
  const form = forms.apply;
  if (place === undefined || form === undefined) throw new Error('no such category');
  return { version: 4, call, place, form, decide: undecided };
};

const head = draftHead(BEGUN_DRAFT);
const admitted: Attachment = {
  attachmentId: '1'.repeat(26),
  material: 'application',
  filename: '申报书.pdf',
  contentType: 'application/pdf',
  size: 10,
  sha256: 'ab'.repeat(32),
  state: 'admitted',
  versionId: 'v1',
  createdAt: '2022-03-10T00:00:00.000Z',
};
const CLOSES_AT = Date.UTC(2022, 2, 31, 16);

const request = (overrides: Partial<SubmitRequest> = {}): SubmitRequest => ({
  submission: { head, answers: { name: '甲' }, attachments: [admitted], partners: [] },
  call: callHead(),
  deadline: callHead(),
  rules: rulesOf('2-1'),
  unit: applicant({ kinds: ['市级学会'] }),
  partners: [],
  receivedAt: CLOSES_AT - 1,
  receiptNo: '2'.repeat(26),
  ...overrides,
});
const nothing = { head, answers: {}, attachments: [], partners: [] };

describe('a submit', () => {
  test('is accepted with a head that is counted in every node above its category', () => {
    const { next, limits, receipt, answers } = acceptSubmission(request());
    expect(next).toMatchObject({
      status: 'submitted',
      callVersion: 4,
      contentRevision: 2,
      answersRevision: 1,
      submittedAt: '2022-03-31T15:59:59.999Z',
      receiptNo: receipt.receiptNo,
      answersDigest: canonicalDigest({ name: '甲' }),
      countedIn: ['2', '2-1'],
    });
    expect(limits).toMatchObject([{ limit: 3 }]);
    expect(answers).toBeUndefined();
  });

  test('out of time is refused for that alone, whatever else is wrong with it', () => {
    const late = request({ receivedAt: CLOSES_AT, submission: nothing, unit: applicant() });
    expect(() => acceptSubmission(late)).toThrow(expect.objectContaining({ code: 'CALL_CLOSED', faults: [] }));
    const early = request({ receivedAt: 0, submission: nothing });
    expect(() => acceptSubmission(early)).toThrow(expect.objectContaining({ code: 'CALL_NOT_OPEN' }));
  });

  test('in time is refused with every fault of applicant, answers and files', () => {
    const faulty = request({ submission: nothing, unit: applicant({ kinds: ['企业'] }) });
    expect(() => acceptSubmission(faulty)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        faults: [
          expect.objectContaining({ path: 'unitId', code: 'APPLICANT_KIND' }),
          expect.objectContaining({ path: 'name', code: 'REQUIRED' }),
          expect.objectContaining({ path: 'materials.application', code: 'MATERIAL_MISSING' }),
        ],
      }),
    );
  });

  test('of answers that the version in force takes no more names them', () => {
    const submission = { head, answers: { name: '甲', gone: '乙' }, attachments: [admitted], partners: [] };
    expect(() => acceptSubmission(request({ submission }))).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ path: 'gone', code: 'UNKNOWN' })] }),
    );
  });

  test('of answers that the version in force hides keeps the others, as the receipt says', () => {
    const rules = rulesOf('2-1');
    const [section] = rules.form.sections;
    if (section === undefined) throw new Error('no section');
    const visibleWhen = { field: 'kind', in: ['other'] };
    const note = { key: 'note', label: '说明', type: 'text', maxLength: 9, required: false, multiline: false } as const;
    const form = { ...rules.form, sections: [{ ...section, fields: [...section.fields, { ...note, visibleWhen }] }] };
    const submission = { head, answers: { name: '甲', note: '乙' }, attachments: [admitted], partners: [] };
    const { answers, next, receipt } = acceptSubmission(request({ submission, rules: { ...rules, form } }));
    expect(answers).toEqual({ name: '甲' });
    expect(next).toMatchObject({ answered: 1, answersRevision: 2 });
    expect(receipt.answersDigest).toBe(canonicalDigest({ name: '甲' }));
  });

  test('answers with a receipt of all that it decided on, down to the digest of the answers and of each file', () => {
    const { receipt } = acceptSubmission(request());
    const said = {
      receiptNo: '2'.repeat(26),
      submissionId: head.submissionId,
      callId: 'changde-2022',
      callVersion: 4,
      category: '2-1',
      unitId: 'unit-1',
      submittedAt: '2022-03-31T15:59:59.999Z',
      deadline: '2022-03-31T16:00:00.000Z',
      deadlineLocal: '2022-04-01T00:00:00.000+08:00',
      timezone: 'Asia/Shanghai',
      answersDigest: canonicalDigest({ name: '甲' }),
      attachments: [
        {
          attachmentId: '1'.repeat(26),
          material: 'application',
          filename: '申报书.pdf',
          size: 10,
          sha256: 'ab'.repeat(32),
        },
      ],
    };
    expect(receipt).toEqual({ ...said, digest: canonicalDigest(said) });
  });

  test('holds to the deadline that is in force for the unit, and names it in the receipt', () => {
    const deadline = {
      closesAt: '2022-04-02T16:00:00.000Z',
      closesAtLocal: '2022-04-03T00:00:00.000+08:00',
      closesText: '延期',
    };
    const { receipt } = acceptSubmission(request({ deadline, receivedAt: CLOSES_AT + 1 }));
    expect(receipt).toMatchObject({ deadline: deadline.closesAt, deadlineLocal: deadline.closesAtLocal });
  });
});

describe('a joint submit', () => {
  const agreed = (unitId: string) => ({ unitId, name: `单位${unitId}`, consentedAt: '2022-03-11T00:00:00.000Z' });
  const named = [agreed('unit-2'), agreed('unit-3')];
  const joint = (terms: Record<string, unknown>, partners: readonly Partner[] = named) =>
    request({
      submission: { head, answers: { name: '甲' }, attachments: [admitted], partners },
      rules: rulesOf('2-1', { joint: { allowed: true, ...terms } }),
      partners: [applicant({ organizationId: 'unit-2', kinds: ['市级学会'] })],
    });

  test('names its partners in the receipt, and uses up their own limits only where the notice says so', () => {
    const partners = named.map(({ unitId, name }) => ({ unitId, name }));
    const free = acceptSubmission(joint({}));
    expect(free).toMatchObject({ receipt: { partners }, counted: [] });
    expect(free.next).not.toHaveProperty('partnersCounted');
    expect(acceptSubmission(joint({ partnersCount: true }))).toMatchObject({
      receipt: { partners },
      counted: named,
      next: { partnersCounted: true },
    });
  });

  test('of nobody else counts for nobody else', () => {
    const { next, counted } = acceptSubmission(joint({ partnersCount: true }, []));
    expect(counted).toEqual([]);
    expect(next).not.toHaveProperty('partnersCounted');
  });

  test('waits for the consent of everybody named, and judges those who gave it by their own records', () => {
    const asked = { unitId: 'unit-4', name: '护理学会' };
    expect(() => acceptSubmission(joint({ partners: ['市级学会'] }, [asked, ...named]))).toThrow(
      expect.objectContaining({
        faults: [
          expect.objectContaining({ path: 'partners[2]', code: 'APPLICANT_KIND' }),
          { path: 'partners[0]', code: 'CONSENT_MISSING', params: { unit: '护理学会' } },
        ],
      }),
    );
  });

  test('names a partner nobody keeps a record of as it was named', () => {
    const { faults } = checkSubmission(joint({ partners: ['市级学会'] }));
    expect(faults).toMatchObject([{ path: 'partners[1]', params: { unit: '单位unit-3' } }]);
  });
});

describe('a declaration that is missing', () => {
  const declared = (required: boolean) => {
    const conditions = [{ text: '有活动场地', effect: 'gate', declare: 'hasVenue', clause: '二' }];
    const rules = rulesOf('2-1', { conditions });
    const [section] = rules.form.sections;
    if (section === undefined) throw new Error('no section');
    const field = { key: 'hasVenue', label: '有活动场地', type: 'boolean', required } as const;
    const form = { ...rules.form, sections: [{ ...section, fields: [...section.fields, field] }] };
    return checkSubmission(request({ rules: { ...rules, form } })).faults;
  };

  test('is told by the condition that asks for it, with its clause', () => {
    expect(declared(false)).toMatchObject([{ path: 'hasVenue', code: 'DECLARATION_NEEDED', clause: '二' }]);
  });

  test('is told once where the form requires it too', () => {
    expect(declared(true)).toMatchObject([{ path: 'hasVenue', code: 'REQUIRED' }]);
  });
});

describe('the rules of a form', () => {
  const people = { key: 'people', label: '人数', type: 'integer', required: true } as const;
  const ruled = () => {
    const rules = rulesOf('2-1');
    const [section] = rules.form.sections;
    if (section === undefined) throw new Error('no section');
    const rule = { kind: 'check' as const, rule: 'answers.people > 5', message: '人数须多于5人', fields: ['people'] };
    return {
      ...rules,
      form: { ...rules.form, sections: [{ ...section, fields: [...section.fields, people] }], rules: [rule] },
    };
  };

  test('are decided on the answers as they count, with all that is known of the case', () => {
    const read: unknown[] = [];
    const decide: CategoryRules['decide'] = (_, facts) => {
      read.push(facts);
      return 'met';
    };
    const answers = { name: '甲', people: 5 };
    const submission = { head, answers, attachments: [admitted], partners: [] };
    expect(checkSubmission(request({ submission, rules: { ...ruled(), decide } })).faults).toEqual([]);
    expect(read).toMatchObject([
      { unit: { kinds: ['市级学会'] }, call: { today: '2022-03-31' }, submission: { category: '2-1' }, answers },
    ]);
  });

  test('are left alone while an answer has a wrong shape', () => {
    const answers = { name: '甲', people: '五' };
    const submission = { head, answers, attachments: [admitted], partners: [] };
    const decide: CategoryRules['decide'] = () => {
      throw new Error('nothing to decide on');
    };
    expect(checkSubmission(request({ submission, rules: { ...ruled(), decide } })).faults).toMatchObject([
      { path: 'people', code: 'WRONG_TYPE' },
    ]);
  });
});
