import { closeCall } from '#functions/calls/close-call/close-call.ts';
import { extendCall } from '#functions/calls/extend-call/extend-call.ts';
import { consentToSubmission } from '#functions/submissions/consent-to-submission/consent-to-submission.ts';
import { createSubmission } from '#functions/submissions/create-submission/create-submission.ts';
import { deleteSubmission } from '#functions/submissions/delete-submission/delete-submission.ts';
import { saveAnswers } from '#functions/submissions/save-answers/save-answers.ts';
import { submitSubmission } from '#functions/submissions/submit-submission/submit-submission.ts';
import { takeBackConsent } from '#functions/submissions/take-back-consent/take-back-consent.ts';
import { withdrawSubmission } from '#functions/submissions/withdraw-submission/withdraw-submission.ts';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { callChanges } from '#shared/data/call-changes.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { idempotencyRepository } from '#shared/data/idempotency-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { situationRepository, standingRepository } from '#shared/data/standing-repository.ts';
import { submissionChanges } from '#shared/data/submission-changes.ts';
import { submissionDrafts } from '#shared/data/submission-drafts.ts';
import { submissionOutcomes } from '#shared/data/submission-outcomes.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { attachmentObjects } from '#shared/storage/attachment-objects.ts';
import { BUCKET, type FaultsWorld } from './faults-world.ts';

const portsOf = ({ instanceDb, instanceS3, tables }: FaultsWorld) => {
  const db = instanceDb();
  return {
    db,
    tables,
    attachments: attachmentsRepository(db, tables.submissions),
    calls: callsRepository(db, tables.calls),
    changes: callChanges(db, tables),
    deadlines: deadlinesRepository(db, tables.calls),
    drafts: submissionDrafts(db, tables),
    edits: submissionChanges(db, tables),
    idempotency: idempotencyRepository(db, tables.idempotency),
    memberships: membershipsRepository(db, tables.memberships),
    objects: attachmentObjects(instanceS3, BUCKET),
    organizations: organizationsRepository(db, tables.organizations),
    outcomes: submissionOutcomes(db, tables),
    receipts: receiptsRepository(db, tables.receipts),
    situations: situationRepository(db, tables),
    standings: standingRepository(db, tables.memberships),
    submissions: submissionsRepository(db, tables.submissions),
    tallies: talliesRepository(db, tables.tallies),
  };
};
export type Ports = ReturnType<typeof portsOf>;

/** Stands between the functions and their ports: the wrong variants that have to be found. `now` is the wall clock, ms. */
export type Standin = (ports: Ports, now: () => number) => Partial<Ports>;

/** The functions with their ports, as one instance of each has them. */
export const instanceOf = (world: FaultsWorld, now: () => number, standin: Standin = () => ({})) => {
  const real = portsOf(world);
  const ports: Ports = { ...real, ...standin(real, now) };
  const definitions = ports.calls;
  return {
    extend: extendCall(ports),
    close: closeCall(ports),
    create: createSubmission({ ...ports, newSubmissionId: generateId }),
    save: saveAnswers({ ...ports, changes: ports.edits, definitions }),
    submit: submitSubmission({ ...ports, definitions, verdicts: ports.attachments, newReceiptNo: generateId }),
    withdraw: withdrawSubmission(ports),
    remove: deleteSubmission(ports),
    consent: consentToSubmission({ ...ports, changes: ports.edits }),
    takeBack: takeBackConsent({ ...ports, changes: ports.edits }),
  };
};
export type Instance = ReturnType<typeof instanceOf>;
