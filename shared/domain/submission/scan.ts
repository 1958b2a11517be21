import type { ScanState } from '#shared/contract/attachment-states.ts';
import type { Attachment } from './submission.ts';

/** What a scan can come to. */
export type ScanFinding = Exclude<ScanState, 'pending'>;

/**
 * What each finding replaces. Results come doubled and in any order, and a file may be scanned again: the worst that was found stays, and having been looked
 * into goes before not having been. So whatever comes in which order, the outcome is the same.
 */
export const REPLACED_BY: Readonly<Record<ScanFinding, readonly ScanState[]>> = {
  unscanned: ['pending'],
  clean: ['pending', 'unscanned'],
  threat: ['pending', 'unscanned', 'clean'],
};

/** A file of which nothing was heard for so long counts as one that could not be scanned, ms: the result was lost, or scanning was switched off. */
const PATIENCE_MS = 24 * 60 * 60 * 1000;

/** Why an admitted file is not handed out at `now` (ms); undefined where it is: found clean, or never to be scanned. */
export const whyWithheld = (
  { scan, admittedAt, createdAt }: Pick<Attachment, 'scan' | 'admittedAt' | 'createdAt'>,
  now: number,
): 'SCAN_PENDING' | 'NOT_SCANNED' | 'MALWARE_FOUND' | undefined => {
  switch (scan) {
    case 'threat':
      return 'MALWARE_FOUND';
    case 'unscanned':
      return 'NOT_SCANNED';
    case 'pending':
      return now - Date.parse(admittedAt ?? createdAt) < PATIENCE_MS ? 'SCAN_PENDING' : 'NOT_SCANNED';
    case 'clean':
    case undefined:
      return undefined;
  }
};
