import fc from 'fast-check';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { type RecordedHttpEvent, recordedHttpEvent, withClaims } from '#test/contract/recorded-events.ts';
import type { AttackedOperation } from '../whole-system.ts';
import type { BrokenText } from './broken-texts.ts';
import { documented, validatorOf } from './document.ts';
import { JUNK } from './junk.ts';
import { changedAt, placesOf } from './places.ts';
import type { RequestSchema } from './request-schema.ts';
import { RequestSchema as Schema } from './request-schema.ts';
import { validValues } from './valid-values.ts';

/**
 * What the document lets expect. `understood`: every part is as its schema says, so it may be refused for what it asks, never as INVALID_REQUEST.
 * `granted`: one that the fixture world grants as long as it is as it was. `refused`: one part is not as its schema says, so it is refused before anything
 * looks at what it asks. `any`: the document leaves it open.
 */
export type Expectation = 'granted' | 'understood' | 'refused' | 'any';

type Texts = Readonly<Record<string, string>>;

/** One request, described so that a counterexample can be read. */
export interface Fuzzed {
  readonly what: string;
  readonly actor: Actor;
  readonly late: boolean;
  readonly params: Texts;
  readonly query: Texts;
  readonly headers: Texts;
  readonly json?: string;
  readonly expects: Expectation;
}

/** Whose token comes with it. */
const CLAIMS = {
  recorded: {},
  officer: { sub: 'demo-officer' },
  secretary: { sub: 'demo-secretary' },
  otherSecretary: { sub: 'demo-secretary-2' },
  stranger: { sub: 'stranger' },
} as const;
type Actor = keyof typeof CLAIMS;

const actors: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('recorded' as const) },
  { weight: 1, arbitrary: fc.constantFrom(...(['officer', 'secretary', 'otherSecretary', 'stranger'] as const)) },
);

/** After every deadline of the fixture world, ms. */
const TOO_LATE = Date.UTC(2100, 0, 1);

/** Where the document says what a cursor looks like and not which there are, a made-up one is rightly refused. */
const OPAQUE = 'cursor';

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const recordOf = (schemas: Readonly<Record<string, fc.Arbitrary<string>>>, requiredKeys: string[] = []) =>
  fc.record(schemas, { requiredKeys });

const parametersIn = ({ operation }: AttackedOperation, place: 'path' | 'query' | 'header') =>
  documented(operation).parameters.filter((parameter) => parameter.in === place);

const headersIn = (attacked: AttackedOperation) =>
  recordOf({
    ...Object.fromEntries(
      parametersIn(attacked, 'header').map(({ name, schema }) => [
        name,
        name === 'if-match'
          ? fc.constantFrom('*', '"1"', '"2"', 'W/"1"', '"', 'x, "1"')
          : fc.oneof(fc.constantFrom('again', '\u00e9\u00ff'), validValues(schema).map(asText)),
      ]),
    ),
    accept: fc.constantFrom('text/html', 'application/json;q=0.1,text/html', '*/*', ';;;q=,', ''),
    'accept-language': fc.constantFrom('en', 'zh-CN,en;q=0.5', '*', ';q=1', ',,,,'),
  });

const validQuery = (attacked: AttackedOperation) =>
  recordOf(
    Object.fromEntries(
      parametersIn(attacked, 'query')
        .filter(({ name }) => name !== OPAQUE)
        .map(({ name, schema }) => [name, validValues(schema).map(asText)]),
    ),
  );

/** The ids that the recorded event names, or others of the same form. */
const validParams = (attacked: AttackedOperation, { pathParameters = {} }: RecordedHttpEvent) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(pathParameters) },
    {
      weight: 1,
      arbitrary: recordOf(
        Object.fromEntries(
          parametersIn(attacked, 'path').map(({ name, schema }) => [name, validValues(schema).map(asText)]),
        ),
        Object.keys(pathParameters),
      ),
    },
  );

const JSON_BODY = ['requestBody', 'content', 'application/json', 'schema'] as const;

const bodySchema = ({ operation }: AttackedOperation): RequestSchema | undefined => {
  const schema = documented(operation).requestBody?.content['application/json']?.schema;
  return schema === undefined ? undefined : Schema.parse(schema);
};

/** The body that the recorded event has, as a value. */
const recordedBody = ({ body, isBase64Encoded, headers }: RecordedHttpEvent): unknown => {
  if (body === undefined) return {};
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  return headers['content-type']?.includes('yaml') === true ? parseYaml(text) : JSON.parse(text);
};

/** A body as recorded, with one thing in it replaced, taken out, put in, doubled or wrapped. */
const changedBodies = (event: RecordedHttpEvent): fc.Arbitrary<unknown> => {
  const body = recordedBody(event);
  const places = placesOf(body);
  const changes = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...JUNK).map((junk) => () => junk) },
    fc.constant(() => undefined),
    fc.constant((before: unknown) => [before]),
    fc.constant((before: unknown) => ({ ...(Object(before) === before ? Object(before) : {}), unknownField: 1 })),
    fc.constant((before: unknown) => (Array.isArray(before) ? [...before, ...before] : `${String(before)} `)),
    fc.constant((before: unknown) => (typeof before === 'string' ? before.repeat(50) : [[before]])),
  );
  return fc.tuple(fc.constantFrom(...places), changes).map(([place, change]) => changedAt(body, place, change) ?? null);
};

/** Requests as the document allows, but for the body of some, of which the document is the judge. */
export const requestsTo = (attacked: AttackedOperation): fc.Arbitrary<Fuzzed> => {
  const event = recordedHttpEvent(attacked.folder);
  const schema = bodySchema(attacked);
  const bodies =
    schema === undefined
      ? fc.constant(undefined)
      : fc.oneof({ weight: 1, arbitrary: validValues(schema) }, { weight: 2, arbitrary: changedBodies(event) });
  return fc
    .record({
      actor: actors,
      late: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
      params: validParams(attacked, event),
      query: validQuery(attacked),
      headers: headersIn(attacked),
      body: bodies,
    })
    .map(({ body, ...request }) => {
      if (schema === undefined) return { ...request, what: 'as documented', expects: 'understood' };
      const json = JSON.stringify(body);
      // What is judged is what is sent: JSON has no -0 and no undefined.
      const isValid = validatorOf(attacked.operation, JSON_BODY)(JSON.parse(json));
      return {
        ...request,
        json,
        what: isValid ? 'a right body' : 'a wrong body',
        expects: isValid ? 'understood' : 'refused',
      };
    });
};

const brokenOf = (schema: RequestSchema): readonly string[] => {
  if (schema.enum !== undefined) return ['no-such', '', `${schema.enum[0]},${schema.enum[0]}`, 'toString'];
  if (schema.type === 'integer') return ['0', '-1', '101', '1.5', 'x', '', 'NaN', 'Infinity', '1e400', '9'.repeat(400)];
  if (schema.pattern !== undefined) return ['A b', '', '\u0000', 'é', '../', 'x'.repeat(5_000)];
  return [
    ...(schema.minLength === undefined ? [] : ['']),
    ...(schema.maxLength === undefined ? [] : ['x'.repeat(schema.maxLength + 1), '申'.repeat(9_000)]),
  ];
};

/** Requests with one part of the query or one header that is not as documented. */
export const brokenParameters = (attacked: AttackedOperation): fc.Arbitrary<Fuzzed> | undefined => {
  const event = recordedHttpEvent(attacked.folder);
  const json = bodySchema(attacked) === undefined ? {} : { json: JSON.stringify(recordedBody(event)) };
  const base = {
    late: false,
    actor: 'recorded' as const,
    params: event.pathParameters ?? {},
    query: {},
    headers: {},
    expects: 'refused' as const,
    ...json,
  };
  const broken = [
    ...parametersIn(attacked, 'query').flatMap(({ name, schema }) =>
      brokenOf(schema).map((value): Fuzzed => ({ ...base, what: `a wrong ${name}`, query: { [name]: value } })),
    ),
    ...parametersIn(attacked, 'header').flatMap(({ name, schema }) =>
      brokenOf(schema).map((value): Fuzzed => ({ ...base, what: `a wrong ${name}`, headers: { [name]: value } })),
    ),
  ];
  return broken.length === 0 ? undefined : fc.constantFrom(...broken);
};

/** What may stand in a path after the gateway decoded it. */
const PATH_JUNK = [
  '',
  ' ',
  '..',
  '../..',
  '%2e%2e',
  '\u0000',
  'é',
  '🙂',
  '__proto__',
  'constructor',
  'NaN',
  '1e3',
  '-1',
  '0',
  '1.5',
  '9'.repeat(30),
  'x'.repeat(9_000),
  '#',
  'head',
  'a#b',
];

/** Requests whose path or cursor was tampered with: unknown, refused, or even right. */
export const tamperedRequests = (attacked: AttackedOperation): fc.Arbitrary<Fuzzed> => {
  const event = recordedHttpEvent(attacked.folder);
  const { pathParameters = {} } = event;
  const json = bodySchema(attacked) === undefined ? {} : { json: JSON.stringify(recordedBody(event)) };
  const ofPath = Object.keys(pathParameters).map((name) =>
    fc.constantFrom(...PATH_JUNK).map((value) => ({ params: { ...pathParameters, [name]: value }, query: {} })),
  );
  const cursors = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    fc.json().map((text) => Buffer.from(text).toString('base64url')),
    fc.constantFrom('e30', 'bnVsbA', 'W10', 'eyJhIjp7fX0', 'x'.repeat(1_000)),
  );
  const ofCursor = parametersIn(attacked, 'query').some(({ name }) => name === OPAQUE)
    ? [cursors.map((cursor) => ({ params: pathParameters, query: { cursor } }))]
    : [];
  return fc.oneof(fc.constant({ params: pathParameters, query: {} }), ...ofPath, ...ofCursor).map((request) => ({
    what: 'a tampered path or cursor',
    actor: 'recorded',
    late: false,
    headers: {},
    expects: 'any',
    ...request,
    ...json,
  }));
};

/** The event by which API Gateway hands a request over. */
export const eventOf = (attacked: AttackedOperation, request: Fuzzed): RecordedHttpEvent => {
  const recorded = recordedHttpEvent(attacked.folder);
  const { actor, late, params, query, headers, json } = request;
  const event = recorded.requestContext.authorizer === undefined ? recorded : withClaims(recorded, CLAIMS[actor]);
  return {
    ...event,
    ...(Object.keys(params).length === 0 ? {} : { pathParameters: { ...params } }),
    queryStringParameters: { ...query },
    headers: { ...event.headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    requestContext: { ...event.requestContext, ...(late ? { timeEpoch: TOO_LATE } : {}) },
    ...(json === undefined ? {} : { body: json, isBase64Encoded: false }),
  };
};

/** The recorded event with another body; bytes come in base64, as the gateway hands them over. */
export const withText = (
  { folder }: AttackedOperation,
  { body, contentType = 'application/json', headers }: BrokenText,
): RecordedHttpEvent => {
  const event = recordedHttpEvent(folder);
  return {
    ...event,
    headers: { ...event.headers, 'content-type': contentType, ...headers },
    body: typeof body === 'string' ? body : Buffer.from(body).toString('base64'),
    isBase64Encoded: typeof body !== 'string',
  };
};
