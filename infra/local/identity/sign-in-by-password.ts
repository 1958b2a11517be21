import {
  CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { StackRecord } from '../stack/stack-file.ts';

/** With whose name and which password; `newPassword` where an initial one is to be replaced. */
export interface SignIn {
  name: string;
  password: string;
  newPassword?: string | undefined;
}

/**
 * Signs in to the running stack's user pool as any app does to Cognito: by USER_PASSWORD_AUTH, choosing a password of one's own at the first sign-in.
 * @returns an access token
 * @throws Error that says what the pool refused, or that a new password is needed
 */
export const signInByPassword = async (
  { cognitoUrl, userPoolClientId: ClientId, region }: Pick<StackRecord, 'cognitoUrl' | 'userPoolClientId' | 'region'>,
  { name: USERNAME, password: PASSWORD, newPassword }: SignIn,
): Promise<string> => {
  const client = new CognitoIdentityProviderClient({ endpoint: cognitoUrl, region });
  try {
    const AuthParameters = { USERNAME, PASSWORD };
    const begun = await client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    );
    const { ChallengeName, Session } = begun;
    if (ChallengeName !== undefined && newPassword === undefined) {
      throw new Error(`This is an initial password: give one of your own after it, for "${USERNAME}" to sign in by.`);
    }
    const { AuthenticationResult } =
      ChallengeName === undefined
        ? begun
        : await client.send(
            new RespondToAuthChallengeCommand({
              ClientId,
              ChallengeName,
              Session,
              ChallengeResponses: { USERNAME, NEW_PASSWORD: newPassword ?? '' },
            }),
          );
    const token = AuthenticationResult?.AccessToken;
    if (token === undefined) throw new Error(`The user pool gave "${USERNAME}" no token.`);
    return token;
  } catch (error) {
    if (!(error instanceof CognitoIdentityProviderServiceException)) throw error;
    throw new Error(`"${USERNAME}" cannot sign in: ${error.message}`, { cause: error });
  } finally {
    client.destroy();
  }
};
