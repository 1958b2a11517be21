import { job } from '#shared/runtime/job.ts';
import { keepScanResult, type ScanPorts } from '#shared/storage/keep-scan-result.ts';

/** Keeps what GuardDuty's malware scan of one version of an object has found. */
export const recordScan = (ports: ScanPorts) =>
  job('recordScan', async (event) => {
    await keepScanResult(ports, event);
  });
