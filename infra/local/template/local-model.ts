import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { CorsSettings } from '../gateway/cors.ts';
import type { JwtAuthorizerSettings } from '../gateway/jwt-authorizer.ts';
import type { GatewayRoute } from '../gateway/match-route.ts';
import type { ThrottleSettings } from '../gateway/token-bucket.ts';

/** A table as CreateTable takes it, under its local name. */
export interface LocalTable {
  logicalId: string;
  create: CreateTableCommandInput & { TableName: string };
  /** The attribute that items expire by; DynamoDB Local deletes them itself once told. */
  timeToLive?: string;
}

/** A rule of a bucket's CORS configuration. */
export interface BucketCorsRule {
  allowedOrigins: string[];
  allowedMethods: string[];
  allowedHeaders: string[];
  exposedHeaders: string[];
  /** Seconds. */
  maxAge?: number;
}

export interface LocalBucket {
  name: string;
  cors: BucketCorsRule[];
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
  environment: Record<string, string>;
}

export interface LocalSchedule {
  name: string;
  periodSeconds: number;
  functionName: string;
  /** What the function gets as its event. */
  input: unknown;
}

export interface LocalRule {
  name: string;
  pattern: EventPattern;
  functionNames: string[];
}

/** The part of EventBridge's patterns that occurs: fields, nested or with a list of what may match. */
export type EventPattern = { [field: string]: EventPattern | PatternMatch[] };
export type PatternMatch = string | { prefix: string } | { suffix: string };

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
  schedules: LocalSchedule[];
  rules: LocalRule[];
}
