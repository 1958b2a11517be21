import type { BucketName } from './buckets.ts';
import type { QueueName } from './queues.ts';
import type { IndexName, TableName } from './tables.ts';

// A transaction needs the actions of its parts (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html);
// a batch has an action of its own.
type TableAction =
  | 'ConditionCheckItem'
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem';

// A request that names a version needs the action on versions, and that alone.
type ObjectAction = 'GetObject' | 'GetObjectVersion' | 'PutObject' | 'DeleteObjectVersion';

type BucketAction = 'ListBucket' | 'ListBucketVersions';

type UserPoolAction =
  | 'AdminCreateUser'
  | 'AdminGetUser'
  | 'AdminSetUserPassword'
  | 'AdminDisableUser'
  | 'AdminEnableUser'
  | 'AdminUserGlobalSignOut'
  | 'ListUsers';

// What takes messages from a queue, the mapping, is granted its actions where it is made. A batch needs the action of its parts.
type QueueAction = 'SendMessage' | 'ChangeMessageVisibility';

type KeyAction = 'Sign' | 'GetPublicKey';

/** What a grant is given on. */
export type GrantTarget =
  | { readonly kind: 'table'; readonly table: TableName }
  | { readonly kind: 'index'; readonly table: TableName; readonly index: string }
  | { readonly kind: 'bucket'; readonly bucket: BucketName }
  | { readonly kind: 'objects'; readonly bucket: BucketName; readonly prefix: string }
  | { readonly kind: 'userPool' }
  | { readonly kind: 'queue'; readonly queue: QueueName }
  | { readonly kind: 'mailSettings' }
  | { readonly kind: 'mailPassword' }
  | { readonly kind: 'eventBus' }
  | { readonly kind: 'webhookReach' }
  | { readonly kind: 'malwareScanning' }
  | { readonly kind: 'signingKey' }
  | { readonly kind: 'earlierSigningKeys' };

/** Actions on one target, and the environment variable that names it to the function. */
export interface Grant {
  readonly target: GrantTarget;
  /** As IAM names them. */
  readonly actions: readonly string[];
  readonly variable: string;
}

/** All that a function may touch: nothing else does it learn the name of, nothing else may it call. */
export type Access = readonly Grant[];

type Some<T> = readonly [T, ...T[]];

/** Grants on a table, and on an index of it by `.index(name)`. */
export const table = <const Name extends TableName>(name: Name, variable: string) =>
  Object.assign(
    (...actions: Some<TableAction>): Access => [
      { target: { kind: 'table', table: name }, actions: actions.map((action) => `dynamodb:${action}`), variable },
    ],
    {
      index: (index: IndexName<Name>): Access => [
        { target: { kind: 'index', table: name, index }, actions: ['dynamodb:Query'], variable },
      ],
    },
  );

/** Grants on a bucket's objects below a prefix, and on the bucket itself by `.itself(…)`. */
export const bucket = (name: BucketName, variable: string, prefix: string) =>
  Object.assign(
    (...actions: Some<ObjectAction>): Access => [
      { target: { kind: 'objects', bucket: name, prefix }, actions: actions.map((action) => `s3:${action}`), variable },
    ],
    {
      itself: (...actions: Some<BucketAction>): Access => [
        { target: { kind: 'bucket', bucket: name }, actions: actions.map((action) => `s3:${action}`), variable },
      ],
    },
  );

/** Grants on the stage's user pool: neither right nor name where the stage has a provider of its own. */
export const userPool =
  (variable: string) =>
  (...actions: Some<UserPoolAction>): Access => [
    { target: { kind: 'userPool' }, actions: actions.map((action) => `cognito-idp:${action}`), variable },
  ];

/** Grants on a queue; the variable holds its URL. */
export const queue =
  (name: QueueName, variable: string) =>
  (...actions: Some<QueueAction>): Access => [
    { target: { kind: 'queue', queue: name }, actions: actions.map((action) => `sqs:${action}`), variable },
  ];

/**
 * Sending mail, whichever way the stage has it sent.
 * @param settings holds the stage's `mail` of mail.ts as JSON
 * @param password holds the password of the mail server's user; absent where there is none
 */
export const mail = (settings: string, password: string): Access => [
  { target: { kind: 'mailSettings' }, actions: ['ses:SendEmail'], variable: settings },
  { target: { kind: 'mailPassword' }, actions: [], variable: password },
];

/** Putting events on the stage's bus: neither right nor name where it has none. */
export const eventBus = (variable: string): Access => [
  { target: { kind: 'eventBus' }, actions: ['events:PutEvents'], variable },
];

/** Grants on the key that signs receipts and seals just now. */
export const signingKey =
  (variable: string) =>
  (...actions: Some<KeyAction>): Access => [
    { target: { kind: 'signingKey' }, actions: actions.map((action) => `kms:${action}`), variable },
  ];

/** The right to read the public halves of the keys before it: neither right nor names while there are none. Their ids are joined by commas. */
export const earlierSigningKeys = (variable: string): Access => [
  { target: { kind: 'earlierSigningKeys' }, actions: ['kms:GetPublicKey'], variable },
];

/** No right: whether webhooks may be on the machine of the functions. */
export const webhookReach = (variable: string): Access => [{ target: { kind: 'webhookReach' }, actions: [], variable }];

/** No right: whether, and by what, uploads are scanned for malware. */
export const malwareScanning = (variable: string): Access => [
  { target: { kind: 'malwareScanning' }, actions: [], variable },
];

export const all = (...accesses: readonly Access[]): Access => accesses.flat();
