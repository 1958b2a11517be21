import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';

/** The SDK's client of a user pool at an address, with the local machine's credentials unless it is to have others. */
export const cognitoAt = (endpoint: string): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({ endpoint, region: REGION, credentials: CREDENTIALS });
