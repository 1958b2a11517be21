import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ContractApi, type TokenSource } from '../constructs/contract-api.ts';
import type { Stage } from '../stage.ts';

/** The HTTP API itself; its routes and functions lie in a stack per resource. */
export class ApiStack extends Stack {
  readonly contractApi: ContractApi;

  constructor(scope: Construct, id: string, stage: Stage, tokens: TokenSource) {
    super(scope, id, { env: { region: stage.region }, description: 'Shenbao: the HTTP API' });
    this.contractApi = new ContractApi(this, 'ContractApi', stage, tokens);
    new CfnOutput(this, 'ApiUrl', { value: this.contractApi.api.apiEndpoint });
    new CfnOutput(this, 'TokenIssuer', { value: tokens.issuer });
    new CfnOutput(this, 'TokenAudience', { value: tokens.audience });
  }
}
