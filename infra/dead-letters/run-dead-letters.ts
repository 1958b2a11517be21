import { parseArgs } from 'node:util';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { CannotStart } from '../local/cannot-start.ts';
import { describeLetter } from './describe-letter.ts';
import { kindOfLetter, LETTER_KINDS, type LetterKind } from './letter-kind.ts';
import { entryPublisher, type Lost, lostEntries, lostSteps } from './replay-records.ts';
import { scanKeeper } from './replay-scans.ts';
import { type DeadLetter, takeLetters } from './take-letters.ts';
import type { DeadLettersTarget } from './target.ts';

const USAGE = `npm run dead-letters -- COMMAND [options]

  list [KIND]       What was given up: its kind, id and what it says (events, ids and attempts) or, of scans and jobs, what it is about; nobody's address.
  replay KIND       Has it tried again. What was sent before is known again, and not sent twice; the stage's event bus may be told twice, by the same event id.
  forget KIND       Removes it: of jobs, what the next tick, the applicant's submit or the collection of uploads does.
  tell SUBJECT ENTRY
      Tells an entry of the history again, such as call#changde-2022 00000007: for events that the stream, which keeps a day, has no longer.

  KIND is mail, webhook, events (of the history, that could not be published), exports, scans (results of malware scans, which come once: never forget them
  unread), or jobs (ticks and uploads, which cannot be replayed).

  --outputs FILE    the deployed stack of this file, as npm run deploy writes it (cdk.out/outputs.json); without it the local one
  --region REGION   where it is deployed; default: as the file says
`;

const kindNamed = (name: string | undefined): LetterKind => {
  const kind = LETTER_KINDS.find((each) => each === name);
  if (kind === undefined) throw new CannotStart(`Name a kind: ${LETTER_KINDS.join(', ')}.`);
  return kind;
};

/** The letters of a kind; those of others are given back. */
async function* lettersOf(
  { sqs, queueUrl, tableName }: DeadLettersTarget,
  kind: LetterKind,
): AsyncGenerator<DeadLetter> {
  const others: DeadLetter[] = [];
  try {
    for await (const letter of takeLetters(sqs, queueUrl('DeadLetters'))) {
      if (kindOfLetter(letter.body, tableName) === kind) yield letter;
      else others.push(letter);
    }
  } finally {
    for (const { release } of others) await release();
  }
}

const list = async ({ sqs, queueUrl, tableName }: DeadLettersTarget, name: string | undefined): Promise<string[]> => {
  const wanted = name === undefined ? undefined : kindNamed(name);
  const lines: string[] = [];
  // Kept from others for a moment alone, so that a replay finds them at once.
  for await (const { id, body } of takeLetters(sqs, queueUrl('DeadLetters'), 5)) {
    const kind = kindOfLetter(body, tableName);
    if (wanted === undefined || kind === wanted) lines.push(`${kind} ${id} ${describeLetter(kind, body)}`);
  }
  return lines.length === 0 ? ['There are none.'] : lines;
};

/** Puts each message back into the queue it comes from. */
const putBack = async (target: DeadLettersTarget, kind: LetterKind): Promise<string[]> => {
  let count = 0;
  for await (const { body, remove } of lettersOf(target, kind)) {
    await target.sqs.send(new SendMessageCommand({ QueueUrl: target.queueUrl('MessagesQueue'), MessageBody: body }));
    await remove();
    count += 1;
  }
  return [`${count} put back.`];
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Has done again what each letter of a stream names. */
const doAgain = async (
  target: DeadLettersTarget,
  kind: LetterKind,
  lostIn: (target: DeadLettersTarget, body: string) => Promise<Lost[] | undefined>,
  forgotten: string,
): Promise<string[]> => {
  const lines: string[] = [];
  for await (const { id, body, remove } of lettersOf(target, kind)) {
    const lost = await lostIn(target, body);
    if (lost === undefined) {
      lines.push(`${id}: the stream has it no longer, or does not give it. ${forgotten}`);
      continue;
    }
    const told = await Promise.all(
      lost.map(async ({ name, again }) => ({ name, fault: await again().then(() => undefined, reasonOf) })),
    );
    for (const { name, fault } of told) {
      lines.push(`${name} ${fault === undefined ? 'is told again.' : `cannot be told: ${fault}`}`);
    }
    if (told.every(({ fault }) => fault === undefined)) await remove();
  }
  return lines.length === 0 ? ['There are none.'] : lines;
};

/** Keeps the results of scans that were given up. */
const keepScans = async (target: DeadLettersTarget): Promise<string[]> => {
  const keep = scanKeeper(target);
  const lines: string[] = [];
  for await (const letter of lettersOf(target, 'scans')) {
    const kept = await keep(letter).catch((error: unknown) => ({ fault: reasonOf(error) }));
    if (typeof kept === 'object') {
      lines.push(`${letter.id} cannot be kept: ${kept.fault}`);
      continue;
    }
    lines.push(`${letter.id} ${kept ? 'is kept.' : 'says nothing new, or of nothing that counts.'}`);
    await letter.remove();
  }
  return lines.length === 0 ? ['There are none.'] : lines;
};

const replay = (target: DeadLettersTarget, kind: LetterKind): Promise<string[]> => {
  switch (kind) {
    case 'mail':
    case 'webhook':
      return putBack(target, kind);
    case 'events':
      return doAgain(
        target,
        kind,
        lostEntries,
        'Replay once more in two minutes; then find the entries in the history, tell SUBJECT ENTRY each, and forget events.',
      );
    case 'exports':
      return doAgain(
        target,
        kind,
        lostSteps,
        'Replay once more in two minutes; then have the export asked for again, and forget exports.',
      );
    case 'scans':
      return keepScans(target);
    case 'jobs':
      throw new CannotStart(
        'Ticks and uploads cannot be replayed, and need not be: the next tick does what one left, and an upload is settled by the submit, or by the collection, which looks at an announced file 24 hours after its announcement. Forget them.',
      );
  }
};

const forget = async (target: DeadLettersTarget, kind: LetterKind): Promise<string[]> => {
  let count = 0;
  for await (const { remove } of lettersOf(target, kind)) {
    await remove();
    count += 1;
  }
  return [`${count} forgotten.`];
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
      return replay(connect(values), kindNamed(first));
    case 'forget':
      return forget(connect(values), kindNamed(first));
    case 'tell': {
      if (first === undefined || second === undefined) throw new CannotStart('tell needs SUBJECT and ENTRY.');
      await entryPublisher(connect(values))({ subject: first, entry: second });
      return [`${first} ${second} is told again.`];
    }
    default:
      throw new CannotStart(`${command} is no command: list, replay, forget and tell are.`);
  }
};
