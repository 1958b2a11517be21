import { Duration, RemovalPolicy, Size, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ACCESS } from '../access.ts';
import type { FunctionFolder, FunctionId } from '../functions.ts';
import type { Access, Grant } from '../grants.ts';
import type { Stage } from '../stage.ts';
import type { FunctionCode } from './function-code.ts';
import { type Holders, type NamedTarget, namedTarget } from './resource-arns.ts';

/** What every function of a deployment shares. */
export interface ServiceContext extends Holders {
  readonly stage: Stage;
  readonly code: FunctionCode;
}

export interface ServiceFunctionProps {
  readonly folder: FunctionFolder;
  readonly description: string;
  /** Default 20 s: shorter than the gateway's 30 s, and than the 60 s by which a deadline moved earlier is announced ahead. */
  readonly timeout?: Duration;
  /** MB; the stage's without it. */
  readonly memorySize?: number | undefined;
  /** MB of /tmp; Lambda's own 512 without it. */
  readonly scratchSize?: number | undefined;
  /** Settings besides the names of what it may touch. */
  readonly environment?: Readonly<Record<string, string>>;
  /** For a function that is started asynchronously: how often Lambda tries again, and where an event goes that was given up. */
  readonly failure?: { readonly retries: 0 | 1 | 2; readonly deadLetters: IQueue };
}

/** One Lambda function with a role of its own that holds exactly its line of access.ts. */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: FunctionId, context: ServiceContext, props: ServiceFunctionProps) {
    super(scope, id);
    const { stage, code } = context;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const access: Access = ACCESS[id];
    const names: Record<string, string> = {};
    for (const grant of access) {
      const target = namedTarget(grant.target, context);
      if (target === undefined) continue;
      this.allow(role, grant, target);
      names[grant.variable] = target.name;
    }

    const { failure, scratchSize } = props;
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: code(props.folder),
      handler: 'handler.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? stage.memorySize,
      ...(scratchSize !== undefined && { ephemeralStorageSize: Size.mebibytes(scratchSize) }),
      timeout: props.timeout ?? Duration.seconds(20),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel[stage.logLevel],
      tracing: stage.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        // Of each log line, and what metrics are told apart by.
        POWERTOOLS_SERVICE_NAME: `shenbao-${stage.name}`,
        POWERTOOLS_LOG_LEVEL: stage.logLevel,
        ...props.environment,
        ...names,
      },
      ...(failure && { retryAttempts: failure.retries, onFailure: new SqsDestination(failure.deadLetters) }),
    });
    if (stage.tracing) {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray takes segments for no resource: its two write actions can only be granted on *.',
      });
    }
  }

  private allow(role: Role, { target, actions }: Grant, { arns, findingName }: NamedTarget): void {
    if (arns.length === 0) return;
    role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...arns] }));
    if (target.kind !== 'objects') return;
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${findingName}]`,
      reason: `Objects are named by ids that come with the requests, so the right is for the prefix ${target.prefix}, and for ${actions.join(', ')} alone.`,
    });
  }
}
