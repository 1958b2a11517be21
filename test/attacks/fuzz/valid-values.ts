import fc from 'fast-check';
import type { RequestSchema } from './request-schema.ts';

/** Of JSON Schema's characters, which are code points; no half of a pair among them. */
const text = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', minLength, maxLength }),
    fc.string({ unit: 'grapheme-ascii', minLength, maxLength }),
    fc.constantFrom('常德市化学学会', 'e\u0301', '👩‍👩‍👧', '\u202egpj'),
  );

/** Of JSON Schema's length, which counts code points. */
const fits = (value: string, { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: RequestSchema): boolean => {
  const length = [...value].length;
  return length >= minLength && length <= maxLength;
};

/** What no body may hold, whatever the document says: `__proto__` (test/attacks/pollution), and what stands for bytes that were no UTF-8. */
const isUsable = (text: string): boolean => !text.includes('__proto__') && !text.includes('\uFFFD');

/** A pattern of what a text must not hold cannot be generated from, only filtered by. */
const isOfCharacters = (pattern: string): boolean => pattern.includes('\\P{');

const texts = (schema: RequestSchema): fc.Arbitrary<string> => {
  const { enum: options, pattern, minLength = 0, maxLength } = schema;
  if (options !== undefined) return fc.constantFrom(...options);
  if (pattern === undefined || isOfCharacters(pattern)) {
    const allowed = new RegExp(pattern ?? '', 'u');
    // Up to the brink now and then: where a length is counted otherwise than the document says, it shows there.
    const most = maxLength ?? 40;
    const brink = text(Math.max(minLength, most - 2), most);
    return fc
      .oneof({ weight: 3, arbitrary: text(minLength, Math.min(most, Math.max(minLength, 30))) }, brink)
      .filter((value) => value.isWellFormed() && isUsable(value) && fits(value, schema) && allowed.test(value));
  }
  return fc.stringMatching(new RegExp(pattern, 'u')).filter((value) => fits(value, schema));
};

/** Any JSON value that a body may hold. */
const anyJson: fc.Arbitrary<unknown> = fc
  .json({ stringUnit: 'grapheme' })
  .filter(isUsable)
  .map((json): unknown => JSON.parse(json));

/** What the schema allows. */
export const validValues = (schema: RequestSchema): fc.Arbitrary<unknown> => {
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return fc.oneof(...options.map(validValues));
  if (schema.const !== undefined) return fc.constant(schema.const);
  switch (schema.type) {
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({
        min: schema.minimum ?? Number.MIN_SAFE_INTEGER,
        max: schema.maximum ?? Number.MAX_SAFE_INTEGER,
      });
    case 'number':
      return fc.integer({ min: 1, max: 5 });
    case 'array':
      return fc.array(validValues(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 5, 15) });
    case 'object': {
      const properties = Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [name, validValues(property)]),
      );
      const known = fc.record(properties, { requiredKeys: [...(schema.required ?? [])] });
      if (schema.additionalProperties === false) return known;
      const others = fc.dictionary(fc.string({ unit: 'grapheme' }).filter(isUsable), anyJson, {
        maxKeys: 4,
        noNullPrototype: true,
      });
      return fc.tuple(others, known).map(([more, own]) => ({ ...more, ...own }));
    }
    case undefined:
      return anyJson;
  }
};
