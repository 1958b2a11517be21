import type { ExportFailure, ExportFormat, ExportState } from '#shared/contract/exports.ts';

/** Days an export is kept; the bucket of infra/stacks/data.ts forgets its files as soon. */
const KEPT_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * After so long without a sign of life nothing works on an export any more: a step is run three times, 15 minutes each at most, and may have to wait for one or
 * two others before.
 */
const SILENCE_MS = 4 * 60 * 60 * 1000;

/** What an officer asked for. */
export interface ExportRequest {
  readonly exportId: string;
  readonly callId: string;
  readonly organiser: string;
  readonly format: ExportFormat;
  readonly category?: string | undefined;
  readonly status: 'draft' | 'submitted';
}

/** How an archive was divided: its parts are listed in files of this plan. */
export interface ExportPlan {
  readonly planId: string;
  readonly parts: number;
}

/** An export and how far it is. Times are instants. */
export interface Export extends ExportRequest {
  readonly createdAt: string;
  readonly expiresAt: string;
  /** When somebody last worked on it, or asked for it. */
  readonly touchedAt: string;
  readonly startedAt?: string | undefined;
  /** Of an archive, once it was divided; what is no archive has one part from the beginning. */
  readonly plan?: ExportPlan | undefined;
  readonly partsDone: number;
  /** Submissions looked at, and how many there are to look at, once that was counted. */
  readonly done: number;
  readonly of?: number | undefined;
  readonly failure?: ExportFailure | undefined;
}

/** A part that is done. */
export interface ExportedPart {
  readonly part: number;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly submissions: number;
}

/** An export as it is asked for. `createdAt` in ms. */
export const newExport = (request: ExportRequest, createdAt: number): Export => {
  const at = new Date(createdAt).toISOString();
  return {
    ...request,
    createdAt: at,
    touchedAt: at,
    expiresAt: new Date(createdAt + KEPT_DAYS * DAY_MS).toISOString(),
    partsDone: 0,
    done: 0,
  };
};

/** How many files it will be; undefined for an archive that is not divided yet. */
export const partCount = ({ format, plan }: Pick<Export, 'format' | 'plan'>): number | undefined =>
  format === 'zip' ? plan?.parts : 1;

/** Whether an export is done or was given up: nothing is to be worked on any more. */
export const isSettled = (one: Export): boolean => one.failure !== undefined || one.partsDone === partCount(one);

/** Why an export counts as failed at `now` (ms): it says so, or nobody has worked on it for too long. */
export const failureOf = (one: Export, now: number): ExportFailure | undefined => {
  if (one.failure !== undefined) return one.failure;
  return !isSettled(one) && now - Date.parse(one.touchedAt) > SILENCE_MS ? 'BROKE_OFF' : undefined;
};

/** `now` in ms. */
export const stateOf = (one: Export, now: number): ExportState => {
  if (failureOf(one, now) !== undefined) return 'failed';
  if (isSettled(one)) return 'done';
  return one.startedAt === undefined ? 'queued' : 'running';
};

/** DynamoDB removes expired items days late, so an expired one counts as absent. `now` in ms. */
export const isExpired = ({ expiresAt }: Pick<Export, 'expiresAt'>, now: number): boolean =>
  Date.parse(expiresAt) <= now;
