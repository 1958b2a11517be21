import fc from 'fast-check';
import type { Field, FieldOf, Format, ScalarField, TableField } from '#shared/domain/form/definition.ts';

/** Texts that have a format and, beside them, texts that nearly do. */
const FORMAT_EXAMPLES: Readonly<Record<Format, { good: readonly string[]; near: readonly string[] }>> = {
  uscc: {
    good: ['91350100M000100Y43', '52430700MJJ000000W'],
    near: [
      '91350100M000100Y4',
      '91350100m000100y43',
      '91350100M000100Y4O',
      '91350100M000100Y44',
      ' 91350100M000100Y43',
    ],
  },
  'phone-cn': {
    good: ['0736-7250000', '07367250000', '13900000000', '7250000', '010-62000000-123456'],
    near: ['0736-1250000', '0736 7250000', '12900000000', '0736-7250000-1234567', '７２５００００', '+8613900000000'],
  },
  'mobile-cn': {
    good: ['13900000000', '19900000000'],
    near: ['12900000000', '1390000000', '139000000000', '1390000000０'],
  },
  'postcode-cn': { good: ['415000', '000000'], near: ['41500', '4150000', '41500a', '415000\n', '４１５０００'] },
  email: {
    good: ['a@b.cn', "o'neil+x@a-b.example.org", `${'a'.repeat(64)}@b.cn`],
    near: [
      'a@b',
      'a@@b.cn',
      'a..b@c.cn',
      '.a@b.cn',
      'a@-b.cn',
      'a@b.c-',
      '甲@b.cn',
      `${'a'.repeat(65)}@b.cn`,
      `a@${'b.'.repeat(126)}cn`,
    ],
  },
};

const BLANKS = ['', ' ', '\u3000', '\u00a0\ufeff', '\u2028'];
const FORBIDDEN = ['\u0000', '\u001f', '\u007f', '\ud800', '\udc00a', '\ufffe', '\uffff', '\r'];
/** One code point each; among them some that take two UTF-16 units, and some that show nothing by themselves. */
const LETTERS = fc.constantFrom('甲', 'a', '𠮷', '😀', '\u0301', '\u200d', '\u3000', ' ', '0', '"', '\\', '\u0085');

/** A text of exactly so many code points that is not blank. */
const textOf = (length: number, letters: readonly string[]): string => {
  const round = ['乙', ...letters];
  return round.join('').repeat(Math.floor(length / round.length)) + round.slice(0, length % round.length).join('');
};

const textOfLength = (...lengths: readonly number[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...lengths.map((length) => Math.max(length, 0))), fc.array(LETTERS, { maxLength: 4 }))
    .map(([length, letters]) => textOf(length, letters));

const goodText = ({
  required,
  format,
  minLength = 1,
  maxLength,
  multiline,
}: FieldOf<'text'>): fc.Arbitrary<unknown> => {
  const blank = required
    ? []
    : [fc.constantFrom(...BLANKS.filter((text) => text.length <= maxLength && (multiline || text !== '\u2028')))];
  if (format !== undefined) {
    const fitting = FORMAT_EXAMPLES[format].good.filter(({ length }) => minLength <= length && length <= maxLength);
    return fc.oneof(fc.constantFrom(...(fitting.length > 0 ? fitting : FORMAT_EXAMPLES[format].good)), ...blank);
  }
  const usual = textOfLength(minLength, Math.min(minLength + 3, maxLength), Math.min(maxLength, 40));
  return fc.oneof(
    { weight: 12, arbitrary: usual },
    { weight: 2, arbitrary: textOfLength(maxLength) },
    ...(multiline ? [{ weight: 2, arbitrary: usual.map((text) => `${[...text].slice(0, -2).join('')}\n乙`) }] : []),
    ...blank.map((arbitrary) => ({ weight: 1, arbitrary })),
  );
};

const nearText = ({ format, minLength = 1, maxLength }: FieldOf<'text'>): fc.Arbitrary<unknown> =>
  fc.oneof(
    textOfLength(minLength - 1, maxLength + 1, 2 * maxLength, 2 * maxLength + 1),
    fc.constantFrom(...BLANKS),
    fc.tuple(fc.constantFrom(...FORBIDDEN, '\n', '\t'), fc.constantFrom('', '乙')).map(([one, other]) => one + other),
    ...(format === undefined
      ? []
      : [fc.constantFrom(...FORMAT_EXAMPLES[format].near, ...FORMAT_EXAMPLES[format].good)]),
  );

const around = (bounds: readonly (number | undefined)[], steps: readonly number[]): readonly number[] =>
  bounds.flatMap((bound) => (bound === undefined ? [] : steps.map((step) => bound + step)));

const goodInteger = ({ min = -1_000, max = 1_000_000 }: FieldOf<'integer'>): fc.Arbitrary<unknown> =>
  fc.oneof(fc.integer({ min, max: Math.max(min, max) }), fc.constantFrom(min, max));

const nearInteger = ({ min, max }: FieldOf<'integer'>): fc.Arbitrary<unknown> =>
  fc.constantFrom<unknown>(
    ...around([min, max], [-1, 0, 1, 0.5]),
    ...[-0, 0, 1.5, 5e-324, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e21],
    // What JSON.parse makes of 1e400.
    Number.POSITIVE_INFINITY,
    '5',
  );

const goodMoney = ({ unit, min = '0', max }: FieldOf<'money'>): fc.Arbitrary<unknown> =>
  fc.constantFrom(
    min,
    max ?? min,
    ...(max === undefined ? ['999999999999999', '20', '7.50', '0.5'] : []),
    ...(min === '0' && unit === '万元' ? ['0.000001'] : []),
  );

const nearMoney = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(
      '01',
      '00',
      '1e3',
      '-1',
      '+1',
      '.5',
      '5.',
      '1,000',
      '１',
      '1\n',
      ' 1',
      '',
      '0x1',
      'NaN',
      '1000000000000000',
      1,
      0.5,
    ),
    fc.stringMatching(/^[0-9]{1,3}\.[0-9]{1,8}$/),
  );

const DATES = ['2024-02-29', '2000-02-29', '1000-01-01', '9999-12-31', '2022-04-30', '2022-11-30'];
const NO_DATES = [
  ...[
    '2023-02-29',
    '1900-02-29',
    '2024-02-30',
    '2024-04-31',
    '2024-00-10',
    '2024-13-01',
    '2024-01-00',
    '2024-01-32',
    '0999-01-01',
  ],
  ...[
    '2024-1-1',
    '2024/01/01',
    '20240101',
    '2024-01-01T00:00:00Z',
    ' 2024-01-01',
    '2024-01-01\n',
    '２０２４-01-01',
    '+002024-01-01',
    '',
  ],
];

const goodChoices = ({
  required,
  options,
  min = 1,
  max = options.length,
}: FieldOf<'choices'>): fc.Arbitrary<unknown> => {
  const some = fc.subarray(
    options.map(({ value }) => value),
    { minLength: Math.min(min, options.length), maxLength: Math.min(max, options.length) },
  );
  return required ? some : fc.oneof({ weight: 5, arbitrary: some }, { weight: 1, arbitrary: fc.constant([]) });
};

const nearOption = ({ options: [first] }: FieldOf<'choice' | 'choices'>): readonly string[] =>
  first === undefined ? [] : ['', `${first.value} `, `${first.value}\u0301`, first.label.repeat(2), 'constructor'];

const nearChoices = (field: FieldOf<'choices'>): fc.Arbitrary<unknown> => {
  const values = field.options.map(({ value }) => value);
  return fc.oneof(
    fc.subarray(values),
    fc.array(fc.constantFrom<unknown>(...values, ...nearOption(field), null, 1, []), { maxLength: values.length + 1 }),
    fc.constantFrom<unknown>(...values),
  );
};

const ANYTHING = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  1,
  '',
  '甲',
  [],
  {},
  [null],
  [[]],
  [{}],
  { length: 1 },
  ['甲'],
  Number.NEGATIVE_INFINITY,
);

/** An answer that is complete by itself. */
const goodScalar = (field: ScalarField): fc.Arbitrary<unknown> => {
  switch (field.type) {
    case 'text':
      return goodText(field);
    case 'integer':
      return goodInteger(field);
    case 'money':
      return goodMoney(field);
    case 'date':
      return fc.constantFrom(...DATES);
    case 'choice':
      return fc.constantFrom(...field.options.map(({ value }) => value));
    case 'choices':
      return goodChoices(field);
    case 'boolean':
      return fc.boolean();
  }
};

const nearlyGoodScalar = (field: ScalarField): fc.Arbitrary<unknown> => {
  switch (field.type) {
    case 'text':
      return nearText(field);
    case 'integer':
      return nearInteger(field);
    case 'money':
      return nearMoney();
    case 'date':
      return fc.constantFrom(...NO_DATES);
    case 'choice':
      return fc.constantFrom(...nearOption(field));
    case 'choices':
      return nearChoices(field);
    case 'boolean':
      return fc.constantFrom<unknown>('true', 'false', 0, 1, []);
  }
};

/** An answer just beyond what is complete, or of another shape altogether. */
const nearScalar = (field: ScalarField): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: nearlyGoodScalar(field) }, { weight: 1, arbitrary: ANYTHING });

const goodRow = (table: TableField): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(table.columns.map((column) => [column.key, goodScalar(column)])), {
    requiredKeys: table.columns.filter(({ required }) => required).map(({ key }) => key),
  });

const goodTable = (table: TableField): fc.Arbitrary<unknown> => {
  const least = Math.max(table.minRows, table.required ? 1 : 0);
  const rows = fc.array(goodRow(table), { minLength: least, maxLength: Math.min(least + 3, table.maxRows) });
  // As many rows as there may be, which need not differ.
  const full = goodRow(table).map((row) => Array.from({ length: table.maxRows }, () => row));
  return fc.oneof(
    { weight: 24, arbitrary: rows },
    { weight: 1, arbitrary: full },
    { weight: 1, arbitrary: table.required ? rows : fc.constant([]) },
  );
};

/** A key nobody knows; `__proto__` as JSON.parse reads it, a key like any other. */
export const UNKNOWN_KEYS = fc.constantFrom('__proto__', 'constructor', 'toString', '', 'other', '序号', '\ud800');

/** Puts a key of its own even where it is `__proto__`. */
export const withKey = (object: object, key: string, value: unknown): Record<string, unknown> => ({
  ...object,
  ...Object.fromEntries([[key, value]]),
});

const nearRow = (table: TableField): fc.Arbitrary<unknown> =>
  fc.oneof(
    ANYTHING,
    fc.tuple(goodRow(table), UNKNOWN_KEYS).map(([row, key]) => withKey(row, key, 1)),
    ...table.columns.flatMap((column) => [
      fc.tuple(goodRow(table), nearScalar(column)).map(([row, cell]) => ({ ...row, [column.key]: cell })),
      goodRow(table).map(({ [column.key]: _, ...others }) => others),
    ]),
  );

const nearTable = (table: TableField): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 1, arbitrary: ANYTHING },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.array(goodRow(table), { maxLength: 2 }), nearRow(table))
        .map(([rows, row]) => [...rows, row]),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(goodRow(table), fc.constantFrom(table.minRows - 1, table.maxRows + 1, 0))
        .map(([row, length]) => Array.from({ length: Math.max(length, 0) }, () => row)),
    },
  );

export const goodAnswer = (field: Field): fc.Arbitrary<unknown> =>
  field.type === 'table' ? goodTable(field) : goodScalar(field);
export const nearAnswer = (field: Field): fc.Arbitrary<unknown> =>
  field.type === 'table' ? nearTable(field) : nearScalar(field);
