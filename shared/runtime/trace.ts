import { randomBytes } from 'node:crypto';
import { traceVariables } from './environment.ts';

/** `Root=1-…;Parent=…;Sampled=1`, and more. */
const fieldsOf = (header: string): Map<string, string> =>
  new Map(
    header.split(';').map((field) => {
      const at = field.indexOf('=');
      return [field.slice(0, at), field.slice(at + 1)];
    }),
  );

/** What the daemon has to be told before each document. */
const PREFIX = '{"format": "json", "version": 1}\n';

/**
 * Tells the X-Ray daemon of the function's environment by UDP. What it does not take is lost: no request fails for its trace, and none waits for more than its
 * datagram to be sent. It is told once the work is done, so whatever a socket throws would stand in the place of the work's outcome.
 */
const tell = async (daemon: string, segment: object): Promise<void> => {
  try {
    // Loaded only where a request is traced.
    const { createSocket } = await import('node:dgram');
    const [host, port] = daemon.split(':');
    const socket = createSocket('udp4');
    try {
      await new Promise<void>((resolve) => {
        socket.once('error', () => resolve());
        socket.send(`${PREFIX}${JSON.stringify(segment)}`, Number(port), host, () => resolve());
      });
    } finally {
      socket.close();
    }
  } catch {
    // An address without a port, or no socket left to open.
  }
};

/**
 * Begins a subsegment of the function's trace, whose annotations make the trace found by the ids that the log lines carry. The SDK of X-Ray does the same with a megabyte of code.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 *
 * @returns ends it; undefined where the invocation is not traced
 */
export const noteTrace = (
  operation: string,
): ((annotations: Readonly<Record<string, string | undefined>>) => Promise<void>) | undefined => {
  const { header, daemon } = traceVariables();
  if (header === undefined || daemon === undefined) return undefined;
  const fields = fieldsOf(header);
  if (fields.get('Sampled') !== '1') return undefined;
  const startedAt = Date.now();
  return (annotations) =>
    tell(daemon, {
      type: 'subsegment',
      id: randomBytes(8).toString('hex'),
      trace_id: fields.get('Root'),
      parent_id: fields.get('Parent'),
      name: 'shenbao',
      // Seconds.
      start_time: startedAt / 1_000,
      end_time: Date.now() / 1_000,
      annotations: { operation, ...annotations },
    });
};
