import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { FunctionFolder } from '#infra/functions.ts';
import type { BodyFormat } from '#shared/contract/operation.ts';

const Texts = z.record(z.string(), z.string());

/** API Gateway's payload 2.0 as far as tests look at it; the rest is kept. */
const HttpEvent = z.looseObject({
  version: z.literal('2.0'),
  routeKey: z.string(),
  rawPath: z.string(),
  rawQueryString: z.string(),
  headers: Texts,
  queryStringParameters: Texts.optional(),
  pathParameters: Texts.optional(),
  requestContext: z.looseObject({
    accountId: z.literal('000000000000'),
    authorizer: z.looseObject({ jwt: z.looseObject({ claims: Texts, scopes: z.null() }) }).optional(),
    http: z.looseObject({ method: z.string(), path: z.string() }),
    routeKey: z.string(),
    stage: z.literal('$default'),
    time: z.string(),
    timeEpoch: z.int(),
  }),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
});
export type RecordedHttpEvent = z.output<typeof HttpEvent>;

/** EventBridge's event of a new object. */
const ObjectCreated = z.looseObject({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  account: z.literal('000000000000'),
  detail: z.looseObject({ object: z.looseObject({ key: z.string(), 'version-id': z.string() }) }),
});

/** GuardDuty's event of a scan, as the service's guide shows it. */
const ScanResult = z.looseObject({
  source: z.literal('aws.guardduty'),
  'detail-type': z.literal('GuardDuty Malware Protection Object Scan Result'),
  account: z.literal('000000000000'),
  resources: z.array(z.string()),
  detail: z.looseObject({
    schemaVersion: z.literal('1.0'),
    scanStatus: z.enum(['COMPLETED', 'SKIPPED', 'FAILED']),
    resourceType: z.literal('S3_OBJECT'),
    s3ObjectDetails: z.strictObject({
      bucketName: z.string(),
      objectKey: z.string(),
      eTag: z.string(),
      versionId: z.string(),
      s3Throttled: z.boolean(),
    }),
    scanResultDetails: z.looseObject({ scanResultStatus: z.string() }),
  }),
});

/** An event of events/, by its path there without `.json`. */
export const recordedEvent = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../events/${name}.json`, import.meta.url), 'utf8'));

/** @throws where there is none, or it is not as EventBridge sends */
export const recordedObjectCreated = (name: FunctionFolder) => ObjectCreated.parse(recordedEvent(name));

/** @throws where there is none, or it is not as GuardDuty sends */
export const recordedScanResult = (name: string) => {
  const event = ScanResult.parse(recordedEvent(name));
  return { event, object: event.detail.s3ObjectDetails };
};

/** Of a function's event, or of one with a body, or for a reply, in another format. */
export type RecordedName = FunctionFolder | `${FunctionFolder}.${BodyFormat | 'html'}`;

/** @throws where there is none, or it is not as API Gateway records */
export const recordedHttpEvent = (name: RecordedName): RecordedHttpEvent => HttpEvent.parse(recordedEvent(name));

/** The same event from a bearer with other claims. */
export const withClaims = (event: RecordedHttpEvent, claims: Record<string, string>): RecordedHttpEvent => {
  const { authorizer } = event.requestContext;
  if (authorizer === undefined) throw new Error(`${event.routeKey} has no authorizer.`);
  const jwt = { ...authorizer.jwt, claims: { ...authorizer.jwt.claims, ...claims } };
  return { ...event, requestContext: { ...event.requestContext, authorizer: { ...authorizer, jwt } } };
};
