import { describe, expect, it } from 'vitest';
import { SENTENCE_CODES } from '#shared/domain/sentence.ts';
import { sayIn } from '#shared/http/eligibility-sentences.ts';
import { faultText } from '#shared/http/messages.ts';

const NAMES =
  'expected scope limit count left least most kinds unit reason from until what since grade validUntil foundedOn flag message material';
const params = Object.fromEntries(NAMES.split(' ').map((name) => [name, `<${name}>`]));
const figures = (text: string) => (text.match(/<[a-zA-Z]+>/g) ?? []).sort();

describe('what is said of rules', () => {
  it.each(SENTENCE_CODES)('says %s in Chinese and English with the same figures', (code) => {
    const [zh, en] = [sayIn('zh')([{ code, params }]), sayIn('en')([{ code, params }])];
    expect(figures(zh)).toEqual(figures(en));
    expect(zh).toMatch(/\p{Script=Han}.*[。）]$|：<[a-z]+>$/u);
    expect(en).not.toMatch(/\p{Script=Han}|—/u);
    expect(zh).not.toContain('—');
  });

  it('says several things one after the other', () => {
    const said = [{ code: 'NOT_RATED' }, { code: 'REQUIRES', params: { message: '3A以上' } }] as const;
    expect(sayIn('zh')(said)).toBe('贵单位没有登记评估等级。要求：3A以上');
    expect(sayIn('en')(said)).toBe('No rating of your unit is recorded. What is asked: 3A以上');
  });
});

describe('a refusal by a condition', () => {
  it('says what is known of the unit, or which material has to prove it', () => {
    const rating = { fact: 'RATING_EXPIRED', grade: '3A', validUntil: '2021-12-31' };
    expect(faultText('CONDITION_NOT_MET', { message: '3A以上', ...rating }, 'zh')).toBe(
      '贵单位评估等级 3A 已过有效期（至 2021-12-31）。不符合申报条件：3A以上',
    );
    expect(faultText('CONDITION_NOT_MET', { message: '有经验', material: '证明' }, 'zh')).toBe(
      '不符合申报条件：有经验（须上传材料“证明”证明）',
    );
    expect(faultText('CONDITION_NOT_MET', { message: '有经验' }, 'en')).toBe('A condition is not met: 有经验');
  });

  it('names a partner that is of no kind that may take part', () => {
    expect(faultText('APPLICANT_KIND', { of: 'partner', expected: '企业', unit: '农学会' }, 'zh')).toBe(
      '参加单位应为企业，农学会不在其内。',
    );
  });
});
