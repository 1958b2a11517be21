import type { RosterPart, SealManifest } from '#shared/contract/seals.ts';
import { manifestOf } from '#shared/domain/seal/manifest.ts';
import { rosterParts } from '#shared/domain/seal/parts.ts';
import { placeOf } from '#shared/domain/seal/roster.ts';
import { all, streamed, unnumbered } from './receipts.ts';

export interface MadeSeal {
  readonly number: number;
  readonly through: string;
  readonly root: string;
  readonly count: number;
  readonly sealedAt: string;
  readonly manifest: SealManifest;
  /** Text of each part. */
  readonly parts: readonly string[];
}

/** A seal of the n-th submits, in order, numbered from `firstNo` on. */
export const madeSeal = async (
  numbers: readonly number[],
  { number = 1, firstNo = 1, through = '2022-03-31T16:00:00.000Z' } = {},
): Promise<MadeSeal> => {
  const places = numbers.map((each) => {
    const current = unnumbered(each);
    return { place: placeOf(current), current };
  });
  const written = await all(rosterParts(streamed(places), { firstNo, written: 0 }));
  const parts = written.map(({ part }): RosterPart => part);
  const manifest = manifestOf({ callId: 'changde-2022', number, through, parts, withdrawals: [] });
  const { root, count } = manifest;
  const sealedAt = '2022-03-31T16:02:00.000Z';
  return {
    ...{ number, through, root, count, sealedAt, manifest },
    parts: written.map(({ body }) => Buffer.from(body).toString('utf8')),
  };
};
