import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** What of the API's access log (infra/constructs/contract-api.ts) can be told here, under the same names: `receivedAt` is the event's `timeEpoch`, ms. */
export interface AccessLine {
  readonly requestId: string;
  readonly receivedAt: number;
  readonly status: number;
  readonly milliseconds: number;
}

export interface AccessLog {
  write(line: AccessLine): void;
  close(): Promise<void>;
}

/** @param file appended to as lines of JSON, its folder made when missing */
export const openAccessLog = (file: string): AccessLog => {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { flags: 'a' });
  return {
    write: (line) => {
      if (!stream.writableEnded) stream.write(`${JSON.stringify(line)}\n`);
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
};
