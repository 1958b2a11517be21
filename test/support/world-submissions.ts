import { exampleAnswers } from '#infra/local/seed/example-call.ts';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { rulesInForce } from '#shared/data/rules-in-force.ts';
import { submissionChanges } from '#shared/data/submission-changes.ts';
import { submissionDrafts } from '#shared/data/submission-drafts.ts';
import { submissionOutcomes } from '#shared/data/submission-outcomes.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { deadlineInForce } from '#shared/domain/deadline/deadline-in-force.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import { createdEntry, deletedEntry, partnersSavedEntry } from '#shared/domain/history/submission-entries.ts';
import { acceptSubmission } from '#shared/domain/submission/accept-submission.ts';
import type { Partner, Submission } from '#shared/domain/submission/submission.ts';
import { draftHead, withPartners } from '#shared/domain/submission/transitions.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import { pdf, sha256 } from './client.ts';
import { storeObject } from './store-object.ts';
import { attachmentOf, CALLS, receiptOf, SUBMISSIONS } from './world-ids.ts';
import type { Stores } from './world-stores.ts';

/** Whose the submissions of SUBMISSIONS are. */
const DEMO = { unitId: 'changde-huaxue', user: 'demo-secretary' } as const;
const PARTNER = { unitId: 'changde-nongxue', name: '常德市农学会' };
const CATEGORY = '1';

/** How far a submission has come: the file announced, sent, proven; then all submitted. */
const STEPS = ['draft', 'announced', 'sent', 'admitted', 'submitted'] as const;
type Step = (typeof STEPS)[number];

interface Planned {
  readonly submissionId: string;
  readonly callId: string;
  readonly upTo: Step;
  /** Names one: PARTNER as far as nothing else is said. */
  readonly partner?: Partial<Partner>;
}

/** Whose a submission is to be, and by whom it was made. */
export interface Owner {
  readonly unitId: string;
  readonly user: string;
}

const PLAN: readonly Planned[] = [
  { submissionId: SUBMISSIONS.ready, callId: CALLS.open, upTo: 'admitted' },
  { submissionId: SUBMISSIONS.sending, callId: CALLS.open, upTo: 'admitted' },
  { submissionId: SUBMISSIONS.begun, callId: CALLS.open, upTo: 'draft' },
  { submissionId: SUBMISSIONS.unwanted, callId: CALLS.open, upTo: 'draft' },
  { submissionId: SUBMISSIONS.awaiting, callId: CALLS.open, upTo: 'announced' },
  { submissionId: SUBMISSIONS.arriving, callId: CALLS.open, upTo: 'sent' },
  { submissionId: SUBMISSIONS.detaching, callId: CALLS.open, upTo: 'admitted' },
  { submissionId: SUBMISSIONS.inviting, callId: CALLS.open, upTo: 'draft', partner: {} },
  {
    submissionId: SUBMISSIONS.agreed,
    callId: CALLS.open,
    upTo: 'draft',
    partner: { consentedAt: '2022-03-20T08:30:00.000Z' },
  },
  { submissionId: SUBMISSIONS.deleted, callId: CALLS.open, upTo: 'admitted' },
  { submissionId: SUBMISSIONS.submitted, callId: CALLS.open, upTo: 'submitted' },
  { submissionId: SUBMISSIONS.withdrawing, callId: CALLS.open, upTo: 'submitted' },
  { submissionId: SUBMISSIONS.past, callId: CALLS.past, upTo: 'submitted' },
  { submissionId: SUBMISSIONS.sealed, callId: CALLS.sealed, upTo: 'submitted' },
  { submissionId: SUBMISSIONS.left, callId: CALLS.past, upTo: 'draft' },
];

const repositoriesOf = ({ db, tables }: Stores) => ({
  calls: callsRepository(db, tables.calls),
  organizations: organizationsRepository(db, tables.organizations),
  submissions: submissionsRepository(db, tables.submissions),
  drafts: submissionDrafts(db, tables),
  attachments: attachmentsRepository(db, tables.submissions),
  edits: submissionChanges(db, tables),
  outcomes: submissionOutcomes(db, tables),
});
type Repositories = ReturnType<typeof repositoriesOf>;

const loaded = async ({ submissions }: Repositories, submissionId: string): Promise<Submission> => {
  const submission = await submissions.load(submissionId);
  if (submission === undefined) throw new Error(`${submissionId} is not there.`);
  return submission;
};

const callAndRules = async ({ calls }: Repositories, callId: string) => {
  const call = await calls.head(callId);
  if (call === undefined) throw new Error(`The world has no call ${callId}.`);
  return { call, rules: await rulesInForce(calls, call, CATEGORY) };
};

const addDraft = async (
  repositories: Repositories,
  { submissionId, callId, unitId, user }: Planned & Owner,
  now: number,
) => {
  const { call, rules } = await callAndRules(repositories, callId);
  const { answers } = checkShape(rules.form, rules.place.category.fixed, exampleAnswers('party-building'));
  const head = draftHead({
    ...{ submissionId, callId, organiser: call.organiser, category: CATEGORY, callVersion: rules.version },
    ...{ unitId, answered: Object.keys(answers).length, createdAt: toInstant(now) },
  });
  await repositories.drafts.createDraft(head, answers, createdEntry(head, user));
};

const announce = async (
  repositories: Repositories,
  { submissionId, user }: Planned & Owner,
  bytes: Uint8Array,
  now: number,
) => {
  await repositories.attachments.declareAttachment(
    (await loaded(repositories, submissionId)).head,
    {
      attachmentId: attachmentOf(submissionId),
      material: 'applicationForm',
      filename: '学会党的建设项目申报书.pdf',
      contentType: 'application/pdf',
      size: bytes.length,
      sha256: sha256(bytes),
      state: 'expected',
      createdAt: toInstant(now),
    },
    { by: user, now },
  );
};

const name = async (
  repositories: Repositories,
  { submissionId, user }: Planned & Owner,
  partner: Partner,
  now: number,
) => {
  const submission = await loaded(repositories, submissionId);
  const next = withPartners(submission.head, [partner], toInstant(now));
  const entry = partnersSavedEntry(next, [partner], user);
  await repositories.edits.savePartnersAtRevision(next, submission, [partner], entry);
};

const submit = async (
  repositories: Repositories,
  { submissionId, callId, unitId, user }: Planned & Owner,
  now: number,
) => {
  const submission = await loaded(repositories, submissionId);
  const unit = await repositories.organizations.find(unitId);
  const partners = await repositories.organizations.findAll(submission.partners.map((partner) => partner.unitId));
  if (unit === undefined) throw new Error(`${submissionId} cannot be submitted.`);
  const { call, rules } = await callAndRules(repositories, callId);
  const accepted = acceptSubmission({
    ...{ submission, call, deadline: deadlineInForce(call, []), rules, unit, partners },
    ...{ receivedAt: now, receiptNo: receiptOf(submissionId) },
  });
  await repositories.outcomes.submitWithinLimits({ ...accepted, by: user });
};

const admit = async ({ attachments }: Repositories, submissionId: string, versionId: string, now: number) => {
  if (!(await attachments.admitAttachment(submissionId, attachmentOf(submissionId), versionId, now)))
    throw new Error(`${submissionId} has no file.`);
};

/** Brings one submission to where it is to be. `now` in ms. */
export const addSubmission = async (stores: Stores, planned: Planned & Owner, now: number): Promise<void> => {
  const repositories = repositoriesOf(stores);
  const { submissionId, upTo, partner } = planned;
  const comesTo = (step: Step): boolean => STEPS.indexOf(step) <= STEPS.indexOf(upTo);
  const bytes = pdf(submissionId);
  const attachmentId = attachmentOf(submissionId);
  await addDraft(repositories, planned, now);
  if (partner !== undefined) await name(repositories, planned, { ...PARTNER, ...partner }, now);
  if (comesTo('announced')) await announce(repositories, planned, bytes, now);
  if (!comesTo('sent')) return;
  const target = {
    bucket: stores.buckets.attachments,
    key: attachmentObjectKey(submissionId, attachmentId),
    contentType: 'application/pdf',
  };
  const versionId = await storeObject(stores, target, bytes);
  if (comesTo('admitted')) await admit(repositories, submissionId, versionId, now);
  if (comesTo('submitted')) await submit(repositories, planned, now);
};

/** Brings the submissions of SUBMISSIONS to where events/ found them. `now` in ms. */
export const addSubmissions = async (stores: Stores, now: number): Promise<void> => {
  for (const planned of PLAN) await addSubmission(stores, { ...planned, ...DEMO }, now);
  const repositories = repositoriesOf(stores);
  const deleted = await loaded(repositories, SUBMISSIONS.deleted);
  await repositories.drafts.deleteDraft(deleted, now, deletedEntry(deleted.head, toInstant(now), DEMO.user));
};
