import type { RosterEntry } from '#shared/contract/seals.ts';

export interface RosterPorts<Seal> {
  readonly seals: { ofCall(callId: string): Promise<readonly Seal[]> };
  readonly rosters: { entries(seal: Seal): AsyncIterable<RosterEntry> };
}

/** The 受理编号 of all seals of a call, in their order, with what they were given to; a few hundred KB in memory, however many there are. */
export async function* acceptanceNumbers<Seal>(
  { seals, rosters }: RosterPorts<Seal>,
  callId: string,
): AsyncGenerator<Pick<RosterEntry, 'acceptanceNo' | 'receiptNo' | 'submissionId'>> {
  for (const seal of await seals.ofCall(callId))
    for await (const { acceptanceNo, receiptNo, submissionId } of rosters.entries(seal))
      yield { acceptanceNo, receiptNo, submissionId };
}
