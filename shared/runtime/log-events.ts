/**
 * All that is ever logged: a code and ids. Answers, file names, e-mail addresses, tokens and presigned URLs have no place here, and the types leave none.
 */
export type LogEvent =
  | 'REQUEST_COMPLETED'
  | 'REQUEST_REFUSED'
  | 'REQUEST_FAULT'
  | 'REQUEST_UNAVAILABLE'
  | 'JOB_COMPLETED'
  | 'JOB_FAULT'
  | 'ADVANCE_FAULT'
  | 'CLOSE_RECORDED'
  | 'SEAL_BEGUN'
  | 'PROGRESS_SAMPLED'
  | 'SEAL_COMMITTED'
  | 'SEAL_FAULT'
  | 'SEAL_GIVEN_UP'
  | 'ATTACHMENT_ADMITTED'
  | 'ATTACHMENT_REFUSED'
  | 'OBJECT_REMOVED'
  | 'SCAN_RECORDED'
  | 'LATE_ATTEMPT_RECORDED'
  | 'CONFLICT_RETRIED'
  | 'COLLECT_FAULT'
  | 'UPLOADS_COLLECTED'
  | 'RETENTION_BEGUN'
  | 'RETENTION_DONE'
  | 'RETENTION_FAULT'
  | 'PUBLISH_FAULT'
  | 'MESSAGE_FAULT'
  | 'EVENT_PUBLISHED'
  | 'MAIL_SENT'
  | 'MAIL_PUT_OFF'
  | 'MAIL_SKIPPED'
  | 'WEBHOOK_CALLED'
  | 'EXPORT_DIVIDED'
  | 'EXPORT_WRITTEN'
  | 'EXPORT_FAILED';

/** Events that are counted, and the metric: each costs USD 0.30 in a month that has one in every hour, and nothing in a month without. */
export const COUNTED = { SUBMISSION_SUBMITTED: 'Submissions' } as const;
export type CountedEvent = keyof typeof COUNTED;

/** What may stand beside a log event. */
export interface LogIds {
  readonly operation?: string;
  readonly requestId?: string;
  readonly code?: string;
  readonly status?: number;
  readonly callId?: string;
  readonly submissionId?: string;
  readonly attachmentId?: string;
  readonly eventId?: string;
  readonly exportId?: string;
  readonly count?: number;
  readonly attempt?: number;
}
