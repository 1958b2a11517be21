import { queueUrl } from '../sqs/queue-url.ts';
import type { Resolve, TemplateResource } from './stack-template.ts';

/** The names and ARNs that resources have on this machine. */
export interface PhysicalNames {
  /** undefined for what is no pseudo parameter. */
  pseudoParameter(name: string): string | undefined;
  reference(logicalId: string, resource: TemplateResource, resolve: Resolve): unknown;
  attribute(logicalId: string, resource: TemplateResource, path: string, resolve: Resolve): unknown;
}

export interface LocalAccount {
  region: string;
  accountId: string;
  /** `http://localhost:PORT` of the gateway. */
  apiUrl: string;
  /** `http://127.0.0.1:PORT` of the queues. */
  sqsUrl: string;
}

const NAME_PROPERTIES: Record<string, string> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::EventBus': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::Scheduler::ScheduleGroup': 'Name',
};

const ARN_PATHS: Record<string, (name: string) => [service: string, path: string]> = {
  'AWS::Cognito::UserPool': (name) => ['cognito-idp', `userpool/${name}`],
  'AWS::DynamoDB::GlobalTable': (name) => ['dynamodb', `table/${name}`],
  'AWS::DynamoDB::Table': (name) => ['dynamodb', `table/${name}`],
  'AWS::Events::EventBus': (name) => ['events', `event-bus/${name}`],
  'AWS::IAM::Role': (name) => ['iam', `role/${name}`],
  'AWS::KMS::Key': (name) => ['kms', `key/${name}`],
  'AWS::Lambda::Function': (name) => ['lambda', `function:${name}`],
  'AWS::Logs::LogGroup': (name) => ['logs', `log-group:${name}:*`],
  'AWS::SNS::Topic': (name) => ['sns', name],
  'AWS::SQS::Queue': (name) => ['sqs', name],
};

/** A resource without a name of its own is called by its logical id; a bucket's name has no capitals. */
const nameOf = (logicalId: string, { Type, Properties }: TemplateResource, resolve: Resolve): string => {
  const given = resolve(Properties[NAME_PROPERTIES[Type] ?? '']);
  if (typeof given === 'string') return given;
  return Type === 'AWS::S3::Bucket' ? logicalId.toLowerCase() : logicalId;
};

export const createPhysicalNames = ({ region, accountId, apiUrl, sqsUrl }: LocalAccount): PhysicalNames => {
  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const arn = (service: string, path: string): string => `arn:${partition}:${service}:${region}:${accountId}:${path}`;
  const pseudoParameters: Record<string, string> = {
    'AWS::AccountId': accountId,
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };

  return {
    pseudoParameter: (name) => pseudoParameters[name],

    reference: (logicalId, resource, resolve) => {
      const name = nameOf(logicalId, resource, resolve);
      if (resource.Type === 'AWS::SNS::Topic') return arn('sns', name);
      if (resource.Type === 'AWS::SQS::Queue') return queueUrl(sqsUrl, name);
      return name;
    },

    attribute: (logicalId, resource, path, resolve) => {
      const name = nameOf(logicalId, resource, resolve);
      const arnPath = ARN_PATHS[resource.Type];
      if (path === 'Arn' && arnPath) return arn(...arnPath(name));
      // DynamoDB Local names its streams itself, so this one only tells whose it is.
      if (path === 'StreamArn' && arnPath) return `${arn(...arnPath(name))}/stream/latest`;
      if (resource.Type === 'AWS::S3::Bucket' && path === 'Arn') return `arn:${partition}:s3:::${name}`;
      if (resource.Type === 'AWS::SQS::Queue' && path === 'QueueName') return name;
      if (resource.Type === 'AWS::Cognito::UserPool' && path === 'ProviderURL') {
        return `https://cognito-idp.${region}.amazonaws.com/${name}`;
      }
      if (resource.Type === 'AWS::ApiGatewayV2::Api' && path === 'ApiEndpoint') return apiUrl;
      throw new Error(
        `Fn::GetAtt ${logicalId}.${path} (${resource.Type}) has no value on this machine: add it to infra/local/template/physical-names.ts.`,
      );
    },
  };
};
