/** Which making of a seal: one that was given up leaves its objects where they hinder no other. */
export interface SealMaking {
  readonly callId: string;
  readonly number: number;
  readonly startedAt: string;
}

const folderOf = ({ callId, number, startedAt }: SealMaking): string =>
  `${callId}/seals/${String(number).padStart(4, '0')}-${startedAt.replaceAll(/\D/g, '')}/`;

/** A file of a seal, for good. */
export const sealFileKey = (seal: SealMaking, name: string): string => `calls/${folderOf(seal)}${name}`;

/** A sorted run, which a rule of the bucket clears away. Named by its digest, so that writing it again changes nothing. */
export const runKey = (seal: SealMaking, sha256: string): string => `working/${folderOf(seal)}${sha256}.ndjson`;
