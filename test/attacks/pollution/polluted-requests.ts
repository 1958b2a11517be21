import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { type RecordedHttpEvent, recordedHttpEvent } from '#test/contract/recorded-events.ts';
import { textWorkbook } from '#test/support/workbook.ts';
import { changedAt, placesOf, valueAt } from '../fuzz/places.ts';
import type { AttackedOperation } from '../whole-system.ts';
import { MARK } from './stored.ts';

/** Members nobody asked for, as text: an object literal could not say `__proto__`. */
const MEMBERS: readonly string[] = [
  `"__proto__":{"${MARK}":"${MARK}"}`,
  `"\\u005f_proto__":{"${MARK}":"${MARK}"}`,
  `"__proto__":null`,
  `"constructor":{"prototype":{"${MARK}":"${MARK}"}}`,
  `"prototype":{"${MARK}":"${MARK}"}`,
  `"toString":"${MARK}"`,
  `"hasOwnProperty":"${MARK}"`,
  `"__defineGetter__":"${MARK}"`,
  `"${MARK}":"${MARK}"`,
  `"":"${MARK}"`,
];

const PLACEHOLDER = 'here-comes-a-member';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A body with a member more in each of its objects, one object and one member at a time. */
export const pollutedTexts = (body: unknown): string[] =>
  placesOf(body)
    .filter((place) => isObject(valueAt(body, place)))
    .flatMap((place) => {
      const json = JSON.stringify(
        changedAt(body, place, (before) => ({ [PLACEHOLDER]: 0, ...(isObject(before) ? before : {}) })),
      );
      return MEMBERS.map((member) => json.replace(`"${PLACEHOLDER}":0`, member));
    });

/** With own keys of those names, as JSON.parse makes them. */
const pollutedRecord = (of: Readonly<Record<string, string>>): Record<string, string> => {
  const more = ['__proto__', 'constructor', 'toString', MARK].map((name) => `"${name}":"${MARK}"`);
  const all = [...more, ...Object.entries(of).map((entry) => entry.map((text) => JSON.stringify(text)).join(':'))];
  return JSON.parse(`{${all.join(',')}}`);
};

const withBody = (event: RecordedHttpEvent, body: string | Uint8Array, contentType: string): RecordedHttpEvent => ({
  ...event,
  headers: { ...event.headers, 'content-type': contentType },
  body: typeof body === 'string' ? body : Buffer.from(body).toString('base64'),
  isBase64Encoded: typeof body !== 'string',
});

const YAML = [
  `__proto__: {${MARK}: ${MARK}}`,
  `<<: {__proto__: {${MARK}: ${MARK}}}`,
  `? __proto__\n: ${MARK}`,
  `!!str __proto__: ${MARK}`,
  `constructor: {prototype: {${MARK}: ${MARK}}}`,
];

const COLUMNS = ['__proto__', 'constructor', 'toString', MARK, '名称.__proto__', '__proto__[a]'];

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const rosters = (event: RecordedHttpEvent): RecordedHttpEvent[] =>
  COLUMNS.flatMap((column) => {
    const rows = [
      ['编号', '名称', column],
      [`unit-${MARK}`, '某学会', MARK],
    ];
    return [
      withBody(event, rows.map((cells) => cells.join(',')).join('\n'), 'text/csv'),
      withBody(event, textWorkbook(rows), XLSX),
    ];
  });

/** Requests of an operation with members nobody asked for: in query, headers, path, and every object of the body; of these at most about `most`. */
export const pollutedRequests = ({ operation, folder }: AttackedOperation, most: number): RecordedHttpEvent[] => {
  const event = recordedHttpEvent(folder);
  const around = [
    { ...event, queryStringParameters: pollutedRecord(event.queryStringParameters ?? {}) },
    { ...event, headers: pollutedRecord(event.headers) },
    { ...event, pathParameters: pollutedRecord(event.pathParameters ?? {}) },
  ];
  if (operation.body === undefined) return around;
  const formats = operation.bodyFormats ?? ['json'];
  if (formats.includes('csv')) return [...around, ...rosters(event)];

  const { body = '{}', isBase64Encoded } = event;
  const sent = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  const texts = pollutedTexts(formats.includes('yaml') ? parseYaml(sent) : JSON.parse(sent));
  const step = Math.max(1, Math.ceil(texts.length / most));
  const chosen = texts.filter((_, index) => index < MEMBERS.length || index % step === 0);
  const asJson = chosen.map((json) => withBody(event, json, 'application/json'));
  if (!formats.includes('yaml')) return [...around, ...asJson];
  // JSON is YAML, too.
  const yaml = [...chosen, ...YAML.map((line) => `${line}\n${sent}`)];
  return [...around, ...asJson, ...yaml.map((text) => withBody(event, text, 'application/yaml'))];
};
