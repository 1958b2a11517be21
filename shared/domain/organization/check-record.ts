import type { OrganizationRecord } from '#shared/contract/organization-record.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import { isCalendarDate } from '#shared/domain/form/calendar-date.ts';
import { type Check, format, given, text } from './checks.ts';
import { isFlagKey } from './flags.ts';

/** 社会组织评估等级 as the notices write them. */
const GRADES: readonly string[] = ['1A', '2A', '3A', '4A', '5A'];

const MOST_KINDS = 20;
const MOST_FLAGS = 50;
/** Of sanctions and of overdue obligations: with 200 characters each, a record stays far below the 400 KB of an item. */
const MOST_ENTRIES = 50;

const day: Check = (path, value) => (isCalendarDate(value) ? [] : [{ path, code: 'NOT_A_DATE' }]);

const oneOf =
  (options: readonly string[]): Check =>
  (path, value) =>
    options.includes(value)
      ? []
      : [{ path, code: 'NOT_AN_OPTION', params: { of: 'listed', accepted: options.join('、') } }];

const flag: Check = (path, value) =>
  isFlagKey(value) ? [] : [{ path, code: 'FORMAT', params: { format: 'flag-key' } }];

const atMost = (path: string, list: readonly unknown[], limit: number): Fault[] =>
  list.length > limit ? [{ path, code: 'TOO_MANY', params: { limit } }] : [];

/** Each value by its own check, and those that stood there before. */
const each = (path: string, list: readonly string[], limit: number, check: Check): Fault[] => [
  ...atMost(path, list, limit),
  ...list.slice(0, limit).flatMap((value, index): Fault[] => {
    const where = at(path, index);
    return list.indexOf(value) < index ? [{ path: where, code: 'DUPLICATE' }] : check(where, value);
  }),
];

/** All that is wrong with a record, by path; what is not there is not looked at. */
export const recordFaults = (record: Partial<OrganizationRecord>): Fault[] => {
  const { name, kinds = [], rating, flags = [], sanctions = [], overdue = [] } = record;
  return [
    ...given('name', name, text(100)),
    ...each('kinds', kinds, MOST_KINDS, text(40)),
    ...given('uscc', record.uscc, format('uscc')),
    ...given('rating.grade', rating?.grade, oneOf(GRADES)),
    ...given('rating.validUntil', rating?.validUntil, day),
    ...given('foundedOn', record.foundedOn, day),
    ...given('address', record.address, text(200)),
    ...given('postcode', record.postcode, format('postcode-cn')),
    ...given('phone', record.phone, format('phone-cn')),
    ...given('fax', record.fax, format('phone-cn')),
    ...given('email', record.email, format('email')),
    ...given('head', record.head, text(40)),
    ...given('headMobile', record.headMobile, format('mobile-cn')),
    ...each('flags', flags, MOST_FLAGS, flag),
    ...atMost('sanctions', sanctions, MOST_ENTRIES),
    ...sanctions.slice(0, MOST_ENTRIES).flatMap(({ reason, from, until }, index): Fault[] => {
      const path = at('sanctions', index);
      const days = [...day(at(path, 'from'), from), ...day(at(path, 'until'), until)];
      const turned: Fault[] =
        days.length === 0 && until < from
          ? [{ path: at(path, 'until'), code: 'OUT_OF_ORDER', params: { after: 'from' } }]
          : [];
      return [...text(200)(at(path, 'reason'), reason), ...days, ...turned];
    }),
    ...atMost('overdue', overdue, MOST_ENTRIES),
    ...overdue.slice(0, MOST_ENTRIES).flatMap(({ what, since, clause }, index): Fault[] => {
      const path = at('overdue', index);
      return [
        ...text(200)(at(path, 'what'), what),
        ...day(at(path, 'since'), since),
        ...given(at(path, 'clause'), clause, text(200)),
      ];
    }),
  ];
};
