import { createAttachment } from '#functions/attachments/create-attachment/create-attachment.ts';
import { admitAttachment } from '#functions/jobs/admit-attachment/admit-attachment.ts';
import { createSubmission } from '#functions/submissions/create-submission/create-submission.ts';
import { saveAnswers } from '#functions/submissions/save-answers/save-answers.ts';
import { submitSubmission } from '#functions/submissions/submit-submission/submit-submission.ts';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { idempotencyRepository } from '#shared/data/idempotency-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { situationRepository } from '#shared/data/standing-repository.ts';
import { submissionChanges } from '#shared/data/submission-changes.ts';
import { submissionDrafts } from '#shared/data/submission-drafts.ts';
import { submissionOutcomes } from '#shared/data/submission-outcomes.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { attachmentObjects } from '#shared/storage/attachment-objects.ts';
import { uploadPresigner } from '#shared/storage/presigned-upload.ts';
import type { FlowStores } from './flow-stores.ts';

/** The functions of the flow, each wired as its handler.ts wires it: a cache of definitions of its own, as each has on Lambda. */
export const flowFunctions = ({ db, tables, s3, buckets }: FlowStores) => {
  const submissions = submissionsRepository(db, tables.submissions);
  const deadlines = deadlinesRepository(db, tables.calls);
  const situations = situationRepository(db, tables);
  const attachments = attachmentsRepository(db, tables.submissions);
  const idempotency = idempotencyRepository(db, tables.idempotency);
  const objects = attachmentObjects(s3, buckets.attachments);
  const definitions = () => callsRepository(db, tables.calls);
  return {
    createSubmission: createSubmission({
      calls: definitions(),
      deadlines,
      memberships: membershipsRepository(db, tables.memberships),
      organizations: organizationsRepository(db, tables.organizations),
      submissions,
      drafts: submissionDrafts(db, tables),
      idempotency,
      newSubmissionId: generateId,
    }),
    saveAnswers: saveAnswers({
      submissions,
      changes: submissionChanges(db, tables),
      situations,
      definitions: definitions(),
    }),
    createAttachment: createAttachment({
      submissions,
      situations,
      definitions: definitions(),
      attachments,
      idempotency,
      uploads: uploadPresigner(s3, buckets.attachments),
      scanned: false,
      newAttachmentId: generateId,
    }),
    admitAttachment: admitAttachment({
      attachments,
      verdicts: attachments,
      submissions,
      deadlines,
      objects,
      now: Date.now,
    }),
    submitSubmission: submitSubmission({
      submissions,
      situations,
      definitions: definitions(),
      outcomes: submissionOutcomes(db, tables),
      receipts: receiptsRepository(db, tables.receipts),
      verdicts: attachments,
      objects,
      newReceiptNo: generateId,
    }),
  };
};

export type FlowFunctions = ReturnType<typeof flowFunctions>;
