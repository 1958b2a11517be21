import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart } from '../cannot-start.ts';
import { choosePort } from '../choose-port.ts';
import { requireJava } from './require-java.ts';

export interface DynamoDbOptions {
  /** Where tables are kept between starts; in memory without it. */
  directory?: string;
  /** Any free port without it. */
  port?: number;
}

export interface LocalDynamoDb {
  /** `http://127.0.0.1:PORT`, the value for AWS_ENDPOINT_URL_DYNAMODB. */
  url: string;
  stop(): Promise<void>;
}

/** How long Java may take to answer for the first time, in ms; it takes about one second on an idle machine. */
const START_LIMIT = 30_000;

const answers = async (url: string): Promise<boolean> => {
  try {
    const reply = await fetch(url);
    await reply.body?.cancel();
    return true;
  } catch {
    return false;
  }
};

/**
 * Starts Amazon's DynamoDB Local and waits until it answers.
 * @throws CannotStart when Java is missing or older than 17, the port is taken or the directory cannot be written
 */
export const startDynamoDb = async ({ directory, port = 0 }: DynamoDbOptions = {}): Promise<LocalDynamoDb> => {
  requireJava();
  const chosen = await choosePort(port);
  const path = directory === undefined ? '' : resolve(directory);
  if (path) mkdirSync(path, { recursive: true });

  const keeper = fork(new URL('keep-dynamodb.ts', import.meta.url), [String(chosen), path], {
    // A group of its own: Ctrl-C in a terminal reaches the starter only, which ends the parts in their order.
    detached: true,
    env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' },
    execArgv: [],
    stdio: 'ignore',
  });
  const exited = once(keeper, 'exit');
  let ended: string | undefined;
  keeper.on('message', (message) => {
    if (typeof message === 'object' && message !== null && 'ended' in message) ended = String(message.ended);
  });
  keeper.once('exit', () => {
    ended ??= '';
  });

  const stop = async (): Promise<void> => {
    keeper.ref();
    if (keeper.connected) keeper.disconnect();
    await exited;
  };

  const url = `http://127.0.0.1:${chosen}`;
  const limit = Date.now() + START_LIMIT;
  while (ended === undefined && Date.now() < limit) {
    if (await answers(url)) {
      // The channel and the process must not keep a script alive that has forgotten to stop.
      keeper.unref();
      keeper.channel?.unref();
      return { url, stop };
    }
    await sleep(20);
  }
  await stop();
  const reason = (ended ?? `no answer within ${START_LIMIT / 1_000} s`).replace(/\s+/g, ' ').trim();
  throw new CannotStart(`DynamoDB Local did not start on port ${chosen}: ${reason}`);
};
