import type { CallHead } from '#shared/domain/call/call-head.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { assertOfficer, type Officers } from './assert-officer.ts';

export interface OfficerPorts extends Officers {
  readonly calls: { head(callId: string): Promise<CallHead | undefined> };
}

/**
 * A call's head, for an officer of its organiser.
 *
 * @throws DomainError NOT_FOUND where the call is unknown or the subject is no officer of its organiser
 */
export const headForOfficer = async (ports: OfficerPorts, callId: string, subject: string): Promise<CallHead> => {
  const head = await ports.calls.head(callId);
  if (head === undefined) throw new DomainError('NOT_FOUND');
  await assertOfficer(ports, head.organiser, subject);
  return head;
};
