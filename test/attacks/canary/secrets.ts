import { exampleAnswers } from '#infra/local/seed/example-call.ts';
import { placesOf, valueAt } from '../fuzz/places.ts';

/** So short a text may stand in a log by chance. */
const SHORTEST = 6;

/** What a reply tells its reader alone: rights in an address, passwords, signatures. */
const TOLD = /url|location|secret|password|jws|signature|policy|credential/i;

/** The part of a URL that is a right; of anything else all of it. */
const rightIn = (text: string): string => text.slice(text.indexOf('?') + 1);

const textsIn = (value: unknown): { key: string; text: string }[] =>
  placesOf(value).flatMap((place) => {
    const text = valueAt(value, place);
    return typeof text === 'string' && text.length >= SHORTEST ? [{ key: String(place.at(-1)), text }] : [];
  });

/** The secrets of a function's result. */
export const secretsIn = (result: unknown): string[] => {
  const { body, headers } = Object(result);
  const isJson = typeof body === 'string' && body.startsWith('{');
  return [...textsIn(headers), ...(isJson ? textsIn(JSON.parse(body)) : [])].flatMap(({ key, text }) =>
    TOLD.test(key) && (!text.includes('://') || text.includes('?')) ? [rightIn(text)] : [],
  );
};

/** What the fixture world holds of people: its answers, and the name of its files. */
export const WORLD_SECRETS: readonly string[] = [
  ...textsIn(exampleAnswers('party-building')).map(({ text }) => text),
  '学会党的建设项目申报书',
];
