import { IGNORED_RESOURCES } from './ignored-resources.ts';
import type { LocalModel } from './local-model.ts';
import type { LocalAccount } from './physical-names.ts';
import { readApi } from './read-api.ts';
import { readAssembly } from './read-assembly.ts';
import { readBucket } from './read-bucket.ts';
import { readRule, readSchedule } from './read-events.ts';
import { readFunction } from './read-function.ts';
import { readInvokeConfig } from './read-invoke-config.ts';
import { readMalwareScan } from './read-malware-scan.ts';
import { readMapping } from './read-mapping.ts';
import { readQueue } from './read-queue.ts';
import { readSigningKey } from './read-signing-key.ts';
import { readTable } from './read-table.ts';
import { readUserPool } from './read-user-pool.ts';
import { type ResolvedResource, resolveAssembly } from './resolve-assembly.ts';

const TABLES = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'];
const BUCKETS = ['AWS::S3::Bucket'];
const FUNCTIONS = ['AWS::Lambda::Function'];
const QUEUES = ['AWS::SQS::Queue'];
const MAPPINGS = ['AWS::Lambda::EventSourceMapping'];
const INVOKE_CONFIGS = ['AWS::Lambda::EventInvokeConfig'];
const SCHEDULES = ['AWS::Scheduler::Schedule'];
const RULES = ['AWS::Events::Rule'];
const MALWARE_SCANS = ['AWS::GuardDuty::MalwareProtectionPlan'];
const SIGNING_KEYS = ['AWS::KMS::Key'];
const USER_POOL = ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient'];
const API = ['Api', 'Authorizer', 'Integration', 'Route', 'Stage'].map((name) => `AWS::ApiGatewayV2::${name}`);

const SERVED = new Set([
  ...TABLES,
  ...BUCKETS,
  ...FUNCTIONS,
  ...QUEUES,
  ...MAPPINGS,
  ...INVOKE_CONFIGS,
  ...SCHEDULES,
  ...RULES,
  ...MALWARE_SCANS,
  ...SIGNING_KEYS,
  ...USER_POOL,
  ...API,
]);

const refuseUnknown = (resources: readonly ResolvedResource[]): void => {
  const unknown = resources.filter(({ type }) => !SERVED.has(type) && !IGNORED_RESOURCES.has(type));
  if (unknown.length === 0) return;
  const list = unknown.map(({ stackName, logicalId, type }) => `${stackName}/${logicalId} (${type})`).join(', ');
  throw new Error(
    `The local machine does not serve ${list}: serve it, or add its type to infra/local/template/ignored-resources.ts.`,
  );
};

const refuseClashes = (names: readonly string[], kind: string): void => {
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new Error(`Two ${kind} of the template have the local name ${twice.join(', ')}.`);
};

/**
 * Reads what the synthesised template in a folder asks of this machine.
 * @throws Error that names the resource, when it holds something that cannot be served
 */
export const readModel = (directory: string, account: LocalAccount): LocalModel => {
  const assembly = readAssembly(directory);
  const resources = resolveAssembly(assembly, account);
  refuseUnknown(resources);
  const all = <T>(types: readonly string[], read: (resource: ResolvedResource) => T): T[] =>
    resources.filter(({ type }) => types.includes(type)).map(read);

  const userPool = readUserPool(resources);
  const model: LocalModel = {
    tables: all(TABLES, readTable),
    buckets: all(BUCKETS, readBucket),
    functions: all(FUNCTIONS, (resource) => readFunction(resource, assembly.assetPaths)),
    api: readApi(resources),
    queues: all(QUEUES, readQueue),
    mappings: all(MAPPINGS, readMapping),
    invokeConfigs: all(INVOKE_CONFIGS, readInvokeConfig),
    schedules: all(SCHEDULES, readSchedule),
    rules: all(RULES, readRule),
    malwareScans: all(MALWARE_SCANS, readMalwareScan),
    signingKeys: all(SIGNING_KEYS, readSigningKey),
    ...(userPool === undefined ? {} : { userPool }),
  };
  refuseClashes(
    model.tables.map(({ create }) => create.TableName),
    'tables',
  );
  refuseClashes(
    model.functions.map(({ name }) => name),
    'functions',
  );
  return model;
};
