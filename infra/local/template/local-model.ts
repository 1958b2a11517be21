import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { EventPattern } from '../events/event-pattern.ts';
import type { CorsSettings } from '../gateway/cors.ts';
import type { JwtAuthorizerSettings } from '../gateway/jwt-authorizer.ts';
import type { GatewayRoute } from '../gateway/match-route.ts';
import type { ThrottleSettings } from '../gateway/token-bucket.ts';
import type { LocalMapping } from '../mappings/local-mapping.ts';
import type { CorsRule } from '../s3/cors.ts';
import type { LocalQueue } from '../sqs/start-sqs.ts';

/** A table as CreateTable takes it, under its local name. */
export interface LocalTable {
  logicalId: string;
  create: CreateTableCommandInput & { TableName: string };
  /** The attribute that items expire by; DynamoDB Local deletes them itself once told. */
  timeToLive?: string;
}

export interface LocalBucket {
  logicalId: string;
  name: string;
  versioned: boolean;
  cors: CorsRule[];
  /** Whether it tells the event bus of its objects. */
  sendsEvents: boolean;
}

/** A function as Lambda runs it. */
export interface LocalFunction {
  name: string;
  arn: string;
  /** The folder of its bundle. */
  directory: string;
  /** `index.handler`: file without extension, dot, export. */
  handler: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** What /tmp holds. */
  scratchMegabytes: number;
  environment: Record<string, string>;
}

/** What Lambda does about an event that a function fails at while nobody waits for it. */
export interface LocalInvokeConfig {
  functionName: string;
  /** Further attempts, 2 at most. */
  retries: number;
  /** The queue that is told in the end. */
  deadLetters?: string;
}

export interface LocalSchedule {
  name: string;
  periodSeconds: number;
  functionName: string;
  /** JSON that the function gets as its event, once `<aws.scheduler.…>` in it is filled in; Scheduler's own event without it. */
  input?: string;
}

export interface LocalRule {
  name: string;
  pattern: EventPattern;
  functionNames: string[];
}

/** What GuardDuty is to scan. */
export interface LocalMalwareScan {
  name: string;
  bucket: string;
  /** Keys of objects that are scanned begin with one of these. */
  prefixes: string[];
}

/** What a password has to have. */
export interface PasswordPolicy {
  minimumLength: number;
  lowercase: boolean;
  uppercase: boolean;
  digits: boolean;
  symbols: boolean;
  /** How long an initial password is good, in days. */
  initialDays: number;
}

export interface LocalUserPool {
  id: string;
  clientId: string;
  /** Names of the attributes that a user may have. */
  attributes: string[];
  passwordPolicy: PasswordPolicy;
}

export interface LocalApi {
  routes: GatewayRoute[];
  authorizer?: JwtAuthorizerSettings;
  cors?: CorsSettings;
  throttle: ThrottleSettings;
}

/** What the synthesised template asks of this machine, with every reference resolved to a local value. */
export interface LocalModel {
  tables: LocalTable[];
  buckets: LocalBucket[];
  functions: LocalFunction[];
  api: LocalApi;
  queues: LocalQueue[];
  mappings: LocalMapping[];
  invokeConfigs: LocalInvokeConfig[];
  schedules: LocalSchedule[];
  rules: LocalRule[];
  malwareScans: LocalMalwareScan[];
  /** Ids of the keys that sign. */
  signingKeys: string[];
  /** Absent where the stage names a provider of its own. */
  userPool?: LocalUserPool;
}
