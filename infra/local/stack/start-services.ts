import { createDelivery, type Delivery } from '../events/delivery.ts';
import { startMalwareScans } from '../events/malware-scans.ts';
import { matchesPattern } from '../events/match-pattern.ts';
import { objectCreatedEvent } from '../events/object-created-event.ts';
import { runSchedules } from '../events/run-schedules.ts';
import type { FunctionLog } from '../functions/function-log.ts';
import { startFunctions } from '../functions/start-functions.ts';
import type { AccessLog } from '../gateway/access-log.ts';
import { startGateway } from '../gateway/start-gateway.ts';
import { startMappings } from '../mappings/start-mappings.ts';
import { type ObjectCreated, startS3 } from '../s3/start-s3.ts';
import { startSes } from '../ses/start-ses.ts';
import { startSqs } from '../sqs/start-sqs.ts';
import { tellQueue } from '../sqs/tell-queue.ts';
import type { LocalModel } from '../template/local-model.ts';
import type { LocalAccount } from '../template/physical-names.ts';
import type { DataDirectory } from './data-directory.ts';
import { CREDENTIALS } from './local-account.ts';
import type { Teardown } from './teardown.ts';

export interface ServicesOptions {
  model: LocalModel;
  account: LocalAccount;
  /** The gateway's. */
  port: number;
  issuer: string;
  dynamoDbUrl: string;
  cognitoUrl: string;
  kmsUrl: string;
  data: DataDirectory;
  tickSeconds: number;
  log: FunctionLog;
  accessLog: AccessLog;
  teardown: Teardown;
}

/** How long requests under way may take to end when the stack stops, in ms. */
const GATEWAY_GRACE = 1_500;

/** Where the services are that a function or a person may ask. */
export interface ServiceUrls {
  s3Url: string;
  sesUrl: string;
  mailsUrl: string;
}

/** Tells the functions of every rule that waits for it of an event. */
const publishTo =
  ({ rules }: LocalModel, { deliver }: Delivery) =>
  (event: unknown): void => {
    for (const { pattern, functionNames } of rules) {
      if (!matchesPattern(pattern, event)) continue;
      for (const name of functionNames) void deliver(name, event);
    }
  };

/** Tells of each new object of a bucket that tells of its objects. */
const publishObjectCreated =
  ({ buckets }: LocalModel, account: LocalAccount, publish: (event: unknown) => void) =>
  (created: ObjectCreated): void => {
    if (buckets.find(({ name }) => name === created.bucket)?.sendsEvents) publish(objectCreatedEvent(created, account));
  };

/** Starts buckets, queues, mail, functions, what feeds them and the gateway, wired as the template says. */
export const startServices = async (options: ServicesOptions): Promise<ServiceUrls> => {
  const { model, account, data, teardown } = options;
  // Functions need the address of S3, and S3 the functions that hear of its objects: neither hears before the stack serves.
  let onObjectCreated = (_created: ObjectCreated): void => undefined;
  const s3 = await startS3({
    port: 0,
    directory: data.s3,
    region: account.region,
    credentials: CREDENTIALS,
    buckets: model.buckets,
    onObjectCreated: (created) => onObjectCreated(created),
  });
  teardown.add(s3.close);
  const sqs = await startSqs({
    port: Number(new URL(account.sqsUrl).port),
    region: account.region,
    queues: model.queues,
    ...(data.kept && { directory: data.kept.sqs }),
  });
  teardown.add(sqs.close);
  const ses = await startSes({ port: 0, directory: data.mails });
  teardown.add(ses.close);

  const services = {
    dynamoDbUrl: options.dynamoDbUrl,
    s3Url: s3.endpoint,
    cognitoUrl: options.cognitoUrl,
    kmsUrl: options.kmsUrl,
    sqsUrl: sqs.url,
    sesUrl: ses.endpoint,
    region: account.region,
    ...CREDENTIALS,
  };
  const functions = startFunctions(model.functions, services, options.log);
  const { invoke } = functions;
  const { dynamoDbUrl } = options;
  const positionsFile = data.kept?.streamPositions;
  const mappings = await startMappings({ model, account, dynamoDbUrl, sqs, positionsFile, invoke });
  // No batch begins any more, then what is under way ends with its function, and only then may the queues be gone.
  teardown.add(() => mappings.ended);
  teardown.add(functions.stop);
  teardown.add(mappings.stop);
  const delivery = createDelivery({ model, invoke, tell: tellQueue(sqs) });
  teardown.add(delivery.stop);
  const publish = publishTo(model, delivery);
  const tellOfObject = publishObjectCreated(model, account, publish);
  const scans = startMalwareScans(model.malwareScans, {
    account,
    endpoint: s3.endpoint,
    credentials: CREDENTIALS,
    publish,
  });
  teardown.add(scans.stop);
  onObjectCreated = (created) => {
    tellOfObject(created);
    scans.scan(created);
  };
  teardown.add(runSchedules(model.schedules, delivery, account, options.tickSeconds));

  const { authorizer, ...api } = model.api;
  const gateway = await startGateway({
    ...api,
    port: options.port,
    // The template names the issuer of a stage; the one that runs here has a port of its own.
    ...(authorizer ? { authorizer: { ...authorizer, issuer: options.issuer } } : {}),
    invoke,
    logAccess: options.accessLog.write,
  });
  teardown.add(gateway.close, GATEWAY_GRACE);
  return { s3Url: s3.endpoint, sesUrl: ses.endpoint, mailsUrl: ses.mailsUrl };
};
