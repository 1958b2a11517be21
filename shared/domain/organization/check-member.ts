import type { MemberDetails, Role } from '#shared/contract/membership.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { format, given, text } from './checks.ts';

/** All that is wrong with what is said of a person and their role in an organisation, by path. */
export const memberFaults = (
  { role, name, email, mobile }: MemberDetails & { role: Role },
  { organiser }: { organiser: boolean },
): Fault[] => [
  ...(role === 'officer' && !organiser
    ? [{ path: 'role', code: 'NOT_AN_OPTION', params: { of: 'officer' } } as const]
    : []),
  ...given('name', name, text(40)),
  ...given('email', email, format('email')),
  ...given('mobile', mobile, format('mobile-cn')),
];
