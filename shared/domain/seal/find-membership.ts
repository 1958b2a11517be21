import type { Membership, RosterPart, SealManifest } from '#shared/contract/seals.ts';
import { leafIn, partFor } from './manifest.ts';

/** A seal as its record has it. */
interface MadeSeal {
  readonly number: number;
  readonly through: string;
  readonly root: string;
  readonly count: number;
  readonly sealedAt: string;
}

export interface SealPorts<Seal extends MadeSeal> {
  readonly seals: { ofCall(callId: string): Promise<readonly Seal[]> };
  readonly rosters: {
    manifest(seal: Seal): Promise<SealManifest>;
    part(seal: Seal, part: RosterPart): Promise<string>;
  };
}

interface Sought {
  readonly callId: string;
  readonly receiptNo: string;
  readonly submissionId: string;
  readonly submittedAt: string;
}

/**
 * That a receipt is in a seal, with its line and audit path; undefined where none has it (yet): a seal has all that was received before its `through` and was not
 * withdrawn by then, so of several seals only the first that reaches far enough can have it. Reads a manifest and one part.
 */
export const findMembership = async <Seal extends MadeSeal>(
  { seals, rosters }: SealPorts<Seal>,
  { callId, receiptNo, ...sought }: Sought,
): Promise<Membership | undefined> => {
  const seal = (await seals.ofCall(callId)).find(({ through }) => sought.submittedAt < through);
  if (seal === undefined) return undefined;
  const manifest = await rosters.manifest(seal);
  const place = partFor(manifest, sought);
  const part = manifest.parts[place ?? -1];
  if (place === undefined || part === undefined) return undefined;
  const leaf = leafIn(manifest, place, await rosters.part(seal, part), receiptNo);
  if (leaf === undefined) return undefined;
  const { number, root, count, sealedAt } = seal;
  const { index, line, acceptanceNo, path } = leaf;
  return { acceptanceNo, seal: { number, root, count, sealedAt }, leaf: { index, line }, path: [...path] };
};
