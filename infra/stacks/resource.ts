import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { OperationId, Resource } from '#shared/contract/operations.ts';
import type { ContractApi } from '../constructs/contract-api.ts';
import { ContractRoute } from '../constructs/contract-route.ts';
import { type ServiceContext, ServiceFunction } from '../constructs/service-function.ts';
import { originCheck } from '../edge.ts';
import { folderOf, operationsOf } from '../functions.ts';
import type { Stage } from '../stage.ts';

// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
const COGNITO_CLAIM = { name: 'token_use', value: 'access' };

/** How the function tells an access token from an ID token, which the gateway lets pass as well. */
const accessTokenRule = ({ identity }: Stage): Record<string, string> => {
  const { name, value } = identity.kind === 'issuer' ? identity.accessTokenClaim : COGNITO_CLAIM;
  return { ACCESS_TOKEN_CLAIM: name, ACCESS_TOKEN_VALUE: value };
};

/** The routes of one resource of the contract, with a function each: some 7 resources per operation, so a stack has room for 50. */
export class ResourceStack extends Stack {
  readonly functions: ReadonlyMap<OperationId, ServiceFunction>;

  constructor(scope: Construct, id: string, resource: Resource, context: ServiceContext, contractApi: ContractApi) {
    super(scope, id, { env: { region: context.stage.region }, description: `Shenbao: ${resource}` });
    this.functions = new Map(
      operationsOf(resource).map(({ id: operationId, operation }) => {
        const handler = new ServiceFunction(this, operationId, context, {
          folder: folderOf(resource, operationId),
          description: operation.summary,
          environment: {
            ...(operation.access === 'signedIn' && accessTokenRule(context.stage)),
            ...originCheck(context.stage),
          },
        });
        new ContractRoute(handler, 'Route', { contractApi, operation, handler });
        return [operationId, handler];
      }),
    );
  }
}
