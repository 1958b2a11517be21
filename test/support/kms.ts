import { KMSClient } from '@aws-sdk/client-kms';
import { type LocalKms, startKms } from '#infra/local/kms/start-kms.ts';
import { ACCOUNT_ID, CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';

/** The id of the key that signs. */
export const SIGNING_KEY = 'SigningKey';

/** The id of the key before it. */
export const EARLIER_KEY = 'EarlierKey';

/** KMS with keys of its own in memory, or kept in a file. */
export const serveKms = (keyIds: readonly string[] = [SIGNING_KEY], keyFile?: string): Promise<LocalKms> =>
  startKms({ port: 0, account: { region: REGION, accountId: ACCOUNT_ID }, keyIds, keyFile });

/** The SDK's client of KMS at an address, with the local machine's credentials. */
export const kmsAt = (endpoint: string): KMSClient =>
  new KMSClient({ endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 });
