import * as z from 'zod';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';

const Envelope = z.tuple([z.string(), z.unknown()]);

/** A place in a list, opaque to clients. `list` names the list and what it was filtered by: a cursor of another one is refused. */
export const encodeCursor = (list: string, position: Readonly<Record<string, unknown>>): string =>
  Buffer.from(JSON.stringify([list, position])).toString('base64url');

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/**
 * The place a cursor stands for; undefined without a cursor. It carries no rights: a forged one reads from another place of the same list.
 *
 * @throws InvalidRequest for what this list never gave out
 */
export const decodeCursor = <Schema extends z.ZodType>(
  list: string,
  position: Schema,
  cursor: string | undefined,
): z.output<Schema> | undefined => {
  if (cursor === undefined) return undefined;
  const envelope = Envelope.safeParse(parse(cursor));
  const parsed = position.safeParse(envelope.data?.[1]);
  if (envelope.data?.[0] !== list || !parsed.success) throw new InvalidRequest([{ path: 'cursor', code: 'INVALID' }]);
  return parsed.data;
};
