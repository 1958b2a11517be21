import { describe, expect, it } from 'vitest';
import { memberFaults } from '#shared/domain/organization/check-member.ts';
import { faultText } from '#shared/http/messages.ts';

describe('memberFaults', () => {
  it('takes an officer of an organiser', () => {
    expect(memberFaults({ role: 'officer' }, { organiser: true })).toEqual([]);
  });

  it('says why a unit that organises nothing has no officer', () => {
    const told = memberFaults({ role: 'officer' }, { organiser: false }).map(
      ({ path, code, params }) => `${path}: ${faultText(code, params ?? {}, 'zh')}`,
    );
    expect(told).toEqual(['role: 只有主办单位才有经办人（officer），申报单位的人员请写 applicant。']);
  });

  it('takes an applicant of anybody, with name, address and number or without', () => {
    const applicant = { role: 'applicant' as const };
    expect(memberFaults(applicant, { organiser: false })).toEqual([]);
    const known = { name: '丙某某', email: 'a@b.cn', mobile: '13800000000' };
    expect(memberFaults({ ...applicant, ...known }, { organiser: true })).toEqual([]);
  });

  it('lists everything wrong at once, by path', () => {
    const wrong = { role: 'officer' as const, name: '丙'.repeat(41), email: 'a', mobile: '1' };
    expect(memberFaults(wrong, { organiser: false })).toStrictEqual([
      { path: 'role', code: 'NOT_AN_OPTION', params: { of: 'officer' } },
      { path: 'name', code: 'TOO_LONG', params: { limit: 40 } },
      { path: 'email', code: 'FORMAT', params: { format: 'email' } },
      { path: 'mobile', code: 'FORMAT', params: { format: 'mobile-cn' } },
    ]);
  });
});
