import type { MemberDetails } from '#shared/contract/account.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { format, given, text } from './checks.ts';

/** All that is wrong with what is said of a person, by path. */
export const memberFaults = ({ name, email, mobile }: MemberDetails): Fault[] => [
  ...given('name', name, text(40)),
  ...given('email', email, format('email')),
  ...given('mobile', mobile, format('mobile-cn')),
];
