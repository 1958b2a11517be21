import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Where all functions' output goes, line by line, each with its function's name. */
export interface FunctionLog {
  write(functionName: string, line: string): void;
  /** Takes over a thread's output. */
  follow(functionName: string, stream: Readable): void;
  close(): Promise<void>;
}

/**
 * @param file appended to, its folder made when missing
 * @param shown whether the lines go to standard output too
 */
export const openFunctionLog = (file: string, shown: boolean): FunctionLog => {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { flags: 'a' });
  const write = (functionName: string, line: string): void => {
    const text = `${functionName} ${line}\n`;
    if (!stream.writableEnded) stream.write(text);
    if (shown) process.stdout.write(text);
  };
  return {
    write,
    follow: (functionName, output) => {
      createInterface({ input: output }).on('line', (line) => write(functionName, line));
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
};
