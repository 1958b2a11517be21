/**
 * Runs before each test file: tells which conditions it sends (CLAUSES_SEEN, a file) and sends them written in another way, or sends one of them without a clause
 * (CLAUSES_DROP, as JSON). It sits where every client of the tests and of the functions passes.
 */
import { appendFileSync } from 'node:fs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import * as z from 'zod';
import { rewritten } from './clauses.ts';
import { conditionsOf } from './conditions.ts';

const { CLAUSES_SEEN, CLAUSES_DROP } = process.env;
const drop =
  CLAUSES_DROP === undefined
    ? undefined
    : z.object({ of: z.string(), expression: z.string(), without: z.string() }).parse(JSON.parse(CLAUSES_DROP));

const told = new Set<string>();
const tell = (file: string, of: string, expression: string): void => {
  const line = `${JSON.stringify({ file: expect.getState().testPath, of, expression })}\n`;
  if (told.has(line)) return;
  told.add(line);
  appendFileSync(file, line);
};

/** Written by this file: what is sent again, as after a conflict, comes with it and has to be what it was, or DynamoDB refuses it under the same token. */
const written = new Set<string>();

const send: unknown = Reflect.get(DynamoDBDocumentClient.prototype, 'send');
if (typeof send !== 'function') throw new Error('The document client has no send to watch');

Reflect.defineProperty(DynamoDBDocumentClient.prototype, 'send', {
  configurable: true,
  value(this: unknown, command: unknown, ...rest: unknown[]): unknown {
    for (const { of, expression, replace } of conditionsOf(command)) {
      if (CLAUSES_SEEN !== undefined && !written.has(expression)) {
        tell(CLAUSES_SEEN, of, expression);
        const another = rewritten(expression);
        written.add(another);
        replace(another);
      }
      if (drop?.of === of && drop.expression === expression) replace(drop.without);
    }
    return Reflect.apply(send, this, [command, ...rest]);
  },
});
