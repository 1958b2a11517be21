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
});
