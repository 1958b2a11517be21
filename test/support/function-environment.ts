import { ACCESS } from '#infra/access.ts';
import type { Access, GrantTarget } from '#infra/grants.ts';
import { queueUrl } from '#infra/local/sqs/queue-url.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { findStage } from '#infra/stage.ts';
import type { Stores } from './world-stores.ts';

const { mail, malwareScanning, webhooks } = findStage('local');

/** What the stage local says to functions, by kind of target: no mail is sent, unless a test serves SES. */
export const LOCAL_SETTINGS: Readonly<Partial<Record<GrantTarget['kind'], string>>> = {
  mailSettings: JSON.stringify(mail),
  malwareScanning,
  webhookReach: webhooks,
};

/** What the function calls it; a queue's own name, of which its URL is made. Undefined for what the stage local does not have. */
export const nameOf = (
  target: GrantTarget,
  { tables, buckets, userPool, queues, signingKeys }: Stores,
): string | undefined => {
  switch (target.kind) {
    case 'table':
    case 'index':
      return tables[target.table];
    case 'bucket':
    case 'objects':
      return buckets[target.bucket];
    case 'userPool':
      return userPool.id;
    case 'queue':
      return queues[target.queue];
    case 'mailSettings':
    case 'malwareScanning':
    case 'webhookReach':
      return LOCAL_SETTINGS[target.kind];
    case 'mailPassword':
    case 'eventBus':
      return undefined;
    case 'signingKey':
      return signingKeys.current;
    case 'earlierSigningKeys':
      return signingKeys.earlier;
  }
};

/** Where functions find the services. */
export interface ServiceUrls {
  readonly dynamoDb: string;
  readonly s3: string;
  readonly sqs: string;
  readonly cognito: string;
  readonly kms: string;
  readonly ses?: string | undefined;
}

/** Where the stores themselves are, with nothing between. */
export const urlsOf = (stores: Stores, dynamoDb: string): ServiceUrls => ({
  dynamoDb,
  s3: stores.s3Url,
  sqs: stores.sqs.url,
  cognito: stores.cognitoUrl,
  kms: stores.kmsUrl,
});

/** What Lambda gives a function with this access; undefined for what the stage local does not have. */
export const environmentOf = (
  access: Access,
  stores: Stores,
  urls: ServiceUrls,
): Record<string, string | undefined> => {
  const valueFor = (target: GrantTarget): string | undefined => {
    const name = nameOf(target, stores);
    // The SDK goes by a queue's URL, so that leads where the queue's service is to be found.
    return target.kind === 'queue' && name !== undefined ? queueUrl(urls.sqs, name) : name;
  };
  return {
    ...Object.fromEntries(access.map(({ variable, target }) => [variable, valueFor(target)])),
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: urls.dynamoDb,
    AWS_ENDPOINT_URL_S3: urls.s3,
    AWS_ENDPOINT_URL_SQS: urls.sqs,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: urls.cognito,
    AWS_ENDPOINT_URL_KMS: urls.kms,
    AWS_ENDPOINT_URL_SESV2: urls.ses,
  };
};

/** What all functions are given, together. */
export const ALL_ACCESS: Access = Object.values(ACCESS).flatMap((access: Access) => access);
