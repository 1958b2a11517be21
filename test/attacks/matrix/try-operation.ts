import type { RecordedHttpEvent } from '#test/contract/recorded-events.ts';
import { withClaims } from '#test/contract/recorded-events.ts';
import type { TableContents } from '#test/support/table-contents.ts';
import type { Answer, Ask, Deployed, DeployedOperations } from './all-handlers.ts';
import { toldTo } from './confidential.ts';
import { PEOPLE, type Person } from './people.ts';
import type { Entry, Target } from './who-may.ts';

/** One request of the matrix. */
interface Cell {
  readonly who: string;
  readonly person: Person;
  readonly target: Target;
  readonly may: boolean;
  readonly event: RecordedHttpEvent;
}

export interface Tried {
  readonly allowed: number;
  readonly refused: number;
  /** What is wrong, in sentences; empty where all is right. */
  readonly faults: readonly string[];
}

/** How many refused requests are under way at once. */
const AT_ONCE = 12;

const withFields = (body: string | undefined, fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...JSON.parse(body ?? '{}'), ...fields });

const bodyOf = ({ body, isBase64Encoded }: RecordedHttpEvent, { fields, replaced }: Target): string | undefined => {
  if (fields !== undefined) return withFields(body, fields);
  if (replaced === undefined || body === undefined) return body;
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  const changed = text.replaceAll(...replaced);
  return isBase64Encoded ? Buffer.from(changed).toString('base64') : changed;
};

const requestFor = (event: RecordedHttpEvent, target: Target): RecordedHttpEvent => {
  const { params, query, headers } = target;
  const body = bodyOf(event, target);
  return {
    ...event,
    pathParameters: { ...event.pathParameters, ...params },
    queryStringParameters: { ...event.queryStringParameters, ...query },
    headers: { ...event.headers, ...headers },
    ...(body === undefined ? {} : { body }),
  };
};

const cellsOf = ({ operation, event }: Deployed, { may, targets }: Entry): Cell[] => {
  const isAllowed = (target: Target, who: Person): boolean =>
    target.about !== undefined && (target.may ?? may)(who, target.about);
  if (operation.access === 'anyone') {
    return targets.map((target) => ({
      who: 'whoever asks',
      person: PEOPLE.nobody,
      target,
      may: isAllowed(target, PEOPLE.nobody),
      event: requestFor(event, target),
    }));
  }
  return Object.entries(PEOPLE).flatMap(([who, person]) =>
    targets.map((target) => ({
      who,
      person,
      target,
      may: isAllowed(target, person),
      event: withClaims(requestFor(event, target), { sub: person.subject }),
    })),
  );
};

const isSuccess = ({ statusCode }: Answer): boolean => statusCode >= 200 && statusCode < 400;

/** All that somebody who is refused can see. The request id is the recorded one, so even that is the same. */
const seen = ({ statusCode, headers, body }: Answer): string =>
  JSON.stringify([statusCode, Object.entries(headers).sort(), body]);

/** Where two texts part, with what is around it. */
const difference = (one: string, other: string): string => {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 20), at + 60);
  return `“${around(one)}” and not “${around(other)}”`;
};

const inOrder = async <One, Result>(all: readonly One[], each: (one: One) => Promise<Result>): Promise<Result[]> => {
  const results: Result[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    results.push(...(await Promise.all(all.slice(from, from + AT_ONCE).map(each))));
  }
  return results;
};

/** Of these nothing that is unknown can be asked for, so there is no refusal that theirs could be held to. */
const NOTHING_UNKNOWN: ReadonlySet<string> = new Set([
  // It names nothing: there is one list, of whatever the officer who asks keeps.
  'listOrganizations',
]);

/** Refused, and as somebody is who asks for what does not exist. */
const unlikeUnknown = (id: string, answers: readonly { cell: Cell; answer: Answer }[]): string[] => {
  const unknown = new Map<string, string>();
  const kindOf = ({ who, target }: Cell): string => `${who} ${target.kind}`;
  for (const { cell, answer } of answers) {
    if (cell.target.about === undefined && !unknown.has(kindOf(cell))) unknown.set(kindOf(cell), seen(answer));
  }
  return answers.flatMap(({ cell, answer }) => {
    if (cell.target.isPublic === true) return [];
    const expected = unknown.get(kindOf(cell));
    const what = `${cell.who} × ${cell.target.name}`;
    if (expected === undefined)
      return NOTHING_UNKNOWN.has(id) ? [] : `${what} is refused, and there is nothing unknown to compare that with`;
    return seen(answer) === expected
      ? []
      : `${what} is told from what is unknown: ${difference(seen(answer), expected)}`;
  });
};

/** Everybody × every target of one operation: who may succeeds, everybody else is refused alike and leaves no trace. */
export const tryOperation = async (
  deployed: Deployed,
  entry: Entry,
  { takeWrites }: Pick<DeployedOperations, 'takeWrites'>,
  contents: TableContents,
): Promise<Tried> => {
  const ask: Ask = deployed.ask;
  const cells = cellsOf(deployed, entry);
  const toRefuse = cells.filter(({ may }) => !may);
  const toAllow = cells.filter(({ may }) => may);
  const faults: string[] = [];
  takeWrites();

  /** What the requests since the last call changed in the tables, which is then undone, and what they sent elsewhere. */
  const traces = async (): Promise<string[]> => {
    const writes = takeWrites().map((write) => write.split(' '));
    const tables = writes.flatMap(([action, table]) => (action?.startsWith('dynamodb:') ? (table ?? []) : []));
    const elsewhere = writes.filter(([action]) => !action?.startsWith('dynamodb:')).map((write) => write.join(' '));
    return [...(await contents.restore(new Set(tables))), ...elsewhere];
  };

  const answers = await inOrder(toRefuse, async (cell) => ({ cell, answer: await ask(cell.event) }));
  for (const { cell, answer } of answers) {
    if (isSuccess(answer)) faults.push(`${cell.who} × ${cell.target.name}: ${answer.statusCode} for who may not`);
    if (answer.statusCode >= 500) faults.push(`${cell.who} × ${cell.target.name}: ${answer.statusCode}`);
  }
  const left = await traces();
  if (left.length > 0) faults.push(`what was refused left traces: ${left.join(', ')}`);
  faults.push(...unlikeUnknown(deployed.id, answers));

  for (const cell of toAllow) {
    const answer = await ask(cell.event);
    if (!isSuccess(answer))
      faults.push(`${cell.who} × ${cell.target.name}: ${answer.statusCode} for who may: ${answer.body}`);
    const told = toldTo(cell.person, JSON.stringify(cell.event), JSON.stringify([answer.headers, answer.body]));
    if (told.length > 0) faults.push(`${cell.who} × ${cell.target.name} is told of ${told.join(', ')}`);
    await traces();
  }
  return { allowed: toAllow.length, refused: toRefuse.length, faults };
};
