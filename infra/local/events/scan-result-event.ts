import { randomUUID } from 'node:crypto';
import type { ObjectCreated } from '../s3/start-s3.ts';
import type { LocalAccount } from '../template/physical-names.ts';

/** What a scan of an object came to. */
export interface ScanOutcome {
  readonly status: 'NO_THREATS_FOUND' | 'THREATS_FOUND' | 'FAILED';
  readonly threat?: string;
}

/**
 * What GuardDuty tells EventBridge of an object it has scanned.
 * https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html
 */
export const scanResultEvent = (
  { bucket, key, eTag, versionId }: ObjectCreated,
  plan: string,
  { status, threat }: ScanOutcome,
  { region, accountId }: LocalAccount,
) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'GuardDuty Malware Protection Object Scan Result',
  source: 'aws.guardduty',
  account: accountId,
  time: new Date().toISOString().replace(/\.\d{3}Z$/, 'Z'),
  region,
  resources: [`arn:aws:guardduty:${region}:${accountId}:malware-protection-plan/${plan}`],
  detail: {
    schemaVersion: '1.0',
    scanStatus: status === 'FAILED' ? 'FAILED' : 'COMPLETED',
    resourceType: 'S3_OBJECT',
    s3ObjectDetails: { bucketName: bucket, objectKey: key, eTag, versionId, s3Throttled: false },
    scanResultDetails: { scanResultStatus: status, threats: threat === undefined ? null : [{ name: threat }] },
  },
});
