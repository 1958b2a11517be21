import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  HttpAuthorizer,
  HttpAuthorizerType,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { operationsOf, RESOURCES } from '../functions.ts';
import type { Stage } from '../stage.ts';

/** Whose tokens are accepted. */
export interface TokenSource {
  readonly issuer: string;
  readonly audience: string;
}

const METHODS = [...new Set(RESOURCES.flatMap(operationsOf).map(({ operation }) => CorsHttpMethod[operation.method]))];

// Ids, status and times: no address, no user agent, and no path, whose parts may say who asks for what.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
const ACCESS_LOG = {
  requestId: '$context.requestId',
  receivedAt: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  gatewayError: '$context.error.responseType',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
  replyBytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
};

/** The HTTP API that the contract's routes hang on: it checks tokens, answers browsers' preflights and throttles. */
export class ContractApi extends Construct {
  readonly api: HttpApi;
  /** For routes of operations that need a token. */
  readonly authorizer: IHttpRouteAuthorizer;

  constructor(scope: Construct, id: string, stage: Stage, { issuer, audience }: TokenSource) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: `shenbao-${stage.name}`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: stage.corsOrigins,
        allowMethods: METHODS,
        allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'accept-language'],
        exposeHeaders: ['etag', 'location', 'retry-after', 'apigw-requestid'],
        maxAge: Duration.hours(1),
      },
    });
    const logGroup = new LogGroup(this, 'AccessLog', {
      retention: stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    // A resource of this construct: the library's HttpJwtAuthorizer would be made in the stack of the first route that asks for it.
    const { authorizerId } = new HttpAuthorizer(this, 'Authorizer', {
      httpApi: this.api,
      type: HttpAuthorizerType.JWT,
      identitySource: ['$request.header.Authorization'],
      jwtIssuer: issuer,
      jwtAudience: [audience],
    });
    this.authorizer = HttpAuthorizer.fromHttpAuthorizerAttributes(this, 'RouteAuthorizer', {
      authorizerId,
      authorizerType: 'JWT',
    });
  }
}
