import fc from 'fast-check';
import { saveCall } from '#shared/contract/calls.ts';
import { writtenCall, writtenForm, writtenLeaf } from '#test/support/calls.ts';
import { generatedRule } from '#test/unit/domain/expression/generated-rules.ts';

/** A text as somebody would send it to break things, and how it says it is written. */
export interface Hostile {
  readonly format: 'json' | 'yaml';
  readonly text: string;
}

type Json = Record<string, unknown>;

const json = (value: unknown): Hostile => ({ format: 'json', text: JSON.stringify(value) });
const yaml = (text: string): Hostile => ({ format: 'yaml', text });
const times = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Mostly small, at times as much as a body of 2 MB holds of what takes `bytes` each. */
const count = (bytes: number, small = 30): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 200, arbitrary: fc.integer({ min: 1, max: small }) },
    { weight: 1, arbitrary: fc.constant(Math.floor(1_900_000 / bytes)) },
  );

const EVIL = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '\u202E逆序\u202C',
  '\uD800',
  'a\uDFFF',
  '\u0000',
  '\u0007\u001B[2J',
  '\uFEFF',
  '\u2028',
  'a.b[0].c',
  '[[[]]]',
  '....',
  '{{name}}',
  '{name}',
  '$ref',
  '<script>alert(1)</script>',
  "'; DROP TABLE calls; --",
  '👩‍👩‍👧‍👦'.repeat(20),
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘',
  'NaN',
  '1e309',
  '-0',
  ' ',
  '',
];
const repeatedText = (length: fc.Arbitrary<number>) =>
  fc
    .tuple(fc.constantFrom('a', '.', '[', '字', '\\', '"', '${'), length)
    .map(([unit, many]) => unit.repeat(Math.ceil(many / (3 * unit.length))));
const evil = fc.oneof(
  fc.constantFrom(...EVIL),
  fc.string({ unit: 'binary', maxLength: 40 }),
  repeatedText(fc.integer({ min: 1, max: 3_000 })),
);
const odd = fc.oneof(evil, fc.jsonValue({ maxDepth: 3 }), fc.double(), fc.constantFrom(1e308, -1, 0.1, 2 ** 53, null));

const leaf = (code: unknown, more: Json = {}): Json => ({ code, title: '类别', ...writtenLeaf, ...more });
const formOf = (fields: readonly unknown[], more: Json = {}): Json => ({
  title: '申报书',
  sections: times(Math.ceil(fields.length / 100), (index) => ({
    title: '一',
    fields: fields.slice(index * 100, index * 100 + 100),
  })),
  ...more,
});
const callWith = (more: Json): Hostile => json(writtenCall(more));

const nested = (depth: number, open: string, close: string): string => `${open.repeat(depth)}${close.repeat(depth)}`;

const deep = fc
  .tuple(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom('tree', 'list', 'object', 'yaml', 'flow'))
  .map(([depth, how]): Hostile => {
    const call = JSON.stringify(writtenCall()).slice(0, -1);
    switch (how) {
      case 'tree':
        return {
          format: 'json',
          text: `${call},"categories":${nested(depth, '[{"code":"a","title":"t","categories":', '}]').replace('":}', '":[]}')}}`,
        };
      case 'list':
        return { format: 'json', text: `${call},"notice":${nested(depth, '[', ']')}}` };
      case 'object':
        return { format: 'json', text: `${call},"forms":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}` };
      case 'yaml':
        return yaml(times(Math.min(depth, 1_500), (index) => `${' '.repeat(index)}categories:`).join('\n'));
      default:
        return yaml(`forms: ${'['.repeat(depth)}`);
    }
  });

const strings = fc
  .tuple(
    fc.dictionary(evil, odd, { maxKeys: 4 }),
    fc.dictionary(evil, odd, { maxKeys: 4 }),
    odd,
    odd,
    odd,
    repeatedText(count(1, 2_000)),
  )
  .map(([keys, more, code, key, value, notice]) =>
    callWith({
      ...keys,
      notice,
      title: value,
      organiser: key,
      categories: [
        leaf(code, { ...more, form: key, fixed: more }),
        { code, title: value, categories: [leaf(key)], ...keys },
      ],
      forms: {
        ...keys,
        apply: formOf([
          {
            key,
            label: value,
            type: 'choice',
            options: [{ value: key, label: value }],
            visibleWhen: { field: key, in: [value] },
          },
        ]),
      },
    }),
  );

const wide = fc
  .tuple(count(120), count(80), fc.integer({ min: 1, max: 60 }), fc.boolean())
  .map(([leaves, fields, forms, same]) =>
    callWith({
      categories: times(leaves, (index) => leaf(same ? 'a' : `c${index}`, { form: `f${index % forms}` })),
      forms: Object.fromEntries(
        times(forms, (form) => [
          `f${form}`,
          formOf(
            times(Math.ceil(fields / forms), (index) => ({
              key: same ? 'k' : `k${index}`,
              label: '栏',
              type: 'text',
              maxLength: 20,
            })),
          ),
        ]),
      ),
    }),
  );

/** Groups of nothing, which stand in no limit on categories, below as many levels as a tree may have. */
const empty = fc
  .tuple(
    fc.oneof({ weight: 10, arbitrary: fc.integer({ min: 1, max: 50 }) }, { weight: 1, arbitrary: fc.constant(35_000) }),
    fc.integer({ min: 0, max: 7 }),
  )
  .map(([many, levels]) => {
    let categories: unknown[] = times(many, (index) => ({ code: `g${index}`, title: '大类', categories: [] }));
    for (let level = 0; level < levels; level += 1) categories = [{ code: `l${level}`, title: '大类', categories }];
    return callWith({ categories });
  });

const tables = fc.tuple(count(1_500), odd, odd, fc.integer({ min: 1, max: 600 })).map(([many, min, max, rows]) =>
  callWith({
    forms: {
      apply: formOf(
        times(many, (index) => ({
          key: `t${index}`,
          label: '表',
          type: 'table',
          minRows: min,
          maxRows: rows,
          columns: times(20, (column) => ({
            key: `c${column}`,
            label: '列',
            type: 'money',
            unit: '元',
            min: '0.001',
            max,
          })),
        })),
      ),
    },
  }),
);

/** Chains, and circles where the last one leads back. */
const chains = fc
  .tuple(count(90, 400), fc.boolean(), fc.boolean(), fc.integer({ min: 1, max: 30 }))
  .map(([length, circle, reversed, categories]) => {
    const fields = times(length, (index) => ({
      key: `k${index}`,
      label: '栏',
      type: 'boolean',
      ...(index === 0 && !circle ? {} : { visibleWhen: { field: `k${(index + length - 1) % length}`, in: [true] } }),
    }));
    return callWith({
      categories: times(categories, (index) => leaf(`c${index}`, { fixed: { k0: 'a' } })),
      forms: { apply: formOf(reversed ? fields.toReversed() : fields) },
    });
  });

const bomb = fc.oneof(
  generatedRule(),
  fc
    .tuple(
      fc.constantFrom('(', '!', '-', '[', '{', 'has(', 'size(', '"', 'answers.a[', 'a?', '//'),
      fc.integer({ min: 1, max: 1_000 }),
    )
    .map(([open, depth]) => open.repeat(depth)),
  fc
    .tuple(
      fc.constantFrom(
        ['(', ')'],
        ['[', ']'],
        ['!(', ')'],
        ['size([', '])'],
        ['answers.rows.map(r, ', ')'],
        ['answers.rows.all(r, ', ' > 0)'],
      ),
      fc.integer({ min: 1, max: 200 }),
    )
    .map(([[open = '', close = ''], depth]) => `${open.repeat(depth)}true${close.repeat(depth)}`),
  fc
    .tuple(
      fc.constantFrom('true && ', 'true || ', '1 + ', '"a" + ', 'true ? true : ', 'unit.rating == '),
      fc.integer({ min: 1, max: 120 }),
    )
    .map(([part, many]) => `${part.repeat(many)}true`),
  fc.integer({ min: 1, max: 990 }).map((digits) => `answers.n > ${'9'.repeat(digits)}`),
  fc.constantFrom(
    'answers.name.matches("(a+)+$")',
    'answers.rows.all(a, answers.rows.all(b, answers.rows.all(c, a.n < b.n || b.n < c.n)))',
    'answers.rows.map(a, answers.rows.map(b, answers.rows)) == []',
    'cel.bind(x, answers.rows + answers.rows, cel.bind(y, x + x, size(y + y) > 0))',
    'answers.summary.contains(answers.summary)',
    '__proto__ == 1',
    'constructor.constructor("return process")()',
    'answers.constructor == 1',
  ),
  evil,
);
const BOMBED = formOf([
  { key: 'name', label: '名称', type: 'text', maxLength: 60 },
  { key: 'summary', label: '简介', type: 'text', maxLength: 20_000 },
  { key: 'n', label: '数', type: 'integer' },
  { key: 'rows', label: '表', type: 'table', maxRows: 500, columns: [{ key: 'n', label: '数', type: 'integer' }] },
]);
const rules = fc
  .tuple(fc.array(bomb, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 12 }), count(2_000, 4))
  .map(([sources, categories, materials]) => {
    const conditions = sources.map((rule) => ({ text: '条件', effect: 'gate', rule }));
    return callWith({
      conditions,
      categories: times(categories, (index) =>
        leaf(`c${index}`, {
          conditions,
          materials: times(Math.min(materials, 30), (material) => ({
            key: `m${index}x${material}`,
            title: '材料',
            accept: ['pdf'],
          })),
        }),
      ),
      forms: {
        apply: {
          ...BOMBED,
          rules: sources.map((rule) => ({ kind: 'check', rule, message: '不符', fields: ['name'] })),
        },
      },
    });
  });

const conditioned = fc
  .tuple(count(4_000, 10), fc.integer({ min: 1, max: 50 }), generatedRule())
  .map(([categories, conditions, rule]) =>
    callWith({
      conditions: times(conditions, (index) => ({
        text: '条件',
        effect: 'gate',
        rule: `${rule} || unit.rating > ${index}`,
      })),
      categories: times(Math.min(categories, 490), (index) =>
        leaf(`c${index}`, { materials: [{ key: `m${index}`, title: '材料', accept: ['pdf'] }] }),
      ),
    }),
  );

const statements = fc
  .tuple(fc.constantFrom('{a}', '{', '}', '{}', '{name}'), fc.integer({ min: 1, max: 660 }), count(2_100, 20))
  .map(([text, many, total]) =>
    callWith({
      forms: {
        apply: {
          ...writtenForm,
          sections: times(Math.ceil(total / 20), () => ({
            title: '一',
            statements: times(20, () => ({ kind: 'note', text: text.repeat(many) })),
          })),
        },
      },
    }),
  );

const YAML_PARTS = [
  '[',
  '{',
  '"',
  "'",
  '- ',
  '? ',
  'a: ',
  '&a ',
  '*a ',
  '!x ',
  '!!binary ',
  '|\n',
  '>\n',
  '#\n',
  '---\n',
  '%YAML 9\n',
  '<<: ',
  '\t',
  '\r',
  '\\',
  ', ',
  ']',
  '}',
  'k: 1\n',
  '- 1\n',
  '"\\q"\n',
  '\u0000',
  '字',
  '\n',
];
const yamlTexts = fc.oneof(
  fc
    .tuple(fc.constantFrom(...YAML_PARTS), count(1, 300))
    .map(([part, many]) => yaml(part.repeat(Math.ceil(many / part.length)))),
  fc.array(fc.constantFrom(...YAML_PARTS), { maxLength: 60 }).map((parts) => yaml(parts.join(''))),
  fc
    .integer({ min: 2, max: 30 })
    .map((levels) =>
      yaml(
        times(levels, (level) => `a${level}: &a${level} [${level === 0 ? '1' : `*a${level - 1},`.repeat(9)}]`).join(
          '\n',
        ),
      ),
    ),
  fc
    .tuple(count(2, 200), fc.constantFrom('a.', '[0]', '字'))
    .map(([many, part]) => yaml(`forms:\n  ? "${part.repeat(many / part.length)}"\n  : 1\n`)),
);

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 5 }).map(json),
  fc.string({ maxLength: 100 }).map(yaml),
  fc.string({ maxLength: 100 }).map((text): Hostile => ({ format: 'json', text })),
);

/** What is larger is refused before anything reads it. */
const MOST_BYTES = saveCall.bodyLimit ?? 0;

/** Definitions that are too deep, too large, too many of anything, full of rules that cost too much and of texts nobody should trust. */
export const hostileDefinition = (): fc.Arbitrary<Hostile> =>
  fc
    .oneof(
      deep,
      strings,
      wide,
      empty,
      tables,
      chains,
      rules,
      rules,
      conditioned,
      statements,
      yamlTexts,
      yamlTexts,
      junk,
    )
    .filter(({ text }) => Buffer.byteLength(text) <= MOST_BYTES);
