import * as z from 'zod';
import type { Demand, Protocol, ServiceRequest } from './guarded-service.ts';

const OnTable = z.object({ TableName: z.string(), IndexName: z.string().optional() });
const Batch = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const Transaction = z.object({ TransactItems: z.array(z.record(z.string(), OnTable)) });

const ACTION_OF_PART: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

const dynamoDbDemands = ({ headers, body }: ServiceRequest): Demand[] => {
  const command = String(headers['x-amz-target']).replace(/^.*\./, '');
  const input: unknown = JSON.parse(body.toString());
  if (command.startsWith('Batch')) {
    const { RequestItems } = Batch.parse(input);
    return Object.keys(RequestItems).map((resource) => ({ action: `dynamodb:${command}`, resource }));
  }
  // A transaction needs the rights to its parts: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
  if (command.startsWith('Transact')) {
    const { TransactItems } = Transaction.parse(input);
    return TransactItems.flatMap((item) =>
      Object.entries(item).map(([part, { TableName }]) => ({
        action: `dynamodb:${ACTION_OF_PART[part] ?? part}`,
        resource: TableName,
      })),
    );
  }
  const { TableName, IndexName } = OnTable.parse(input);
  const resource = IndexName === undefined ? TableName : `${TableName}/index/${IndexName}`;
  return [{ action: `dynamodb:${command}`, resource }];
};

export const DYNAMODB: Protocol = {
  demandsOf: dynamoDbDemands,
  demandToLearnOfAbsence: () => undefined,
  refusal: ({ action, resource }) => ({
    status: 400,
    contentType: 'application/x-amz-json-1.0',
    body: JSON.stringify({
      __type: 'com.amazon.coral.service#AccessDeniedException',
      Message: `Not authorized to perform ${action} on ${resource}`,
    }),
  }),
};

const OnPool = z.object({ UserPoolId: z.string() });

export const COGNITO: Protocol = {
  demandsOf: ({ headers, body }) => {
    const action = `cognito-idp:${String(headers['x-amz-target']).replace(/^.*\./, '')}`;
    return [{ action, resource: OnPool.parse(JSON.parse(body.toString())).UserPoolId }];
  },
  demandToLearnOfAbsence: () => undefined,
  refusal: ({ action, resource }) => ({
    status: 400,
    contentType: 'application/x-amz-json-1.1',
    body: JSON.stringify({
      __type: 'AccessDeniedException',
      Message: `Not authorized to perform ${action} on ${resource}`,
    }),
  }),
};

const OnQueue = z.object({ QueueUrl: z.string().transform((url) => url.slice(url.lastIndexOf('/') + 1)) });

export const SQS: Protocol = {
  // A batch needs the action of its parts: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
  demandsOf: ({ headers, body }) => {
    const action = String(headers['x-amz-target']).replace(/^.*\.|Batch$/g, '');
    return [{ action: `sqs:${action}`, resource: OnQueue.parse(JSON.parse(body.toString())).QueueUrl }];
  },
  demandToLearnOfAbsence: () => undefined,
  refusal: ({ action, resource }) => ({
    status: 403,
    contentType: 'application/x-amz-json-1.0',
    body: JSON.stringify({
      __type: 'com.amazonaws.sqs#AccessDeniedException',
      message: `Not authorized to perform ${action} on ${resource}`,
    }),
  }),
};

const OnKey = z.object({ KeyId: z.string() });

export const KMS: Protocol = {
  demandsOf: ({ headers, body }) => {
    const action = `kms:${String(headers['x-amz-target']).replace(/^.*\./, '')}`;
    return [{ action, resource: OnKey.parse(JSON.parse(body.toString())).KeyId }];
  },
  demandToLearnOfAbsence: () => undefined,
  refusal: ({ action, resource }) => ({
    status: 400,
    contentType: 'application/x-amz-json-1.1',
    body: JSON.stringify({
      __type: 'AccessDeniedException',
      message: `Not authorized to perform ${action} on ${resource}`,
    }),
  }),
};

const s3Target = ({ target }: ServiceRequest): { bucket: string; key: string; query: URLSearchParams } => {
  const { pathname, searchParams } = new URL(target, 'http://s3');
  const [, bucket = '', ...key] = pathname.split('/');
  return { bucket, key: key.map(decodeURIComponent).join('/'), query: searchParams };
};

/** The key that a form names: a POST goes to the bucket. */
const formKey = ({ body }: ServiceRequest): string =>
  /name="key"\r\n\r\n([^\r]*)/.exec(body.toString('latin1'))?.[1] ?? '';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const s3Demands = (request: ServiceRequest): Demand[] => {
  const { bucket, key, query } = s3Target(request);
  if (request.method === 'POST') return [{ action: 's3:PutObject', resource: `${bucket}/${formKey(request)}` }];
  if (key === '')
    return [{ action: query.has('versions') ? 's3:ListBucketVersions' : 's3:ListBucket', resource: bucket }];
  const verb = { GET: 'Get', HEAD: 'Get', PUT: 'Put', DELETE: 'Delete' }[request.method] ?? request.method;
  const action = `s3:${verb}Object${query.has('versionId') ? 'Version' : ''}`;
  return [{ action, resource: `${bucket}/${key}` }];
};

export const S3: Protocol = {
  demandsOf: s3Demands,
  demandToLearnOfAbsence: (request) => ({ action: 's3:ListBucket', resource: s3Target(request).bucket }),
  refusal: () => ({
    status: 403,
    contentType: 'application/xml',
    body: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
  }),
};
