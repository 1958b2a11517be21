import * as z from 'zod';
import type { ScanFinding } from '#shared/domain/submission/scan.ts';
import { log } from '#shared/runtime/log.ts';
import { parseAttachmentObjectKey } from './attachment-keys.ts';
import { type ArrivalPorts, type ArrivedVersion, settleArrival } from './settle-arrival.ts';

export interface ScanPorts extends ArrivalPorts {
  /** Each may be called twice and in any order; false where it says nothing new, or of nothing that counts. */
  readonly findings: {
    noteHarmless(version: ArrivedVersion, finding: Exclude<ScanFinding, 'threat'>): Promise<boolean>;
    flagThreat(version: ArrivedVersion, threat: string | undefined, now: number): Promise<boolean>;
  };
}

/** What EventBridge calls results of scans. */
export const SCAN_RESULT = 'GuardDuty Malware Protection Object Scan Result';

/**
 * GuardDuty's result of scanning one version of an object:
 * https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html
 */
const ScanResult = z.object({
  detail: z.object({
    s3ObjectDetails: z.object({ objectKey: z.string(), versionId: z.string().min(1) }),
    scanResultDetails: z.object({
      scanResultStatus: z.enum(['NO_THREATS_FOUND', 'THREATS_FOUND', 'UNSUPPORTED', 'ACCESS_DENIED', 'FAILED']),
      threats: z.array(z.object({ name: z.string().min(1) })).nullish(),
    }),
  }),
});
type ScanResultStatus = z.output<typeof ScanResult>['detail']['scanResultDetails']['scanResultStatus'];

const FINDINGS: Readonly<Record<ScanResultStatus, ScanFinding>> = {
  NO_THREATS_FOUND: 'clean',
  THREATS_FOUND: 'threat',
  // A password, an archive of too many or too large files.
  UNSUPPORTED: 'unscanned',
  ACCESS_DENIED: 'unscanned',
  FAILED: 'unscanned',
};

/** Of a threat's name; those that are known have some 40 characters. */
const LONGEST_NAME = 100;

/**
 * Keeps what the malware scan of an object has found. Results come once at least, in any order, and may overtake the event of the object's arrival: so the
 * object is proven here where it was not yet. What is found in objects that do not count is of no matter.
 *
 * @param event EventBridge's
 * @returns whether that was news of a file that counts
 * @throws where the event is no such result, or a table or the bucket cannot be asked; it may be called again
 */
export const keepScanResult = async (ports: ScanPorts, event: unknown): Promise<boolean> => {
  const { findings, now } = ports;
  const { s3ObjectDetails, scanResultDetails } = ScanResult.parse(event).detail;
  const ids = parseAttachmentObjectKey(s3ObjectDetails.objectKey);
  if (ids === undefined) return false;
  const version = { ...ids, versionId: s3ObjectDetails.versionId };
  if ((await settleArrival(ports, version)) !== 'pinned') return false;
  const { scanResultStatus, threats } = scanResultDetails;
  const finding = FINDINGS[scanResultStatus];
  const isNew =
    finding === 'threat'
      ? await findings.flagThreat(version, threats?.[0]?.name.slice(0, LONGEST_NAME), now())
      : await findings.noteHarmless(version, finding);
  if (isNew) log.info('SCAN_RECORDED', { ...ids, code: scanResultStatus });
  return isNew;
};
