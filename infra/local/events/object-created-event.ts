import { randomBytes, randomUUID } from 'node:crypto';
import type { ObjectCreated } from '../s3/start-s3.ts';
import type { LocalAccount } from '../template/physical-names.ts';

/**
 * What EventBridge makes of a new object.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export const objectCreatedEvent = (created: ObjectCreated, { region, accountId }: LocalAccount) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: accountId,
  // To the second, as EventBridge has it.
  time: created.eventTime.replace(/\.\d{3}Z$/, 'Z'),
  region,
  resources: [`arn:aws:s3:::${created.bucket}`],
  detail: {
    version: '0',
    bucket: { name: created.bucket },
    object: {
      key: created.key,
      size: created.size,
      etag: created.eTag,
      ...(created.versionId === undefined ? {} : { 'version-id': created.versionId }),
      sequencer: created.sequencer,
    },
    'request-id': randomBytes(8).toString('hex').toUpperCase(),
    requester: accountId,
    'source-ip-address': '127.0.0.1',
    reason: created.reason,
  },
});
