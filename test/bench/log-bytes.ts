import * as z from 'zod';

/** CloudWatch Logs bills each event with this besides its bytes. */
const EVENT_BYTES = 26;

/** Lambda's own two lines of a warm invocation in JSON, `platform.start` and `platform.report`, measured on examples of its documentation. */
const PLATFORM_BYTES = [150, 330];

/** What Lambda and CloudWatch add to an invocation that writes so many lines itself, in bytes. */
export const invocationLogBytes = (ownLines: number): number =>
  PLATFORM_BYTES.reduce((sum, bytes) => sum + bytes + EVENT_BYTES, ownLines * EVENT_BYTES);

/** What stands for a variable of the gateway in a line of its access log: ids and routes are longer, states shorter. */
const TYPICAL_VALUE = 'x'.repeat(20);

const WithAccessLog = z.object({ properties: z.object({ AccessLogSettings: z.object({ Format: z.string() }) }) });

/** Bytes of one line of the gateway's access log, by the format in its template. */
export const accessLogBytes = (stages: readonly unknown[]): number => {
  const [stage] = z.array(WithAccessLog).length(1).parse(stages);
  const line = stage?.properties.AccessLogSettings.Format.replaceAll(/\$context(?:\.\w+)+/g, TYPICAL_VALUE) ?? '';
  return Buffer.byteLength(line) + EVENT_BYTES;
};
