import {
  type GuardedService,
  guardService,
  type Protocol,
  type ServiceRequest,
} from '#test/contract/guarded-service.ts';

/** `sound`: as the service itself. Else every request fails: with its body quoted, as a broken condition with its item, as a fault of the service. */
export type Mood = 'sound' | 'quoting' | 'condition' | 'fault';

/** What was sent, as an error's message might quote it: as it came, and with its lines as lines, which a stack has as well. */
const quoted = ({ body, target }: ServiceRequest): string => {
  const text = `${decodeURIComponent(target)} ${body.toString()}`;
  return `${text}\n    at ${text.replaceAll('"', '')} (${Buffer.from(text).toString('base64')})`;
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
): Promise<GuardedService> => {
  const protocol: Protocol = {
    demandsOf: (request) => [{ action: 'any', resource: quoted(request) }],
    demandToLearnOfAbsence: () => undefined,
    refusal: ({ resource }) => {
      const mood = moodNow();
      const { status, type } = REPLIES[mood === 'sound' ? 'fault' : mood];
      const message = resource.slice(0, 20_000);
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
  return guardService(upstream, protocol, () => moodNow() === 'sound');
};
