/** A body by its text or bytes, and what may come of it: `refused` with 400, 413 or 415, whatever operation it is of; `any` documented reply. */
export interface BrokenText {
  readonly what: string;
  readonly body: string | Uint8Array;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ends: 'refused' | 'any';
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The first key of an object once more. */
const doubled = (json: string): string | undefined => {
  const first = /^\{("(?:[^"\\]|\\.)*":)/.exec(json)?.[1];
  return first === undefined ? undefined : `{${first}null,${json.slice(1)}`;
};

/** What can be wrong with a body before any schema looks at it, made of one that is right. */
export const brokenJson = (json: string): BrokenText[] => {
  const twice = doubled(json);
  return [
    { what: 'cut off', body: json.slice(0, -1), ends: 'refused' },
    { what: 'cut in half', body: json.slice(0, json.length / 2), ends: json.length < 4 ? 'any' : 'refused' },
    { what: 'followed by more', body: `${json}}`, ends: 'refused' },
    { what: 'a trailing comma', body: `${json.slice(0, -1)},${json.slice(-1)}`, ends: 'refused' },
    { what: 'a comment', body: `${json}// end`, ends: 'refused' },
    { what: 'single quotes', body: json.replaceAll('"', "'"), ends: json.includes('"') ? 'refused' : 'any' },
    { what: 'NaN', body: '{"size":NaN}', ends: 'refused' },
    { what: 'Infinity', body: '[-Infinity]', ends: 'refused' },
    { what: 'a number that overflows', body: '{"size":1e400}', ends: 'refused' },
    { what: 'a number of 20,000 digits', body: `{"size":${'9'.repeat(20_000)}}`, ends: 'refused' },
    { what: 'a lone surrogate', body: '{"name":"\\ud800"}', ends: 'refused' },
    { what: 'a lone surrogate as key', body: '{"\\udfff":1}', ends: 'refused' },
    { what: '65 levels deep', body: `${'['.repeat(65)}${']'.repeat(65)}`, ends: 'refused' },
    { what: '100,000 levels deep', body: `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`, ends: 'refused' },
    { what: 'levels that never end', body: '['.repeat(100_000), ends: 'refused' },
    { what: 'only blanks', body: ' \t\r\n', ends: 'refused' },
    { what: 'a NUL', body: '\u0000', ends: 'refused' },
    {
      what: 'a replacement character',
      body: json.replace('{', '{"\ufffd":1,'),
      ends: json.startsWith('{') ? 'refused' : 'any',
    },
    { what: 'no UTF-8', body: Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d), ends: 'refused' },
    { what: 'GBK', body: Uint8Array.of(0x22, 0xb3, 0xa3, 0xb5, 0xc2, 0x22), ends: 'refused' },
    { what: 'an overlong form', body: Uint8Array.of(0x22, 0xc0, 0x80, 0x22), ends: 'refused' },
    { what: 'UTF-16', body: Buffer.from(`\ufeff${json}`, 'utf16le'), ends: 'refused' },
    { what: 'a byte order mark', body: bytes(`\ufeff${json}`), ends: 'any' },
    { what: 'in base64', body: bytes(json), ends: 'any' },
    { what: '3 MB', body: `${' '.repeat(3 * 1024 * 1024)}${json}`, ends: 'refused' },
    { what: 'no content type', body: json, contentType: '', ends: 'refused' },
    { what: 'plain text', body: json, contentType: 'text/plain', ends: 'refused' },
    { what: 'a form', body: 'a=1&b=2', contentType: 'application/x-www-form-urlencoded', ends: 'refused' },
    { what: 'another charset', body: json, contentType: 'application/json; charset=gbk', ends: 'refused' },
    { what: 'a charset in quotes', body: json, contentType: 'Application/JSON; Charset="UTF-8"', ends: 'any' },
    { what: 'said to be compressed', body: json, headers: { 'content-encoding': 'gzip' }, ends: 'refused' },
    ...(twice === undefined ? [] : [{ what: 'a key twice', body: twice, ends: 'refused' as const }]),
  ];
};

const laughs = (levels: number): string =>
  ['a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]']
    .concat(Array.from({ length: levels }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(9)}]`))
    .join('\n');

/** YAML that is no harmless text, for an operation that reads it. */
export const brokenYaml = (yaml: string): BrokenText[] =>
  (
    [
      ['an alias bomb', laughs(9)],
      ['an alias to itself', 'a: &a [*a]'],
      ['merged keys', 'a: &a {x: 1}\nb:\n  <<: *a'],
      ['a tag that makes a function', 'title: !!js/function "function () { return 1 }"'],
      ['a tag of Python', 'title: !!python/object/apply:os.system ["id"]'],
      ['binary', 'title: !!binary "aGVsbG8="'],
      ['a set and a map in order', 'a: !!set {x, y}\nb: !!omap [x: 1]'],
      ['complex keys', '? [a, b]\n: 1\n? {c: d}\n: 2'],
      ['a key twice', 'title: a\ntitle: b'],
      ['two documents', '---\na: 1\n---\nb: 2'],
      ['a directive', '%YAML 1.1\n---\na: yes'],
      ['an unknown directive', '%FOO bar\n---\na: 1'],
      ['tabs', 'a:\n\tb: 1'],
      ['numbers that are none', 'a: .nan\nb: .inf\nc: 0o17\nd: 0xff\ne: 1_000\nf: 1e999'],
      ['dates', 'a: 2022-03-31\nb: 2022-03-31T24:00:00+08:00'],
      ['a key of null', '~: 1\n: 2'],
      ['only a comment', '# nothing'],
      ['flows 5,000 deep', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
      ['blocks 2,000 deep', Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}- `).join('\n')],
      ['a lone surrogate', 'title: "\\ud800"'],
      ['a NUL', 'title: "\\0"'],
      ['cut in half', yaml.slice(0, yaml.length / 2)],
    ] as const
  ).map(([what, text]) => ({ what, body: bytes(text), contentType: 'application/yaml', ends: 'any' }));

/** CSV that is no roster. */
export const brokenCsv = (csv: string): BrokenText[] =>
  [
    ['an open quote', '编号,名称\n"a,b'],
    ['a quote in a bare cell', '编号,名称\na"b,c'],
    ['more cells than columns', '编号,名称\na,b,c,d'],
    ['columns twice', '编号,名称,名称\na,b,c'],
    ['a formula', '编号,名称\nformula-unit,"=HYPERLINK(""http://example.org"")"'],
    ['only a mark', '\ufeff'],
    ['NULs', '编号,名称\n\u0000,\u0000'],
    ['5,000 columns', Array.from({ length: 5_000 }, (_, index) => `c${index}`).join(',')],
    ['20,000 rows', `编号,名称\n${'a,b\n'.repeat(20_000)}`],
    ['line ends of all kinds', csv.replaceAll('\n', '\r\n\r\u2028')],
    ['cut in half', csv.slice(0, csv.length / 2)],
  ].map(([what = '', text = '']) => ({ what, body: bytes(text), contentType: 'text/csv', ends: 'any' }));
