import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  StringAttribute,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { TokenSource } from '../constructs/contract-api.ts';
import { pinLogicalId } from '../constructs/pinned.ts';
import type { Stage } from '../stage.ts';

/** A user pool, for a stage that has no provider of its own. People are added by officers and by whoever runs the system; nobody signs up. */
export class IdentityStack extends Stack {
  readonly userPool: UserPool;
  readonly tokens: TokenSource;

  constructor(scope: Construct, id: string, { region }: Pick<Stage, 'region'>) {
    super(scope, id, { env: { region }, description: 'Shenbao: who may sign in' });
    const userPool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      signInCaseSensitive: false,
      // Who made an account, and may reset and disable it: shared/identity/user-directory.ts writes it, the client below may not.
      customAttributes: { organiser: new StringAttribute({ mutable: true }) },
      // By officers alone: an address its holder verified once would open the account after it was handed to somebody else.
      accountRecovery: AccountRecovery.NONE,
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { sms: false, otp: true },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    pinLogicalId(userPool, 'UserPool');
    this.userPool = userPool;
    Validations.of(userPool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason:
          'Everybody may add a one-time password; a secretary of a small society who submits twice a year with curl is not made to own a second device.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason:
          'Threat protection needs the Plus plan, which costs for every person from the first one on; people are added by an administrator, and passwords are long.',
      },
    );
    const client = this.addClient(userPool);
    this.tokens = { issuer: userPool.userPoolProviderUrl, audience: client.userPoolClientId };
    new CfnOutput(this, 'UserPoolId', { value: userPool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: client.userPoolClientId });
  }

  private addClient(userPool: UserPool): UserPoolClient {
    const client = userPool.addClient('Client', {
      // Its users are browsers and curl: a secret could not be kept there.
      generateSecret: false,
      authFlows: { userPassword: true, userSrp: true },
      disableOAuth: true,
      // Named, since without names a client may write all of them: the one above too.
      readAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      // As long as a call's last days: nobody is signed out while filling in a form.
      refreshTokenValidity: Duration.days(7),
      enableTokenRevocation: true,
    });
    pinLogicalId(client, 'UserPoolClient');
    return client;
  }
}
