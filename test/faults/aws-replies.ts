/** A reply over HTTP as the SDK's handler gives it. */
export interface HttpReply {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** Where the SDK's documentation of TransactionCanceledException has them: each code with its message. */
const REASONS = {
  TransactionConflict: 'Transaction is ongoing for the item',
  ThrottlingError:
    'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html.',
  ProvisionedThroughputExceeded:
    'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
} as const;
export type PassingReason = keyof typeof REASONS;

const DYNAMODB = 'com.amazonaws.dynamodb.v20120810';

const json = (statusCode: number, body: Readonly<Record<string, unknown>>): HttpReply => ({
  statusCode,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'INJECTED' },
  body: new Uint8Array(Buffer.from(JSON.stringify(body))),
});

/** A transaction cancelled for what one of its `count` writes met, the one at `position`. */
export const transactionCanceled = (count: number, position: number, code: PassingReason): HttpReply => {
  const codes = Array.from({ length: count }, (_, place) => (place === position ? code : 'None'));
  return json(400, {
    __type: `${DYNAMODB}#TransactionCanceledException`,
    CancellationReasons: codes.map((Code) => (Code === 'None' ? { Code } : { Code, Message: REASONS[Code] })),
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
  });
};

/** A single write of an item that a transaction is at. */
export const transactionConflict = (): HttpReply =>
  json(400, { __type: `${DYNAMODB}#TransactionConflictException`, message: REASONS.TransactionConflict });

/** A transaction sent again while the first one of the same token is under way. */
export const transactionInProgress = (): HttpReply =>
  json(400, {
    __type: `${DYNAMODB}#TransactionInProgressException`,
    Message: 'The transaction with the given request token is already in progress.',
  });

export const throughputExceeded = (): HttpReply =>
  json(400, {
    __type: `${DYNAMODB}#ProvisionedThroughputExceededException`,
    message: REASONS.ProvisionedThroughputExceeded,
  });

export const throttled = (): HttpReply =>
  json(400, { __type: 'com.amazon.coral.availability#ThrottlingException', message: REASONS.ThrottlingError });

/** Of which nobody knows whether the request was carried out. */
export const internalError = (): HttpReply =>
  json(500, { __type: `${DYNAMODB}#InternalServerError`, message: 'Internal server error' });

/** A batch of which nothing was read: `requested` is its RequestItems. */
export const nothingProcessed = (requested: unknown): HttpReply =>
  json(200, { Responses: {}, UnprocessedKeys: requested });

const xml = (statusCode: number, code: string, message: string): HttpReply => ({
  statusCode,
  headers: { 'content-type': 'application/xml' },
  body: new Uint8Array(
    Buffer.from(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`),
  ),
});

/** S3 under load, and S3 at fault. */
export const slowDown = (): HttpReply => xml(503, 'SlowDown', 'Please reduce your request rate.');
export const objectError = (): HttpReply =>
  xml(500, 'InternalError', 'We encountered an internal error. Please try again.');

/** What Node says of a connection that broke. */
export const connectionReset = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

/** What the SDK's handler says of a request that hung. */
export const timedOut = (): Error =>
  Object.assign(new Error('Connection timed out after 3000 ms'), { name: 'TimeoutError' });
