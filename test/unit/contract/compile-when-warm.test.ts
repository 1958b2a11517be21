import { expect, it } from 'vitest';
import * as z from 'zod';
import { compileWhenWarm } from '#shared/contract/compile-when-warm.ts';

it('has a schema compiled once it has been used often, and each by itself', () => {
  const [often, seldom] = [z.object({ a: z.string() }), z.object({ a: z.string() })];
  const contexts = Array.from({ length: 40 }, () => compileWhenWarm(often).jitless);
  expect(contexts).toEqual([...Array(32).fill(true), ...Array(8).fill(false)]);
  expect(compileWhenWarm(seldom)).toEqual({ jitless: true });
});

it('changes nothing of what a schema takes and says', () => {
  const schema = z.strictObject({ id: z.string().regex(/^[a-z]+$/), n: z.int().default(3) });
  const inputs = [{ id: 'a' }, { id: 'A', n: 1 }, { id: 'b', n: 1.5 }, { id: 'c', more: 1 }, null];
  for (let round = 0; round < 20; round += 1)
    for (const input of inputs) {
      const { success, data, error } = schema.safeParse(input, compileWhenWarm(schema));
      const plain = schema.safeParse(input);
      expect({ success, data, issues: error?.issues }).toEqual({
        success: plain.success,
        data: plain.data,
        issues: plain.error?.issues,
      });
    }
});
