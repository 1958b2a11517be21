import { parseArgs } from 'node:util';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { CannotStart } from '../local/cannot-start.ts';
import { entriesOf, entryPublisher } from './replay-events.ts';
import { takeLetters } from './take-letters.ts';
import type { DeadLettersTarget } from './target.ts';

const USAGE = `npm run dead-letters -- COMMAND [options]

  list QUEUE        What was given up: by events, ids and attempts; nobody's address.
  replay QUEUE      Has it tried again. What was sent before is known again, and not sent twice.
  tell SUBJECT ENTRY
      Tells an entry of the history again, such as call#changde-2022 00000007: for events that the stream, which keeps a day, has no longer.

  QUEUE is mail, webhook or exports, or events for what could not be published of the history.

  --outputs FILE    the deployed stack of this file, as npm run deploy writes it (cdk.out/outputs.json); without it the local one
  --region REGION   where it is deployed; default: as the file says
`;

/** Logical ids of a queue's dead letters and of the queue they go back to. */
const QUEUES = {
  mail: { deadLetters: 'MailDeadLetters', queue: 'MailQueue' },
  webhook: { deadLetters: 'WebhookDeadLetters', queue: 'WebhookQueue' },
  exports: { deadLetters: 'ExportsDeadLetters', queue: 'ExportsQueue' },
  events: { deadLetters: 'PublishEventsStreamDeadLetters', queue: undefined },
} as const;
type QueueName = keyof typeof QUEUES;

const isQueueName = (name: string | undefined): name is QueueName => name !== undefined && Object.hasOwn(QUEUES, name);

const queueNamed = (name: string | undefined): (typeof QUEUES)[QueueName] => {
  if (!isQueueName(name)) throw new CannotStart(`Name a queue: ${Object.keys(QUEUES).join(', ')}.`);
  return QUEUES[name];
};

const list = async ({ sqs, queueUrl }: DeadLettersTarget, name: string | undefined): Promise<string[]> => {
  const lines: string[] = [];
  // Kept from others for a moment alone, so that a replay finds them at once.
  for await (const { id, body } of takeLetters(sqs, queueUrl(queueNamed(name).deadLetters), 5))
    lines.push(`${id} ${body}`);
  return lines.length === 0 ? ['There are none.'] : lines;
};

/** Puts each letter back into the queue it comes from. */
const putBack = async ({ sqs, queueUrl }: DeadLettersTarget, deadLetters: string, queue: string): Promise<string[]> => {
  let count = 0;
  for await (const { body, remove } of takeLetters(sqs, queueUrl(deadLetters))) {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(queue), MessageBody: body }));
    await remove();
    count += 1;
  }
  return [`${count} put back.`];
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Tells the entries that each letter names again. */
const tellAgain = async (target: DeadLettersTarget, deadLetters: string): Promise<string[]> => {
  const publish = entryPublisher(target);
  const lines: string[] = [];
  for await (const { id, body, remove } of takeLetters(target.sqs, target.queueUrl(deadLetters))) {
    const entries = await entriesOf(target, body);
    if (entries === undefined) {
      lines.push(`${id}: the stream has it no longer. Find the entries in the history, and tell SUBJECT ENTRY each.`);
      continue;
    }
    const told = await Promise.all(
      entries.map(async (entry) => ({ ...entry, fault: await publish(entry).then(() => undefined, reasonOf) })),
    );
    for (const { subject, entry, fault } of told) {
      lines.push(`${subject} ${entry} ${fault === undefined ? 'is told again.' : `cannot be told: ${fault}`}`);
    }
    if (told.every(({ fault }) => fault === undefined)) await remove();
  }
  return lines.length === 0 ? ['There are none.'] : lines;
};

const replay = (target: DeadLettersTarget, name: string | undefined): Promise<string[]> => {
  const { deadLetters, queue } = queueNamed(name);
  return queue === undefined ? tellAgain(target, deadLetters) : putBack(target, deadLetters, queue);
};

/**
 * Runs one command and gives the lines to print.
 *
 * @throws CannotStart for what the caller can put right, in one line
 */
export const runDeadLetters = async (
  argv: readonly string[],
  connect: (options: { outputs?: string | undefined; region?: string | undefined }) => DeadLettersTarget,
): Promise<string[]> => {
  const read = () => {
    try {
      const options = { outputs: { type: 'string' }, region: { type: 'string' } } as const;
      return parseArgs({ args: [...argv], options, allowPositionals: true });
    } catch (cause) {
      throw new CannotStart(cause instanceof Error ? cause.message : String(cause), { cause });
    }
  };
  const { values, positionals } = read();
  const [command, first, second] = positionals;
  switch (command) {
    case undefined:
      return [USAGE];
    case 'list':
      return list(connect(values), first);
    case 'replay':
      return replay(connect(values), first);
    case 'tell': {
      if (first === undefined || second === undefined) throw new CannotStart('tell needs SUBJECT and ENTRY.');
      await entryPublisher(connect(values))({ subject: first, entry: second });
      return [`${first} ${second} is told again.`];
    }
    default:
      throw new CannotStart(`${command} is no command: list, replay and tell are.`);
  }
};
