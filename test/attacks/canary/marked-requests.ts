import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { type RecordedHttpEvent, recordedHttpEvent } from '#test/contract/recorded-events.ts';
import { changedAt, placesOf, valueAt } from '../fuzz/places.ts';
import type { AttackedOperation } from '../whole-system.ts';
import { canary } from './leaks.ts';

const textOf = ({ body = '', isBase64Encoded }: RecordedHttpEvent): string =>
  isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;

/** What every request of an applicant's browser carries, and what a proxy writes about them. */
const MARKED_HEADERS = {
  authorization: `Bearer ${canary('token')}`,
  cookie: `session=${canary('cookie')}`,
  'user-agent': canary('agent'),
  referer: `https://${canary('referer')}.example.org/`,
  'x-forwarded-for': canary('address'),
  'x-amzn-trace-id': canary('trace'),
};

/** Every text of a body with a canary behind it, one by one and all at once, in forms that are right more often than not. */
const markedTexts = (body: unknown): unknown[] => {
  const texts = placesOf(body).filter((place) => typeof valueAt(body, place) === 'string');
  const mark = (value: unknown, place: (typeof texts)[number], index: number): unknown =>
    changedAt(value, place, (before) => {
      const text = String(before);
      if (text.includes('@')) return `${canary(index)}@example.org`;
      if (/^https?:/.test(text)) return `https://hooks.example.org/${canary(index)}`;
      const dot = text.lastIndexOf('.');
      return dot > 0 ? `${text.slice(0, dot)}${canary(index)}${text.slice(dot)}` : `${text}${canary(index)}`;
    });
  return [
    ...texts.map((place, index) => mark(body, place, index)),
    texts.reduce<unknown>((marked, place, index) => mark(marked, place, index), body),
  ];
};

/** Bodies in which a canary stands where no text should, or as a key. */
const misplaced = (body: unknown): unknown[] => [
  ...placesOf(body).map((place) => changedAt(body, place, () => ({ [canary('key')]: canary('misplaced') }))),
  canary('whole'),
  [canary('list')],
];

const withBody = (event: RecordedHttpEvent, body: string, contentType: string): RecordedHttpEvent => ({
  ...event,
  headers: { ...event.headers, 'content-type': contentType },
  body,
  isBase64Encoded: false,
});

/** Texts that no parser takes, since parsers like to quote what they did not understand. */
const unreadable = (event: RecordedHttpEvent): RecordedHttpEvent[] => [
  withBody(event, `{"name":"${canary('cut')}`, 'application/json'),
  withBody(event, `{"name":${canary('bare')}}`, 'application/json'),
  withBody(event, `{"${canary('twice')}":1,"${canary('twice')}":2}`, 'application/json'),
  withBody(event, `name: [${canary('yaml')}\n  at: ${canary('line')}`, 'application/yaml'),
  withBody(event, `a: &${canary('anchor')} 1\nb: *${canary('alias')}`, 'application/yaml'),
  withBody(event, `编号,名称,${canary('column')}\n"${canary('cell')}`, 'text/csv'),
  withBody(event, canary('form'), `text/${canary('type')}`),
];

/** At most so many, spread over all of them, the last one among them. */
const spread = <Each>(all: readonly Each[], most: number): Each[] => {
  const step = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, index) => (all.length - 1 - index) % step === 0);
};

const markedEvent = (folder: AttackedOperation['folder']): RecordedHttpEvent => {
  const recorded = recordedHttpEvent(folder);
  return { ...recorded, headers: { ...recorded.headers, ...MARKED_HEADERS } };
};

const bodyOf = (event: RecordedHttpEvent, formats: readonly string[]): unknown =>
  formats.includes('yaml') ? parseYaml(textOf(event)) : JSON.parse(textOf(event));

const markedRows = (event: RecordedHttpEvent): RecordedHttpEvent =>
  withBody(event, textOf(event).replaceAll('常德', `常德${canary('row')}`), 'text/csv');

/** Those of an operation with canaries in the texts of its body, each by itself and all at once: some of them are right, and come to be written. */
export const markedBodies = ({ operation, folder }: AttackedOperation): RecordedHttpEvent[] => {
  const event = markedEvent(folder);
  if (operation.body === undefined) return [];
  const formats = operation.bodyFormats ?? ['json'];
  if (!formats.includes('json')) return [markedRows(event)];
  return markedTexts(bodyOf(event, formats)).map((each) => withBody(event, JSON.stringify(each), 'application/json'));
};

/**
 * The recorded event of an operation with canaries: in its headers always, in each field of its body, in query, path and what cannot be parsed.
 * @param most bodies of each kind
 */
export const markedRequests = ({ operation, folder }: AttackedOperation, most: number): RecordedHttpEvent[] => {
  const event = markedEvent(folder);
  const { pathParameters = {}, queryStringParameters = {} } = event;
  const queries = [...Object.keys(operation.query?.shape ?? {}), 'unknown'].map((name) => ({
    ...event,
    rawQueryString: `${name}=${canary(name)}`,
    queryStringParameters: { ...queryStringParameters, [name]: canary(name) },
  }));
  const paths = Object.keys(pathParameters).map((name) => ({
    ...event,
    rawPath: `/${canary(name)}`,
    pathParameters: { ...pathParameters, [name]: canary(name) },
  }));
  const headers = [...Object.keys(operation.headers?.shape ?? {}), 'accept', 'accept-language'].map((name) => ({
    ...event,
    headers: { ...event.headers, [name]: canary(name) },
  }));
  const around = [event, ...queries, ...paths, ...headers];
  if (operation.body === undefined) return around;

  const formats = operation.bodyFormats ?? ['json'];
  if (!formats.includes('json')) return [...around, markedRows(event), ...unreadable(event)];
  const body = bodyOf(event, formats);
  const bodies = [...spread(misplaced(body), most), ...spread(markedTexts(body), most)];
  return [
    ...around,
    ...unreadable(event),
    ...bodies.map((each) => withBody(event, JSON.stringify(each), 'application/json')),
  ];
};
