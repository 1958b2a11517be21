import { vi } from 'vitest';

/** What stands for personal data: it occurs nowhere else, and looks the same in JSON and in a URL. */
const MARK = 'canary7q';

/** A marker of its own for each place, so that a leak says where it came from. Lower case, so that it may stand in a username. */
export const canary = (place: number | string): string => `${MARK}${place}x`;

/** The three ways in which base64 writes it, by where in a group of three bytes it begins; the characters at the edges depend on the neighbours. */
const IN_BASE64 = [0, 1, 2].map((before) => {
  const encoded = Buffer.from(`${'-'.repeat(before)}${MARK}`)
    .toString('base64')
    .replace(/=+$/, '');
  return encoded.slice(before === 0 ? 0 : before + 1, -1);
});

const IN_HEX = Buffer.from(MARK).toString('hex');
const IN_PERCENT = [...Buffer.from(MARK)].map((byte) => `%${byte.toString(16)}`).join('');
const ESCAPED = [...MARK].map((character) => `\\u00${character.charCodeAt(0).toString(16)}`).join('');
const FORMS = [MARK, IN_HEX, IN_PERCENT, ESCAPED];

/** Lines that hold a canary, plain or encoded, or one of the secrets. */
export const leaksIn = (lines: readonly string[], secrets: Iterable<string> = []): string[] => {
  const told = [...secrets];
  return lines.filter((line) => {
    const lower = line.toLowerCase();
    return (
      FORMS.some((form) => lower.includes(form)) ||
      IN_BASE64.some((form) => line.includes(form)) ||
      told.some((secret) => line.includes(secret))
    );
  });
};

export interface Log {
  readonly lines: readonly string[];
  /** As Lambda's runtime logs what a function throws: its name, message, stack and all it carries. */
  thrown(error: unknown): void;
}

const carried = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? { errorType: value.name, errorMessage: value.message, cause: value.cause, stack: value.stack, ...value }
    : value;

/** Keeps all that is written from now on: to standard output and standard error, and to the console. */
export const listen = (): Log => {
  const lines: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      lines.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    });
  }
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      lines.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part, carried))).join(' '));
    });
  }
  return { lines, thrown: (error) => lines.push(JSON.stringify(error, carried)) };
};
