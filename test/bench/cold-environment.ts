import { ACCESS } from '#infra/access.ts';
import type { Access } from '#infra/grants.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { findStage } from '#infra/stage.ts';

const variables = Object.values(ACCESS).flatMap((access: Access) => access);

const valueFor = ({ target }: Access[number]): string => {
  switch (target.kind) {
    case 'mailSettings':
      return JSON.stringify(findStage('local').mail);
    case 'malwareScanning':
      return findStage('local').malwareScanning;
    case 'webhookReach':
      return findStage('local').webhooks;
    default:
      return 'name';
  }
};

/** What Lambda gives a function, all functions' variables together; names lead nowhere, since an import asks nobody. */
export const coldEnvironment = (): Record<string, string> => ({
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  POWERTOOLS_SERVICE_NAME: 'shenbao',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  ACCESS_TOKEN_CLAIM: 'token_use',
  ACCESS_TOKEN_VALUE: 'access',
  ...Object.fromEntries(variables.map((grant) => [grant.variable, valueFor(grant)])),
});
