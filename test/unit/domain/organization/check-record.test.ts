import { describe, expect, it } from 'vitest';
import { OrganizationRecord } from '#shared/contract/organization-record.ts';
import { recordFaults } from '#shared/domain/organization/check-record.ts';

const RECORD = {
  name: '常德市化学学会',
  kinds: ['市级学会', '学会服务站'],
  uscc: '51430700MJJ0000019',
  rating: { grade: '3A', validUntil: '2025-12-31' },
  foundedOn: '1985-06-01',
  address: '常德市武陵区人民路1号',
  postcode: '415000',
  phone: '0736-7712345',
  fax: '0736-7712346',
  email: 'hxxh@example.com',
  head: '张三',
  headMobile: '13800000000',
  flags: ['hasPartyBranch', 'ourOwnFlag'],
  sanctions: [{ reason: '弄虚作假', from: '2020-01-01', until: '2022-12-31' }],
  overdue: [{ what: '2021年度总结报告', since: '2021-12-31', clause: '六' }],
};

const faultsOf = (overrides: object) =>
  recordFaults(OrganizationRecord.parse({ ...RECORD, ...overrides })).map(({ path, code }) => `${path} ${code}`);

describe('recordFaults', () => {
  it('finds nothing wrong with a full record, nor with a bare name', () => {
    expect(faultsOf({})).toEqual([]);
    expect(recordFaults({ name: 'x' })).toEqual([]);
  });

  it('lists everything wrong at once, by path', () => {
    expect(
      faultsOf({
        name: ' ',
        kinds: ['市级学会', '市级学会', ''],
        uscc: '51430700MJJ0000018',
        rating: { grade: 'AAA', validUntil: '2025' },
        foundedOn: '1985-02-30',
        address: '',
        postcode: '41500',
        phone: '７７１２３４５',
        fax: '(0736)7712346',
        email: 'hxxh@',
        head: '张'.repeat(41),
        headMobile: '0736-7712345',
        flags: ['Has party branch'],
        sanctions: [{ reason: '', from: '2022-01-01', until: '2021-01-01' }],
        overdue: [{ what: 'x', since: 'yesterday', clause: 'y'.repeat(201) }],
      }),
    ).toEqual([
      'name TOO_SHORT',
      'kinds[1] DUPLICATE',
      'kinds[2] TOO_SHORT',
      'uscc FORMAT',
      'rating.grade NOT_AN_OPTION',
      'rating.validUntil NOT_A_DATE',
      'foundedOn NOT_A_DATE',
      'address TOO_SHORT',
      'postcode FORMAT',
      'phone FORMAT',
      'fax FORMAT',
      'email FORMAT',
      'head TOO_LONG',
      'headMobile FORMAT',
      'flags[0] FORMAT',
      'sanctions[0].reason TOO_SHORT',
      'sanctions[0].until OUT_OF_ORDER',
      'overdue[0].since NOT_A_DATE',
      'overdue[0].clause TOO_LONG',
    ]);
  });

  it.each([
    ['51430700MJJ0000019', []],
    ['51430700MJJ000001', ['uscc FORMAT']],
    ['51430700mjj0000019', ['uscc FORMAT']],
    ['51430700MJJ0000091', ['uscc FORMAT']],
  ])('checks the form and the check digit of %s', (uscc, faults) => {
    expect(faultsOf({ uscc })).toEqual(faults);
  });

  it('takes a sanction of one day, and a name of 100 characters with an astral one in it', () => {
    expect(faultsOf({ sanctions: [{ reason: 'x', from: '2022-01-01', until: '2022-01-01' }] })).toEqual([]);
    expect(faultsOf({ name: '𠮷'.repeat(100) })).toEqual([]);
    expect(faultsOf({ name: '𠮷'.repeat(101) })).toEqual(['name TOO_LONG']);
  });

  it.each(['a\nb', 'a\u0000b', 'a\ud800b'])('refuses the name %j that cannot be printed', (name) => {
    expect(faultsOf({ name })).toEqual(['name CONTROL_CHARACTER']);
  });

  it('bounds every list', () => {
    expect(
      faultsOf({
        kinds: Array.from({ length: 21 }, (_, index) => `kind ${index}`),
        flags: Array.from({ length: 51 }, (_, index) => `flag${index}`),
        sanctions: Array.from({ length: 51 }, () => RECORD.sanctions[0]),
        overdue: Array.from({ length: 51 }, () => RECORD.overdue[0]),
      }),
    ).toEqual(['kinds TOO_MANY', 'flags TOO_MANY', 'sanctions TOO_MANY', 'overdue TOO_MANY']);
  });

  it.each([
    [{ name: ' ' }, { path: 'name', code: 'TOO_SHORT', params: { limit: 1 } }],
    [{ name: '学'.repeat(101) }, { path: 'name', code: 'TOO_LONG', params: { limit: 100 } }],
    [{ kinds: ['学'.repeat(41)] }, { path: 'kinds[0]', code: 'TOO_LONG', params: { limit: 40 } }],
    [{ address: '学'.repeat(201) }, { path: 'address', code: 'TOO_LONG', params: { limit: 200 } }],
    [{ head: '学'.repeat(41) }, { path: 'head', code: 'TOO_LONG', params: { limit: 40 } }],
    [{ uscc: '1' }, { path: 'uscc', code: 'FORMAT', params: { format: 'uscc' } }],
    [{ postcode: '1' }, { path: 'postcode', code: 'FORMAT', params: { format: 'postcode-cn' } }],
    [{ phone: '1' }, { path: 'phone', code: 'FORMAT', params: { format: 'phone-cn' } }],
    [{ fax: '1' }, { path: 'fax', code: 'FORMAT', params: { format: 'phone-cn' } }],
    [{ email: '1' }, { path: 'email', code: 'FORMAT', params: { format: 'email' } }],
    [{ headMobile: '1' }, { path: 'headMobile', code: 'FORMAT', params: { format: 'mobile-cn' } }],
    [{ flags: ['二'] }, { path: 'flags[0]', code: 'FORMAT', params: { format: 'flag-key' } }],
    [{ foundedOn: '1' }, { path: 'foundedOn', code: 'NOT_A_DATE' }],
    [
      { rating: { grade: '6A', validUntil: '2025-12-31' } },
      { path: 'rating.grade', code: 'NOT_AN_OPTION', params: { of: 'listed', accepted: '1A、2A、3A、4A、5A' } },
    ],
    [
      { sanctions: [{ reason: 'x', from: '2022-01-02', until: '2022-01-01' }] },
      { path: 'sanctions[0].until', code: 'OUT_OF_ORDER', params: { after: 'from' } },
    ],
    [
      { sanctions: [{ reason: '学'.repeat(201), from: '2022-01-01', until: '2022-01-01' }] },
      { path: 'sanctions[0].reason', code: 'TOO_LONG', params: { limit: 200 } },
    ],
    [
      { sanctions: [{ reason: 'x', from: 'once', until: '2022-01-01' }] },
      { path: 'sanctions[0].from', code: 'NOT_A_DATE' },
    ],
    [
      { overdue: [{ what: ' ', since: '2022-01-01' }] },
      { path: 'overdue[0].what', code: 'TOO_SHORT', params: { limit: 1 } },
    ],
  ])('says of %j what is asked', (overrides, fault) => {
    expect(recordFaults(OrganizationRecord.parse({ ...RECORD, ...overrides }))).toStrictEqual([fault]);
  });

  it('takes every list up to its bound, and checks no more of a longer one', () => {
    const many = (count: number) => ({
      kinds: Array.from({ length: Math.min(count, 20) }, (_, index) => `kind ${index}`),
      flags: Array.from({ length: count }, (_, index) => `flag${index}`),
      sanctions: Array.from({ length: count }, () => RECORD.sanctions[0]),
      overdue: Array.from({ length: count }, () => RECORD.overdue[0]),
    });
    expect(faultsOf(many(50))).toEqual([]);
    const kinds = [...many(20).kinds, ''];
    expect(recordFaults(OrganizationRecord.parse({ ...RECORD, kinds }))).toStrictEqual([
      { path: 'kinds', code: 'TOO_MANY', params: { limit: 20 } },
    ]);
    const wrong = { reason: '', from: '', until: '' };
    expect(faultsOf({ sanctions: [...many(50).sanctions, wrong] })).toEqual(['sanctions TOO_MANY']);
    expect(faultsOf({ overdue: [...many(50).overdue, { what: '', since: '' }] })).toEqual(['overdue TOO_MANY']);
  });
});
