import type { FunctionId } from './functions.ts';
import {
  type Access,
  all,
  bucket,
  earlierSigningKeys,
  eventBus,
  mail,
  malwareScanning,
  queue,
  signingKey,
  table,
  userPool,
  webhookReach,
} from './grants.ts';

const calls = table('calls', 'CALLS_TABLE');
const submissions = table('submissions', 'SUBMISSIONS_TABLE');
const tallies = table('tallies', 'TALLIES_TABLE');
const receipts = table('receipts', 'RECEIPTS_TABLE');
const history = table('history', 'HISTORY_TABLE');
const organizations = table('organizations', 'ORGANIZATIONS_TABLE');
const memberships = table('memberships', 'MEMBERSHIPS_TABLE');
const webhooks = table('webhooks', 'WEBHOOKS_TABLE');
const deliveries = table('deliveries', 'DELIVERIES_TABLE');
const idempotency = table('idempotency', 'IDEMPOTENCY_TABLE');
const attachments = bucket('attachments', 'ATTACHMENTS_BUCKET', 'submissions/');
const sealed = bucket('seals', 'SEALS_BUCKET', 'calls/');
const sealWork = bucket('seals', 'SEALS_BUCKET', 'working/');
const annexes = bucket('annexes', 'ANNEXES_BUCKET', 'annexes/');
const exports = table('exports', 'EXPORTS_TABLE');
const exportFiles = bucket('exports', 'EXPORTS_BUCKET', 'exports/');
const messages = queue('messages', 'MESSAGES_QUEUE');

const accounts = userPool('USER_POOL_ID');
const signing = signingKey('SIGNING_KEY');

const none: Access = [];

/** Who the actor is, what the call and the unit are just now: one batch across three tables. */
const situation = all(calls('BatchGetItem'), memberships('BatchGetItem'), organizations('BatchGetItem'));

/** What decides on a change by a unit's own applicant: call, deadlines and one membership. */
const applicant = all(calls('BatchGetItem'), memberships('BatchGetItem'));

/** Moving a deadline of a call: whether category and unit are known, all deadlines, head, scope and history in one transaction. */
const movingDeadlines = all(
  calls('GetItem', 'Query', 'PutItem', 'UpdateItem'),
  history('PutItem'),
  memberships('GetItem'),
  organizations('GetItem'),
  tallies('BatchGetItem'),
);

/** Which organisers the actor is an officer of, and an organisation that one of them may keep. */
const keeping = all(memberships('Query'), organizations('GetItem', 'BatchGetItem'));

// Without ListBucket S3 answers 403 for an object that is not there, which could mean anything.
const provenFiles = all(attachments('GetObject', 'GetObjectVersion'), attachments.itself('ListBucket'));

/** Function → exactly what it may touch. A grant gives the right and the name together; a forgotten line does not compile. */
export const ACCESS = {
  listCalls: all(calls('GetItem', 'BatchGetItem'), calls.index('published')),
  getCall: calls('GetItem'),
  getCallVersion: all(calls('GetItem'), memberships('GetItem')),
  getForm: calls('GetItem'),
  getEligibility: all(
    calls('GetItem', 'BatchGetItem', 'Query'),
    memberships('Query'),
    organizations('GetItem'),
    tallies('GetItem'),
  ),
  getTimeline: all(
    calls('GetItem', 'BatchGetItem', 'Query'),
    history('Query'),
    memberships('Query', 'BatchGetItem'),
    organizations('BatchGetItem'),
  ),
  getProgress: all(
    calls('GetItem', 'Query'),
    memberships('GetItem'),
    organizations('BatchGetItem'),
    organizations.index('byManager'),
    submissions('BatchGetItem'),
    tallies('Query', 'BatchGetItem'),
  ),
  saveCall: all(calls('GetItem', 'PutItem', 'BatchWriteItem'), history('PutItem'), memberships('Query')),
  publishCall: all(
    calls('GetItem', 'PutItem'),
    history('PutItem'),
    memberships('GetItem'),
    tallies('Query'),
    submissions('BatchGetItem'),
    annexes('GetObject'),
    annexes.itself('ListBucket'),
  ),
  unpublishCall: all(calls('GetItem', 'PutItem'), history('PutItem'), memberships('GetItem'), tallies('Query')),
  createAnnexUpload: all(calls('GetItem'), memberships('GetItem'), annexes('PutObject')),
  getAnnex: all(calls('GetItem'), annexes('GetObject')),
  getRetention: all(
    calls('GetItem'),
    memberships('GetItem'),
    tallies('Query'),
    submissions('BatchGetItem'),
    submissions.index('late'),
  ),
  getCallHistory: all(calls('GetItem'), memberships('GetItem', 'BatchGetItem'), history('Query')),

  extendCall: all(movingDeadlines, idempotency('GetItem', 'PutItem')),
  listExtensions: all(calls('GetItem', 'Query'), memberships('GetItem'), organizations('BatchGetItem')),
  closeCall: all(movingDeadlines, organizations('BatchGetItem')),
  listLateAttempts: all(
    calls('GetItem'),
    memberships('GetItem'),
    organizations('BatchGetItem'),
    submissions('BatchGetItem'),
    submissions.index('late'),
  ),

  createSubmission: all(
    calls('GetItem', 'BatchGetItem'),
    memberships('Query'),
    organizations('GetItem'),
    submissions('Query', 'PutItem', 'DeleteItem'),
    history('PutItem'),
    tallies('UpdateItem'),
    idempotency('GetItem', 'PutItem', 'DeleteItem'),
  ),
  listSubmissions: all(memberships('Query'), submissions('BatchGetItem'), submissions.index('byUnit')),
  getSubmission: all(situation, calls('GetItem'), submissions('Query')),
  deleteSubmission: all(
    memberships('BatchGetItem'),
    submissions('Query', 'UpdateItem', 'DeleteItem'),
    history('PutItem'),
    tallies('UpdateItem'),
  ),
  saveAnswers: all(applicant, calls('GetItem'), submissions('Query', 'PutItem'), history('PutItem')),
  savePartners: all(
    applicant,
    organizations('BatchGetItem'),
    calls('GetItem'),
    submissions('Query', 'PutItem', 'DeleteItem'),
    history('PutItem'),
  ),
  consentToSubmission: all(situation, submissions('Query', 'PutItem'), history('PutItem')),
  takeBackConsent: all(situation, submissions('Query', 'PutItem'), history('PutItem')),
  validateSubmission: all(situation, calls('GetItem'), submissions('Query'), tallies('GetItem'), provenFiles),
  submitSubmission: all(
    situation,
    calls('GetItem'),
    submissions('Query', 'PutItem', 'UpdateItem'),
    tallies('UpdateItem'),
    receipts('GetItem', 'PutItem'),
    history('PutItem'),
    provenFiles,
  ),
  withdrawSubmission: all(
    applicant,
    submissions('Query', 'PutItem'),
    tallies('UpdateItem'),
    receipts('UpdateItem'),
    history('PutItem'),
  ),
  getSubmissionReceipt: all(
    calls('GetItem'),
    memberships('BatchGetItem'),
    organizations('BatchGetItem'),
    submissions('Query'),
    receipts('GetItem', 'UpdateItem'),
    signing('Sign', 'GetPublicKey'),
  ),
  getSubmissionHistory: all(submissions('Query'), memberships('BatchGetItem'), history('Query')),
  listCallSubmissions: all(calls('GetItem'), memberships('GetItem'), tallies('Query'), submissions('BatchGetItem')),

  createAttachment: all(
    applicant,
    calls('GetItem'),
    submissions('GetItem', 'Query', 'PutItem', 'UpdateItem'),
    idempotency('GetItem', 'PutItem'),
    attachments('PutObject'),
    malwareScanning('MALWARE_SCANNING'),
  ),
  renewAttachmentUpload: all(applicant, submissions('Query', 'UpdateItem'), attachments('PutObject')),
  getAttachment: all(memberships('BatchGetItem'), submissions('Query'), attachments('GetObjectVersion')),
  deleteAttachment: all(memberships('BatchGetItem'), submissions('GetItem', 'UpdateItem'), history('PutItem')),

  checkReceipt: all(receipts('GetItem'), calls('Query'), sealed('GetObject')),
  listSigningKeys: all(signing('GetPublicKey'), earlierSigningKeys('EARLIER_SIGNING_KEYS')),

  listSeals: calls('GetItem', 'Query'),
  getSeal: all(calls('GetItem'), sealed('GetObject')),
  getSealRoster: all(calls('GetItem'), memberships('GetItem'), sealed('GetObject')),
  createExport: all(
    calls('GetItem'),
    memberships('GetItem'),
    exports('GetItem', 'PutItem'),
    idempotency('GetItem', 'PutItem'),
  ),
  getExport: all(memberships('GetItem'), exports('GetItem', 'BatchGetItem'), exportFiles('GetObject')),

  getAccount: all(memberships('Query'), organizations('BatchGetItem')),

  listOrganizations: all(memberships('Query'), organizations('BatchGetItem'), organizations.index('byManager')),
  importOrganizations: all(memberships('Query'), organizations('BatchGetItem', 'UpdateItem')),
  getOrganization: keeping,
  saveOrganization: all(keeping, organizations('PutItem')),
  listMembers: all(keeping, memberships('BatchGetItem'), memberships.index('byOrganization')),
  saveMember: all(keeping, memberships('PutItem', 'DeleteItem')),
  removeMember: all(keeping, memberships('DeleteItem')),
  createAccount: all(
    keeping,
    memberships('PutItem', 'DeleteItem'),
    accounts('AdminCreateUser', 'AdminGetUser', 'AdminSetUserPassword', 'AdminUserGlobalSignOut'),
  ),
  listAccounts: all(keeping, memberships('BatchGetItem'), memberships.index('byOrganization'), accounts('ListUsers')),
  resetAccount: all(keeping, accounts('AdminGetUser', 'AdminSetUserPassword', 'AdminUserGlobalSignOut')),
  disableAccount: all(keeping, accounts('AdminGetUser', 'AdminUserGlobalSignOut', 'AdminDisableUser')),
  enableAccount: all(keeping, accounts('AdminGetUser', 'AdminEnableUser')),

  advanceCalls: all(
    calls('GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'),
    calls.index('due'),
    history('PutItem'),
    tallies('Query'),
  ),
  sealCalls: all(
    calls('GetItem', 'Query', 'PutItem', 'UpdateItem'),
    calls.index('due'),
    history('PutItem'),
    tallies('Query'),
    submissions('BatchGetItem'),
    receipts('BatchGetItem'),
    sealed('GetObject', 'PutObject'),
    sealWork('GetObject', 'PutObject'),
    // A manifest that has no signature yet is a 404, and not a 403.
    sealed.itself('ListBucket'),
    signing('Sign', 'GetPublicKey'),
  ),
  admitAttachment: all(
    calls('BatchGetItem'),
    submissions('GetItem', 'UpdateItem'),
    attachments('GetObjectVersion', 'DeleteObjectVersion'),
    attachments.itself('ListBucket'),
  ),
  recordScan: all(
    calls('BatchGetItem'),
    submissions('GetItem', 'UpdateItem'),
    history('PutItem'),
    attachments('GetObjectVersion'),
    attachments.itself('ListBucket'),
  ),
  applyRetention: all(
    calls('GetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
    calls.index('due'),
    tallies('Query', 'UpdateItem'),
    submissions('Query', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    submissions.index('late'),
    receipts('GetItem', 'UpdateItem'),
    history('Query', 'PutItem'),
    attachments('DeleteObjectVersion'),
    attachments.itself('ListBucketVersions'),
  ),
  collectUploads: all(
    calls('BatchGetItem'),
    submissions('GetItem', 'Query', 'UpdateItem', 'DeleteItem'),
    history('PutItem'),
    submissions.index('collectable'),
    provenFiles,
    attachments('DeleteObjectVersion'),
    attachments.itself('ListBucketVersions'),
  ),

  listWebhooks: all(memberships('GetItem'), webhooks('Query')),
  saveWebhook: all(memberships('GetItem'), webhooks('Query', 'PutItem'), webhookReach('WEBHOOK_REACH')),
  deleteWebhook: all(memberships('GetItem'), webhooks('DeleteItem')),
  testWebhook: all(memberships('GetItem'), webhooks('GetItem'), messages('SendMessage')),
  renewWebhookSecret: all(memberships('GetItem'), webhooks('GetItem', 'PutItem')),

  publishEvents: all(
    calls('GetItem'),
    submissions('GetItem'),
    webhooks('Query'),
    messages('SendMessage'),
    eventBus('EVENT_BUS'),
  ),
  deliverMessages: all(
    calls('GetItem', 'BatchGetItem'),
    submissions('Query', 'BatchGetItem'),
    tallies('Query', 'BatchGetItem'),
    organizations('BatchGetItem'),
    organizations.index('byManager'),
    memberships('GetItem', 'BatchGetItem'),
    memberships.index('byOrganization'),
    webhooks('GetItem', 'UpdateItem'),
    deliveries('PutItem', 'UpdateItem'),
    messages('SendMessage', 'ChangeMessageVisibility'),
    mail('MAIL_SETTINGS', 'MAIL_PASSWORD'),
    webhookReach('WEBHOOK_REACH'),
  ),
  runExport: all(
    calls('GetItem', 'Query'),
    tallies('Query'),
    submissions('BatchGetItem', 'Query'),
    organizations('BatchGetItem'),
    receipts('BatchGetItem'),
    exports('GetItem', 'PutItem', 'UpdateItem', 'BatchWriteItem'),
    attachments('GetObjectVersion'),
    sealed('GetObject'),
    exportFiles('GetObject', 'PutObject'),
  ),

  site: none,
} as const satisfies Record<FunctionId, Access>;
