import type { RosterEntry, RosterPart, SealManifest, WithdrawalPart, WithdrawnEntry } from '#shared/contract/seals.ts';
import { parseManifest } from '#shared/domain/seal/manifest.ts';
import { parseEntry, parseWithdrawn } from '#shared/domain/seal/roster.ts';
import { type SealMaking, sealFileKey } from './seal-keys.ts';
import type { SealObjects } from './seal-objects.ts';

export const MANIFEST_FILE = 'manifest.json';
export const SIGNATURE_FILE = 'manifest.jws';

/** Manifests an instance keeps, some 30 KB each for 100,000 entries. They never change. */
const KEPT_MANIFESTS = 32;

export type SealedRosters = ReturnType<typeof sealedRosters>;

/** What seals hold, read from the bucket. */
export const sealedRosters = (objects: Pick<SealObjects, 'read' | 'lines'>) => {
  const manifests = new Map<string, SealManifest>();

  const textOf = async (seal: SealMaking, name: string): Promise<string> => {
    const key = sealFileKey(seal, name);
    const body = await objects.read(key);
    if (body === undefined) throw new Error(`The seal has no object ${key}`);
    return Buffer.from(body).toString('utf8');
  };

  const manifest = async (seal: SealMaking): Promise<SealManifest> => {
    const key = sealFileKey(seal, MANIFEST_FILE);
    const known = manifests.get(key);
    if (known !== undefined) return known;
    const read = parseManifest(await textOf(seal, MANIFEST_FILE));
    const [oldest] = manifests.keys();
    if (oldest !== undefined && manifests.size >= KEPT_MANIFESTS) manifests.delete(oldest);
    manifests.set(key, read);
    return read;
  };

  const linesOf = (seal: SealMaking, parts: readonly (RosterPart | WithdrawalPart)[]): AsyncGenerator<string> =>
    objects.lines(parts.map(({ name, bytes, sha256 }) => ({ key: sealFileKey(seal, name), bytes, sha256 })));

  return {
    manifest,

    /** The JWS of the statement about the manifest. */
    signature: (seal: SealMaking): Promise<string> => textOf(seal, SIGNATURE_FILE),

    /** A part as it was written. */
    part: (seal: SealMaking, { name }: Pick<RosterPart, 'name'>): Promise<string> => textOf(seal, name),

    /** The roster in order; a few hundred KB in memory. */
    async *entries(seal: SealMaking): AsyncGenerator<RosterEntry> {
      for await (const line of linesOf(seal, (await manifest(seal)).parts)) yield parseEntry(line);
    },

    /** What it lists as withdrawn since the seals before, in the order of the roster. */
    async *withdrawn(seal: SealMaking): AsyncGenerator<WithdrawnEntry> {
      const { withdrawals } = await manifest(seal);
      for await (const line of linesOf(seal, withdrawals?.parts ?? [])) yield parseWithdrawn(line);
    },
  };
};
