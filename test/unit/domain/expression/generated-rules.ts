import fc from 'fast-check';

/** Variables that a macro has named, by what they stand for. */
interface Names {
  readonly rows: readonly string[];
  readonly texts: readonly string[];
}

type Rules = (depth: number, names: Names) => fc.Arbitrary<string>;

const over = (list: string, macro: string, variable: string, body: string): string =>
  `${list}.${macro}(${variable}, ${body})`;

const named = (names: Names): string => `v${names.rows.length + names.texts.length}`;

const texts: Rules = (depth, names) => {
  const leaves = fc.constantFrom(
    // Not written as one: a text beside a choice has to be one of its options.
    '("科" + "普")',
    '("" + "")',
    'answers.name',
    'answers.kind',
    'unit.foundedOn',
    'call.today',
    'submission.category',
    ...names.rows.map((row) => `${row}.name`),
    ...names.texts,
  );
  if (depth === 0) return leaves;
  return fc.oneof(
    leaves,
    fc.tuple(texts(depth - 1, names), texts(depth - 1, names)).map(([left, right]) => `(${left} + ${right})`),
  );
};

const textLists: Rules = (depth, names) => {
  const leaves = fc.constantFrom('unit.kinds', 'unit.flags', 'answers.topics', 'submission.partnerKinds');
  if (depth === 0) return leaves;
  const variable = named(names);
  return fc.oneof(
    leaves,
    fc.array(texts(depth - 1, names), { minLength: 1, maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    texts(depth - 1, { ...names, rows: [...names.rows, variable] }).map((body) =>
      over('answers.members', 'map', variable, body),
    ),
    bools(depth - 1, { ...names, texts: [...names.texts, variable] }).map((body) =>
      over('unit.kinds', 'filter', variable, body),
    ),
    fc.tuple(textLists(depth - 1, names), textLists(depth - 1, names)).map(([left, right]) => `(${left} + ${right})`),
  );
};

const ints: Rules = (depth, names) => {
  const leaves = fc.constantFrom(
    '0',
    '3',
    'wan("0.5")',
    'yuan("100.01")',
    'answers.people',
    'answers.total',
    'unit.rating',
    'submission.attachments.proof',
    ...names.rows.flatMap((row) => [`${row}.days`, `${row}.cost`]),
  );
  if (depth === 0) return leaves;
  const variable = named(names);
  return fc.oneof(
    leaves,
    fc
      .tuple(ints(depth - 1, names), fc.constantFrom('+', '-', '*'), ints(depth - 1, names))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    ints(depth - 1, names).map((inner) => `(${inner} / 2 % 7)`),
    textLists(depth - 1, names).map((list) => `size(${list})`),
    texts(depth - 1, names).map((text) => `size(${text})`),
    fc.constant('daysBetween(unit.foundedOn, call.today)'),
    ints(depth - 1, { ...names, rows: [...names.rows, variable] }).map(
      (body) => `sum(${over('answers.members', 'map', variable, body)})`,
    ),
    fc
      .tuple(bools(depth - 1, names), ints(depth - 1, names), ints(depth - 1, names))
      .map(([condition, yes, no]) => `(${condition} ? ${yes} : ${no})`),
  );
};

const bools: Rules = (depth, names) => {
  const leaves = fc.constantFrom(
    'true',
    'answers.hasSite',
    'has(answers.people)',
    ...names.rows.map((row) => `has(${row}.days)`),
  );
  if (depth === 0) return leaves;
  const variable = named(names);
  const macro = fc.constantFrom('all', 'exists', 'exists_one');
  return fc.oneof(
    leaves,
    fc
      .tuple(ints(depth - 1, names), fc.constantFrom('<', '<=', '==', '!=', '>'), ints(depth - 1, names))
      .map(([left, operator, right]) => `${left} ${operator} ${right}`),
    fc
      .tuple(bools(depth - 1, names), fc.constantFrom('&&', '||'), bools(depth - 1, names))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    bools(depth - 1, names).map((inner) => `!(${inner})`),
    fc
      .tuple(texts(depth - 1, names), fc.constantFrom('contains', 'startsWith', 'endsWith'), texts(depth - 1, names))
      .map(([text, method, wanted]) => `${text}.${method}(${wanted})`),
    fc.tuple(texts(depth - 1, names), textLists(depth - 1, names)).map(([text, list]) => `(${text} in ${list})`),
    fc
      .tuple(macro, bools(depth - 1, { ...names, rows: [...names.rows, variable] }))
      .map(([quantifier, body]) => over('answers.members', quantifier, variable, body)),
    fc
      .tuple(macro, bools(depth - 1, { ...names, texts: [...names.texts, variable] }), textLists(depth - 1, names))
      .map(([quantifier, body, list]) => over(list, quantifier, variable, body)),
  );
};

/** Rules that fit the scope of `ruleScope`, macros within macros among them. */
export const generatedRule = (): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: 3 }).chain((depth) => bools(depth, { rows: [], texts: [] }));
