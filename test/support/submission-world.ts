import type { S3Client } from '@aws-sdk/client-s3';
import { createAttachment } from '#functions/attachments/create-attachment/create-attachment.ts';
import { deleteAttachment } from '#functions/attachments/delete-attachment/delete-attachment.ts';
import { getAttachment } from '#functions/attachments/get-attachment/get-attachment.ts';
import { renewAttachmentUpload } from '#functions/attachments/renew-attachment-upload/renew-attachment-upload.ts';
import { closeCall } from '#functions/calls/close-call/close-call.ts';
import { extendCall } from '#functions/calls/extend-call/extend-call.ts';
import { getCallHistory } from '#functions/calls/get-call-history/get-call-history.ts';
import { getEligibility } from '#functions/calls/get-eligibility/get-eligibility.ts';
import { getProgress } from '#functions/calls/get-progress/get-progress.ts';
import { getTimeline } from '#functions/calls/get-timeline/get-timeline.ts';
import { listExtensions } from '#functions/calls/list-extensions/list-extensions.ts';
import { listLateAttempts } from '#functions/calls/list-late-attempts/list-late-attempts.ts';
import { admitAttachment } from '#functions/jobs/admit-attachment/admit-attachment.ts';
import { advanceCalls } from '#functions/jobs/advance-calls/advance-calls.ts';
import { collectUploads } from '#functions/jobs/collect-uploads/collect-uploads.ts';
import { recordScan } from '#functions/jobs/record-scan/record-scan.ts';
import { checkReceipt } from '#functions/receipts/check-receipt/check-receipt.ts';
import { consentToSubmission } from '#functions/submissions/consent-to-submission/consent-to-submission.ts';
import { createSubmission } from '#functions/submissions/create-submission/create-submission.ts';
import { deleteSubmission } from '#functions/submissions/delete-submission/delete-submission.ts';
import { getSubmission } from '#functions/submissions/get-submission/get-submission.ts';
import { getSubmissionHistory } from '#functions/submissions/get-submission-history/get-submission-history.ts';
import { getSubmissionReceipt } from '#functions/submissions/get-submission-receipt/get-submission-receipt.ts';
import { listCallSubmissions } from '#functions/submissions/list-call-submissions/list-call-submissions.ts';
import { listSubmissions } from '#functions/submissions/list-submissions/list-submissions.ts';
import { saveAnswers } from '#functions/submissions/save-answers/save-answers.ts';
import { savePartners } from '#functions/submissions/save-partners/save-partners.ts';
import { submitSubmission } from '#functions/submissions/submit-submission/submit-submission.ts';
import { takeBackConsent } from '#functions/submissions/take-back-consent/take-back-consent.ts';
import { validateSubmission } from '#functions/submissions/validate-submission/validate-submission.ts';
import { withdrawSubmission } from '#functions/submissions/withdraw-submission/withdraw-submission.ts';
import { actorNames } from '#shared/data/actor-names.ts';
import { attachmentCollection } from '#shared/data/attachment-collection.ts';
import { attachmentRemoval } from '#shared/data/attachment-removal.ts';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { callChanges } from '#shared/data/call-changes.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { historyRepository } from '#shared/data/history-repository.ts';
import { idempotencyRepository } from '#shared/data/idempotency-repository.ts';
import { lateAttemptsRepository } from '#shared/data/late-attempts-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { scanFindings } from '#shared/data/scan-findings.ts';
import { sealRecords } from '#shared/data/seal-records.ts';
import { signedReceiptsRepository } from '#shared/data/signed-receipts-repository.ts';
import { situationRepository, standingRepository } from '#shared/data/standing-repository.ts';
import { submissionChanges } from '#shared/data/submission-changes.ts';
import { submissionDrafts } from '#shared/data/submission-drafts.ts';
import { submissionOutcomes } from '#shared/data/submission-outcomes.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { timelineRepository } from '#shared/data/timeline-repository.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import type { HttpHandler } from '#shared/http/operation-request.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { attachmentObjects } from '#shared/storage/attachment-objects.ts';
import { downloadPresigner } from '#shared/storage/presigned-download.ts';
import { uploadPresigner } from '#shared/storage/presigned-upload.ts';
import { sealedRosters } from '#shared/storage/sealed-rosters.ts';
import { contentOf } from './call-content.ts';
import { callHead, writtenCall } from './calls.ts';
import { freshTables } from './dynamodb.ts';
import { httpEvent, lambdaContext } from './http-event.ts';
import { memoryObjects } from './memory-objects.ts';
import { signerInMemory } from './signer.ts';

export const CALL_ID = 'changde-2022';
/** 2022-03-31 24:00 in Shanghai, ms. */
export const CLOSES_AT = Date.UTC(2022, 2, 31, 16);
/** Some time while the call is open, ms. */
export const WHILE_OPEN = Date.UTC(2022, 2, 10);

export interface Sent {
  readonly subject?: string;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly receivedAt?: number;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed JSON; tests look into it by path. */
  readonly body: Record<string, unknown>;
}

/** Seals without files: none of the calls here is sealed. */
const noRosters = sealedRosters({ read: async () => undefined, async *lines() {} });

/** Sends one request through a handler, as the gateway would. */
export const send = async (handler: HttpHandler, sent: Sent = {}): Promise<Received> => {
  const reply = await handler(
    httpEvent({
      claims: { sub: sent.subject ?? 'secretary', token_use: 'access' },
      ...(sent.params === undefined ? {} : { pathParameters: sent.params }),
      ...(sent.query === undefined ? {} : { query: sent.query }),
      ...(sent.headers === undefined ? {} : { headers: sent.headers }),
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
      receivedAt: sent.receivedAt ?? WHILE_OPEN,
    }),
    lambdaContext(),
  );
  return {
    status: reply.statusCode ?? 0,
    headers: reply.headers ?? {},
    body: reply.body === undefined ? {} : JSON.parse(reply.body),
  };
};

/**
 * The functions of submissions, attachments, receipts and jobs over tables of their own and a bucket in memory, with one open call, two units and an
 * officer. What a test is about is overridden in the call as it is written.
 *
 * @param scanned whether uploads are scanned for malware
 * @param s3 the bucket instead of the one in memory
 */
export const submissionWorld = async (
  written: Record<string, unknown> = {},
  { scanned = false, s3 }: { scanned?: boolean; s3?: { client: S3Client; bucket: string } } = {},
) => {
  const { db, tables } = await freshTables();
  const calls = callsRepository(db, tables.calls);
  const changes = callChanges(db, tables);
  const memberships = membershipsRepository(db, tables.memberships);
  const organizations = organizationsRepository(db, tables.organizations);
  const submissions = submissionsRepository(db, tables.submissions);
  const edits = submissionChanges(db, tables);
  const attachments = attachmentsRepository(db, tables.submissions);
  const removal = attachmentRemoval(db, tables);
  const receipts = receiptsRepository(db, tables.receipts);
  const tallies = talliesRepository(db, tables.tallies);
  const idempotency = idempotencyRepository(db, tables.idempotency);
  const drafts = submissionDrafts(db, tables);
  const outcomes = submissionOutcomes(db, tables);
  const standings = standingRepository(db, tables.memberships);
  const deadlines = deadlinesRepository(db, tables.calls);
  const situations = situationRepository(db, tables);
  const collection = attachmentCollection(db, tables);
  const history = historyRepository(db, tables.history);
  const names = actorNames(db, tables.memberships);
  const bucket = memoryObjects();
  const objects = s3 === undefined ? bucket.objects : attachmentObjects(s3.client, s3.bucket);
  const signer = signerInMemory();
  const clock = { now: WHILE_OPEN };
  const now = () => clock.now;

  /** Saves a version of a call and publishes it with the first head, or after the head that there is. */
  const publishVersion = async (overrides: Record<string, unknown>, callId = CALL_ID): Promise<void> => {
    const content = contentOf(CallDefinition.parse(writtenCall(overrides)));
    const current = await calls.head(callId);
    const version = (current?.latestVersion ?? 0) + 1;
    const published = { publishedVersion: version, publishedContent: content.digest };
    const head = callHead({ callId, revision: version + 1, latestVersion: version, ...published });
    const { opensAt, closesAt, opensAtLocal, closesAtLocal, closesText, timezone } = head;
    await changes.saveVersionAtRevision(
      head,
      {
        ...{ callId, version, savedAt: opensAt, savedBy: 'officer' },
        window: { opensAt, closesAt, opensAtLocal, closesAtLocal, closesText, timezone },
        content,
      },
      current?.revision ?? 0,
      byOfficer('officer', opensAt, 'saved', { version }),
    );
  };
  await publishVersion(written);
  const { closesAt } = callHead();
  await Promise.all([
    organizations.put({ organizationId: 'changde-kx', name: '常德市科协', kinds: [], organiser: true }),
    organizations.put({ organizationId: 'unit-1', name: '常德市医学会', kinds: ['市级学会'], organiser: false }),
    organizations.put({
      organizationId: 'unit-2',
      name: '常德职业技术学院科协',
      kinds: ['高校科协'],
      organiser: false,
    }),
    organizations.put({ organizationId: 'company', name: '某公司', kinds: ['企业'], organiser: false }),
    memberships.put({ subject: 'officer', organizationId: 'changde-kx', role: 'officer' }),
    memberships.put({ subject: 'secretary', organizationId: 'unit-1', role: 'applicant' }),
    memberships.put({ subject: 'secretary-2', organizationId: 'unit-2', role: 'applicant' }),
    memberships.put({ subject: 'both', organizationId: 'unit-1', role: 'applicant' }),
    memberships.put({ subject: 'both', organizationId: 'unit-2', role: 'applicant' }),
    memberships.put({ subject: 'outsider', organizationId: 'company', role: 'applicant' }),
  ]);

  const memoryUploads = {
    presign: async (
      method: 'POST' | 'PUT',
      { key }: { key: string },
      { receivedAt, notAfter = Number.POSITIVE_INFINITY }: { receivedAt: number; notAfter?: number },
    ) => {
      const expiresAt = toInstant(Math.min(receivedAt + 15 * 60_000, notAfter));
      return method === 'POST'
        ? { method, url: `http://s3/${key}`, fields: {}, expiresAt }
        : { method, url: `http://s3/${key}`, headers: {}, expiresAt };
    },
  };
  const memoryDownloads = {
    presign: async ({ key, versionId }: { key: string; versionId?: string | undefined }) => ({
      url: `http://s3/${key}?versionId=${versionId}`,
      expiresAt: closesAt,
    }),
  };

  const uploads = s3 === undefined ? memoryUploads : uploadPresigner(s3.client, s3.bucket);
  const downloads = s3 === undefined ? memoryDownloads : downloadPresigner(s3.client, s3.bucket);

  const app = {
    eligibility: getEligibility({ calls, deadlines, memberships, organizations, tallies }),
    extend: extendCall({ calls, deadlines, changes, memberships, organizations, tallies, idempotency }),
    close: closeCall({ calls, deadlines, changes, memberships, organizations, tallies }),
    extensions: listExtensions({ calls, deadlines, memberships, organizations }),
    lateAttempts: listLateAttempts({
      calls,
      lateAttempts: lateAttemptsRepository(db, tables.submissions),
      memberships,
      organizations,
    }),
    create: createSubmission({
      calls,
      deadlines,
      memberships,
      organizations,
      submissions,
      drafts,
      idempotency,
      newSubmissionId: generateId,
    }),
    get: getSubmission({ submissions, situations, definitions: calls }),
    remove: deleteSubmission({ submissions, standings, drafts }),
    save: saveAnswers({ submissions, changes: edits, situations, definitions: calls }),
    namePartners: savePartners({ submissions, changes: edits, situations, definitions: calls, organizations }),
    consent: consentToSubmission({ submissions, changes: edits, situations }),
    takeBackConsent: takeBackConsent({ submissions, changes: edits, situations }),
    validate: validateSubmission({ submissions, situations, definitions: calls, objects, tallies }),
    submit: submitSubmission({
      submissions,
      situations,
      definitions: calls,
      outcomes,
      receipts,
      verdicts: attachments,
      objects,
      newReceiptNo: generateId,
    }),
    withdraw: withdrawSubmission({ submissions, situations, outcomes }),
    receipt: getSubmissionReceipt({
      submissions,
      standings,
      receipts: signedReceiptsRepository(db, tables.receipts),
      signer,
      calls,
      organizations,
    }),
    history: getSubmissionHistory({ submissions, attachments, standings, history, names }),
    callHistory: getCallHistory({ calls, memberships, history, names }),
    list: listSubmissions({ memberships, submissions }),
    timeline: getTimeline({
      calls,
      memberships,
      organizations,
      deadlines,
      history: historyRepository(db, tables.history),
      names: actorNames(db, tables.memberships),
    }),
    progress: getProgress({
      calls,
      memberships,
      organizations,
      tallies,
      submissions,
      timelines: timelineRepository(db, tables.calls),
    }),
    listOfCall: listCallSubmissions({ calls, memberships, tallies, submissions }),
    announce: createAttachment({
      submissions,
      situations,
      definitions: calls,
      attachments,
      idempotency,
      uploads,
      newAttachmentId: generateId,
      scanned,
    }),
    renew: renewAttachmentUpload({ submissions, situations, attachments, uploads }),
    download: getAttachment({ submissions, standings, downloads }),
    removeFile: deleteAttachment({ submissions, standings, attachments, removal }),
    check: checkReceipt({ receipts, seals: sealRecords(db, tables.calls), rosters: noRosters }),
  };
  const jobs = {
    advance: () =>
      advanceCalls({
        calls,
        changes,
        deadlines,
        tallies,
        timelines: timelineRepository(db, tables.calls),
        callsTable: tables.calls,
        now,
      })({}, lambdaContext()),
    admit: (key: string, versionId: string) =>
      admitAttachment({ attachments, verdicts: attachments, submissions, deadlines, objects, now })(
        { detail: { bucket: { name: 'attachments' }, object: { key, 'version-id': versionId } } },
        lambdaContext(),
      ),
    /** GuardDuty's result of scanning a version. */
    scan: (key: string, versionId: string, status: string, threat?: string) =>
      recordScan({
        ...{ attachments, verdicts: attachments, submissions, deadlines, objects, now },
        findings: scanFindings(db, tables),
      })(
        {
          detail: {
            s3ObjectDetails: { objectKey: key, versionId },
            scanResultDetails: { scanResultStatus: status, threats: threat === undefined ? null : [{ name: threat }] },
          },
        },
        lambdaContext(),
      ),
    collect: (context = lambdaContext()) =>
      collectUploads({ collection, attachments, removal, submissions, deadlines, objects, now })({}, context),
  };
  const repositories = {
    history,
    calls,
    changes,
    deadlines,
    tallies,
    submissions,
    edits,
    attachments,
    removal,
    receipts,
    outcomes,
    drafts,
    organizations,
    memberships,
    standings,
    signer,
  };
  return { db, tables, clock, bucket, app, jobs, publishVersion, ...repositories };
};

export type SubmissionWorld = Awaited<ReturnType<typeof submissionWorld>>;
