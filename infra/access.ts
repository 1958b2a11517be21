import type { FunctionId } from './functions.ts';
import { type Access, all, bucket, table } from './grants.ts';

const calls = table('calls', 'CALLS_TABLE');
const submissions = table('submissions', 'SUBMISSIONS_TABLE');
const tallies = table('tallies', 'TALLIES_TABLE');
const receipts = table('receipts', 'RECEIPTS_TABLE');
const organizations = table('organizations', 'ORGANIZATIONS_TABLE');
const memberships = table('memberships', 'MEMBERSHIPS_TABLE');
const idempotency = table('idempotency', 'IDEMPOTENCY_TABLE');
const attachments = bucket('attachments', 'ATTACHMENTS_BUCKET', 'attachments/');
const annexes = bucket('annexes', 'ANNEXES_BUCKET', 'annexes/');

const none: Access = [];

/** Function → exactly what it may touch. A grant gives the right and the name together; a forgotten line does not compile. */
export const ACCESS = {
  listCalls: all(calls('GetItem', 'BatchGetItem'), calls.index('published')),
  getCall: calls('GetItem'),
  getCallVersion: all(calls('GetItem'), memberships('GetItem')),
  getForm: calls('GetItem'),
  // ListBucket: without it S3 answers 403 for an annex that is not there, which could be anything.
  saveCall: all(
    calls('GetItem', 'PutItem', 'UpdateItem'),
    memberships('GetItem'),
    organizations('GetItem'),
    annexes('GetObject'),
    annexes.itself('ListBucket'),
  ),
  publishCall: all(
    calls('GetItem', 'UpdateItem'),
    memberships('GetItem'),
    annexes('GetObject'),
    annexes.itself('ListBucket'),
  ),
  unpublishCall: all(calls('GetItem', 'UpdateItem'), memberships('GetItem'), tallies('Query')),
  createAnnexUpload: all(calls('GetItem'), memberships('GetItem'), annexes('PutObject')),
  getAnnex: all(calls('GetItem'), annexes('GetObject')),

  createSubmission: all(
    calls('GetItem'),
    memberships('GetItem', 'Query'),
    organizations('GetItem'),
    submissions('GetItem', 'PutItem', 'DeleteItem'),
    tallies('UpdateItem'),
    idempotency('GetItem', 'PutItem'),
  ),
  listSubmissions: all(memberships('Query'), submissions('BatchGetItem'), submissions.index('byUnit')),
  getSubmission: all(calls('GetItem'), memberships('GetItem'), submissions('GetItem', 'Query')),
  deleteSubmission: all(
    memberships('GetItem'),
    submissions('Query', 'UpdateItem', 'DeleteItem'),
    tallies('UpdateItem'),
    attachments('DeleteObjectVersion'),
    attachments.itself('ListBucketVersions'),
  ),
  saveAnswers: all(calls('GetItem'), memberships('GetItem'), submissions('Query', 'PutItem', 'UpdateItem')),
  validateSubmission: all(calls('GetItem'), memberships('GetItem'), organizations('GetItem'), submissions('Query')),
  submitSubmission: all(
    calls('GetItem', 'BatchGetItem'),
    memberships('GetItem', 'BatchGetItem'),
    organizations('GetItem', 'BatchGetItem'),
    submissions('GetItem', 'Query', 'UpdateItem'),
    tallies('GetItem', 'UpdateItem'),
    receipts('GetItem', 'PutItem'),
    attachments('GetObject', 'GetObjectVersion'),
    attachments.itself('ListBucket'),
  ),
  withdrawSubmission: all(
    calls('GetItem'),
    memberships('GetItem'),
    submissions('Query', 'PutItem', 'UpdateItem'),
    tallies('UpdateItem'),
    receipts('UpdateItem'),
  ),
  getSubmissionReceipt: all(memberships('GetItem'), submissions('GetItem'), receipts('GetItem')),
  listCallSubmissions: all(calls('GetItem'), memberships('GetItem'), tallies('Query'), submissions('BatchGetItem')),

  createAttachment: all(
    calls('GetItem'),
    memberships('GetItem'),
    submissions('Query', 'PutItem', 'UpdateItem'),
    idempotency('GetItem', 'PutItem'),
    attachments('PutObject'),
  ),
  renewAttachmentUpload: all(
    calls('GetItem'),
    memberships('GetItem'),
    submissions('Query', 'UpdateItem'),
    attachments('PutObject'),
  ),
  getAttachment: all(
    calls('GetItem'),
    memberships('GetItem'),
    submissions('Query'),
    attachments('GetObject', 'GetObjectVersion'),
  ),
  deleteAttachment: all(
    calls('GetItem'),
    memberships('GetItem'),
    submissions('Query', 'UpdateItem', 'DeleteItem'),
    attachments('DeleteObjectVersion'),
    attachments.itself('ListBucketVersions'),
  ),

  checkReceipt: receipts('GetItem'),
  getAccount: all(memberships('Query'), organizations('BatchGetItem')),

  advanceCalls: all(calls('GetItem', 'UpdateItem'), calls.index('due'), tallies('Query')),
  admitAttachment: all(
    calls('GetItem'),
    submissions('GetItem', 'Query', 'UpdateItem'),
    attachments('GetObject', 'GetObjectVersion', 'DeleteObjectVersion'),
    attachments.itself('ListBucket'),
  ),
  collectUploads: all(
    submissions('GetItem', 'UpdateItem', 'DeleteItem'),
    submissions.index('collectable'),
    attachments('DeleteObjectVersion'),
    attachments.itself('ListBucketVersions'),
  ),

  site: none,
} as const satisfies Record<FunctionId, Access>;
