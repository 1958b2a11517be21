import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DESCRIPTIONS } from '#infra/call-schema/descriptions.ts';
import { callSchema, callSchemaText } from '#infra/call-schema/document.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { writtenCall as smallCall, writtenLeaf } from '#test/support/calls.ts';
import { CALLS_FOLDER, writtenCall } from '#test/unit/calls/read-call.ts';
import { brokenDefinition } from '#test/unit/domain/call/broken-definitions.ts';

// Compiled in strict mode: no keyword without effect, no unknown format.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(callSchema());

/** Where the schema finds something wrong. */
const wrongIn = (definition: unknown): string[] =>
  validate(definition) ? [] : (validate.errors ?? []).map(({ instancePath }) => instancePath);

const CALLS = readdirSync(CALLS_FOLDER, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

const textAt = (path: string) => readFileSync(new URL(path, CALLS_FOLDER), 'utf8');

/** Keys of every object in a schema, with the key of the definition that holds the object. */
const keysIn = (schema: unknown, holder = ''): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === '$defs') return Object.entries(value).flatMap(([name, inner]) => keysIn(inner, name));
    if (keyword !== 'properties') return keysIn(value, holder);
    return Object.entries(value).flatMap(([key, inner]) => [`${holder}/${key}`, ...keysIn(inner, key)]);
  });
};

describe('the schema of call definitions', () => {
  it('is committed as it is emitted (npm run call-schema)', () => {
    expect(readFileSync('shared/contract/call.schema.json', 'utf8')).toBe(callSchemaText());
  });

  it.each(CALLS)('takes the notice %s of this repository', (callId) => {
    expect(wrongIn(writtenCall(callId))).toEqual([]);
  });

  it('takes the first example of the guide', () => {
    const [, example = ''] = /^```yaml\n(title:.*?)^```/ms.exec(textAt('README.md')) ?? [];
    expect(checkDefinition(parseYaml(example)).faults).toEqual([]);
    expect(wrongIn(parseYaml(example))).toEqual([]);
  });

  it.each([
    ['a key nobody knows', { titel: 'x' }, ''],
    ['a number in quotes', { limitPerUnit: '3' }, '/limitPerUnit'],
    ['a date that is none', { closes: '2022-02-30' }, '/closes'],
    ['a form without sections', { forms: { apply: { title: 'x' } } }, '/forms/apply'],
    [
      'a category of a group that lacks its period',
      {
        categories: [
          { code: '1', title: 'x', categories: [{ ...writtenLeaf, code: '1-1', title: 'x', period: undefined }] },
        ],
      },
      '/categories/0/categories/0',
    ],
  ])('refuses %s', (_, wrong, path) => {
    expect(wrongIn(smallCall())).toEqual([]);
    expect(wrongIn(JSON.parse(JSON.stringify(smallCall(wrong))))).toContain(path);
  });

  it('never refuses what the check takes', () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(brokenDefinition(1), (written) => {
        const bySchema = wrongIn(written);
        if (bySchema.length > 0) seen.refused += 1;
        if (checkDefinition(written).faults.length > 0) return;
        seen.taken += 1;
        expect(bySchema).toEqual([]);
      }),
    );
    expect(seen.taken).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  }, 60_000);

  it('describes every key to who writes in an editor, and none that is not there', () => {
    const keys = new Set(keysIn(callSchema()).map((key) => key.replace(/^columns\//, 'fields/')));
    const described = Object.entries(DESCRIPTIONS).flatMap(([holder, texts]) =>
      Object.keys(texts).map((key) => `${holder}/${key}`),
    );
    expect(described.sort()).toEqual([...keys].sort());
  });

  it.each(CALLS)('is named at the top of %s, where editors look for it', (callId) => {
    const [, path = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(textAt(`${callId}/call.yaml`)) ?? [];
    const url = new URL(path, new URL(`${callId}/call.yaml`, CALLS_FOLDER));
    expect(readFileSync(url, 'utf8')).toBe(callSchemaText());
  });
});
