import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { ALL_ACCESS, LOCAL_SETTINGS } from '#test/support/function-environment.ts';

/** What every function is given, whatever it works on. */
export const COMMON_ENVIRONMENT: Readonly<Record<string, string>> = {
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  POWERTOOLS_SERVICE_NAME: 'shenbao',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  ACCESS_TOKEN_CLAIM: 'token_use',
  ACCESS_TOKEN_VALUE: 'access',
};

/** What Lambda gives a function, all functions' variables together; names lead nowhere, since an import asks nobody. */
export const coldEnvironment = (): Record<string, string> => ({
  ...COMMON_ENVIRONMENT,
  ...Object.fromEntries(ALL_ACCESS.map(({ variable, target }) => [variable, LOCAL_SETTINGS[target.kind] ?? 'name'])),
});
