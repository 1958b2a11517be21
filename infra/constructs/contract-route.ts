import { Validations } from 'aws-cdk-lib';
import { HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import type { Operation } from '#shared/contract/operation.ts';
import type { ContractApi } from './contract-api.ts';
import type { ServiceFunction } from './service-function.ts';

export interface ContractRouteProps {
  readonly contractApi: ContractApi;
  readonly operation: Pick<Operation, 'method' | 'path' | 'access'>;
  readonly handler: ServiceFunction;
  /** Why a route that `anyone` may call needs no token. */
  readonly publicBecause?: string;
}

/** One route to one function, behind the authorizer unless its operation is for anyone. */
export class ContractRoute extends HttpRoute {
  constructor(scope: Construct, id: string, props: ContractRouteProps) {
    const { contractApi, operation, handler } = props;
    const isPublic = operation.access === 'anyone';
    super(scope, id, {
      httpApi: contractApi.api,
      routeKey: HttpRouteKey.with(operation.path, HttpMethod[operation.method]),
      integration: new HttpLambdaIntegration('Integration', handler.function),
      authorizer: isPublic ? new HttpNoneAuthorizer() : contractApi.authorizer,
    });
    if (isPublic) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason:
          props.publicBecause ??
          'The contract opens this operation to anyone: it reads what was published, and nothing personal.',
      });
    }
  }
}
