import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { Annex, CallDefinition, Category, CategoryNode, Material } from '#shared/domain/call/definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { Field, Statement } from '#shared/domain/form/definition.ts';
import { CALLS_FOLDER } from './read-call.ts';

const readme = readFileSync(new URL('README.md', CALLS_FOLDER), 'utf8');
const blocks = [...readme.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block = '']) => block);

/** What each example of the guide is a part of, by how it begins. */
const parts: readonly (readonly [string, z.ZodType])[] = [
  ['title:', CallDefinition],
  ['paper:', z.strictObject({ paper: CallDefinition.shape.paper })],
  ['joint:', z.strictObject({ joint: CallDefinition.shape.joint })],
  [
    'conditions:',
    z.strictObject({ conditions: CallDefinition.shape.conditions, history: CallDefinition.shape.history }),
  ],
  ['contacts:', z.strictObject({ contacts: CallDefinition.shape.contacts })],
  ['obligations:', z.strictObject({ obligations: CallDefinition.shape.obligations })],
  ['quota:', z.strictObject({ quota: Category.shape.quota })],
  ['goals:', z.strictObject({ goals: Category.shape.goals })],
  ['indicators:', z.strictObject({ indicators: Category.shape.indicators })],
  ['deliverables:', z.strictObject({ deliverables: Category.shape.deliverables })],
  ['- code: "2"', z.array(CategoryNode)],
  ['materials:', z.strictObject({ materials: z.array(Material) })],
  ['- key: meetingProject', z.array(Field)],
  ['- key: participants', z.array(Field)],
  ['statements:', z.strictObject({ statements: z.array(Statement) })],
  ['annexes:', z.strictObject({ annexes: z.array(Annex) })],
];

describe('the guide to writing a call', () => {
  it.each(parts)('has an example that begins with "%s" and is right', (beginning, schema) => {
    const examples = blocks.filter((block) => block.startsWith(beginning));
    expect(examples).toHaveLength(1);
    expect(schema.safeParse(parseYaml(examples[0] ?? '')).error).toBeUndefined();
  });

  it('begins with a whole call that can be saved as it stands', () => {
    expect(checkDefinition(parseYaml(blocks[0] ?? '')).faults).toEqual([]);
  });

  it('has no example that is not tried', () => {
    expect(blocks).toHaveLength(parts.length);
  });

  it('names every key of a call and of a category', () => {
    const keys = [...Object.keys(CallDefinition.shape), ...Object.keys(Category.shape)];
    for (const key of keys) expect(readme).toContain(`\`${key}\``);
  });
});
