import { describe, expect, it } from 'vitest';
import { pack, unpack } from '#shared/data/packed-json.ts';
import { FormDefinition } from '#shared/domain/form/definition.ts';

/** As tersely as YAML can say it, 42 bytes with its place in the list. */
const column = (index: number) => ({ key: `c${index}`, label: 'x', type: 'text', maxLength: 1 });

describe('packed JSON', () => {
  it('gives back a form as large as 2 MB of YAML can make one, its defaults written out', () => {
    const table = (index: number) => ({
      key: `t${index}`,
      label: 'x',
      type: 'table',
      maxRows: 1,
      columns: Array.from({ length: 20 }, (_, place) => column(place)),
    });
    const form = FormDefinition.parse({
      title: 'x',
      sections: Array.from({ length: 25 }, (_, section) => ({
        title: 'x',
        fields: Array.from({ length: 100 }, (_, field) => table(section * 100 + field)),
      })),
    });
    expect(JSON.stringify(form).length).toBeGreaterThan(4 * 1024 * 1024);
    expect(unpack(pack(form))).toEqual(form);
  });

  it('refuses to unfold without end', () => {
    expect(() => unpack(pack('x'.repeat(9 * 1024 * 1024)))).toThrow();
  });
});
