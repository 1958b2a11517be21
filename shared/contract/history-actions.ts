/** What can happen to a call. */
export const CALL_ACTIONS = [
  'saved',
  'published',
  'unpublished',
  'publication-restored',
  'extended',
  'closed-early',
  'opened',
  'closing-soon',
  'closed',
  'sealed',
  'retention-begun',
  'retention-done',
] as const;

/** What can happen to a submission. Refused late submits are not among it: they leave one item, which is shown beside the history. */
export const SUBMISSION_ACTIONS = [
  'created',
  'answers-saved',
  'partners-saved',
  'consented',
  'consent-taken-back',
  'attachment-announced',
  'attachment-admitted',
  'attachment-refused',
  'attachment-removed',
  'malware-found',
  'submitted',
  'withdrawn',
  'deleted',
  'erased',
] as const;

/** `system`: a job. */
export const ACTOR_ROLES = ['officer', 'applicant', 'partner', 'system'] as const;
