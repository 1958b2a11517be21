import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { Sealed, SealUnderWay, SealWork } from '#shared/data/seal-items.ts';
import type { SealsRepository } from '#shared/data/seals-repository.ts';
import { manifestBytes, manifestOf, signedStatement } from '#shared/domain/seal/manifest.ts';
import type { Signer } from '#shared/signing/signer.ts';
import { sealFileKey } from '#shared/storage/seal-keys.ts';
import type { SealObjects } from '#shared/storage/seal-objects.ts';
import { MANIFEST_FILE, SIGNATURE_FILE } from '#shared/storage/sealed-rosters.ts';
import { standsFor } from './stands-for.ts';

export interface Finishing {
  readonly calls: Pick<CallsRepository, 'head'>;
  readonly seals: Pick<SealsRepository, 'commitOnce'>;
  readonly objects: Pick<SealObjects, 'writeOnce' | 'writeIfAbsent' | 'read'>;
  readonly signer: Pick<Signer, 'sign'>;
}

/** Each try loses to another change of the head; reminders and steps of the timeline are all there is after a close. */
const TRIES = 8;

/**
 * Writes the manifest and its signature, and commits. `moved`: the call was extended meanwhile, or the seal is another one's by now.
 *
 * @param sealedAt instant
 */
export const finish = async (
  { calls, seals, objects, signer }: Finishing,
  seal: SealUnderWay,
  { parts, withdrawals }: Extract<SealWork, { step: 'finish' }>,
  { earlier, sealedAt }: { earlier: readonly Sealed[]; sealedAt: string },
): Promise<'committed' | 'moved'> => {
  const { callId, number, through } = seal;
  const previous = earlier.at(-1);
  const manifest = manifestOf({ callId, number, through, previousRoot: previous?.root, parts, withdrawals });
  await objects.writeOnce(sealFileKey(seal, MANIFEST_FILE), manifestBytes(manifest), 'application/json');

  // ECDSA is random, so a second signature has other bytes: the one that is there is kept.
  const signatureKey = sealFileKey(seal, SIGNATURE_FILE);
  if ((await objects.read(signatureKey)) === undefined) {
    const jws = await signer.sign(signedStatement(manifest), 'shenbao-seal+jwt');
    await objects.writeIfAbsent(signatureKey, Buffer.from(jws), 'application/jose');
  }

  const { root, count } = manifest;
  const accepted = (previous?.accepted ?? 0) + count;
  const withdrawn = manifest.withdrawals?.count ?? 0;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const head = await calls.head(callId);
    if (head === undefined || !standsFor(seal, head)) return 'moved';
    const committed = await seals.commitOnce(head, seal, { sealedAt, root, count, accepted, withdrawn });
    if (committed === 'committed') return committed;
  }
  return 'moved';
};
