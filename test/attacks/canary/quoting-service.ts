import { unpackText } from '#shared/data/packed-json.ts';
import {
  type GuardedService,
  guardService,
  type Protocol,
  type ServiceRequest,
} from '#test/contract/guarded-service.ts';

/** `sound`: as the service itself. Else requests fail: with their body quoted, as a broken condition with its item, as a fault of the service. */
export type Mood = 'sound' | 'quoting' | 'condition' | 'fault';

/** Which requests a bad mood is about. Where all fail a function ends at its first, which is a read: what it would write is then never quoted. */
export type Victims = 'all' | 'writes';

/** Commands that only look; all others change something, send it, or sign it. */
const READS = /^(Get|BatchGet|TransactGet|Query|Scan|List|Head|Describe|AdminGet|Receive)/;

/** S3 has methods where the others have commands. */
const isRead = ({ method, headers }: ServiceRequest): boolean => {
  const command = headers['x-amz-target'];
  if (command === undefined) return method === 'GET' || method === 'HEAD';
  return READS.test(String(command).replace(/^.*\./, ''));
};

/** What a service says at most. */
const LONGEST = 20_000;

/** Packed answers as the texts that they are: what looks for canaries does not unpack. */
const unpacked = (body: string): string =>
  body.replaceAll(/"B":"([^"]+)"/g, (bytes, base64: string) => {
    try {
      return `"B":${unpackText(Buffer.from(base64, 'base64'))}`;
    } catch {
      return bytes;
    }
  });

/** What was sent, as an error's message might quote it: as it came, and with its lines as lines, which a stack has as well. */
const quoted = ({ body, target }: ServiceRequest): string => {
  const text = `${decodeURIComponent(target)} ${unpacked(body.toString())}`;
  return `${text}\n    at ${text.replaceAll('"', '')} (${Buffer.from(text).toString('base64')})`.slice(0, LONGEST);
};

const REPLIES = {
  quoting: { status: 400, type: 'com.amazon.coral.validate#ValidationException' },
  condition: { status: 400, type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException' },
  fault: { status: 500, type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' },
} as const;

/** A service that turns on its clients, and whose errors quote what they sent. */
export const moodyService = (
  upstream: string,
  speaks: 'json' | 'xml',
  moodNow: () => Mood,
  victimsNow: () => Victims = () => 'all',
): Promise<GuardedService> => {
  const protocol: Protocol = {
    demandsOf: (request) => [{ action: isRead(request) ? 'read' : 'write', resource: quoted(request) }],
    demandToLearnOfAbsence: () => undefined,
    refusal: ({ resource: message }) => {
      const mood = moodNow();
      const { status, type } = REPLIES[mood === 'sound' ? 'fault' : mood];
      if (speaks === 'xml') {
        const said = message.replace(/[<>&]/g, ' ');
        return {
          status,
          contentType: 'application/xml',
          body: `<?xml version="1.0"?><Error><Code>InvalidArgument</Code><Message>${said}</Message></Error>`,
        };
      }
      return {
        status,
        contentType: 'application/x-amz-json-1.0',
        body: JSON.stringify({
          __type: type,
          message,
          Message: message,
          CancellationReasons: [{ Code: 'ValidationError', Message: message, Item: { name: { S: message } } }],
        }),
      };
    },
  };
  return guardService(
    upstream,
    protocol,
    ({ action }) => moodNow() === 'sound' || (victimsNow() === 'writes' && action === 'read'),
  );
};
