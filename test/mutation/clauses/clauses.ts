/** A condition expression as a tree; `text` is the clause as it was written. */
interface Clause {
  readonly text: string;
  readonly start: number;
  /** Whether `text` has parentheses around it. */
  readonly enclosed: boolean;
  readonly joined: 'AND' | 'OR' | undefined;
  readonly parts: readonly Clause[];
}

interface Token {
  readonly text: string;
  readonly start: number;
}

const TOKENS = /<>|<=|>=|[<>=(),]|[#:\w.[\]]+/g;
const tokensOf = (expression: string): Token[] =>
  [...expression.matchAll(TOKENS)].map((match) => ({ text: match[0], start: match.index }));

const endOf = ({ start, text }: Token): number => start + text.length;

/**
 * Reads a condition by DynamoDB's grammar:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
const read = (expression: string): Clause => {
  const tokens = tokensOf(expression);
  let place = 0;
  const peek = (ahead = 0): string => tokens[place + ahead]?.text.toUpperCase() ?? '';
  const take = (): Token => {
    const token = tokens[place];
    if (token === undefined) throw new Error(`The condition ends too early: ${expression}`);
    place += 1;
    return token;
  };
  const clause = (start: number, end: number, joined: Clause['joined'], parts: readonly Clause[]): Clause => ({
    ...{ text: expression.slice(start, end), start, enclosed: false },
    ...{ joined, parts },
  });
  const skipParentheses = (): Token => {
    for (let depth = 0; ; ) {
      const token = take();
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      if (depth === 0) return token;
    }
  };
  /** A path, a value, or a function with what it is of. */
  const operand = (): Token => {
    const token = take();
    return peek() === '(' ? skipParentheses() : token;
  };
  const comparison = (): Clause => {
    const { start } = tokens[place] ?? take();
    let last = operand();
    if (/^(?:<>|[<>]=?|=)$/.test(peek())) {
      take();
      last = operand();
    } else if (peek() === 'BETWEEN') {
      take();
      operand();
      take();
      last = operand();
    } else if (peek() === 'IN') {
      take();
      last = skipParentheses();
    }
    return clause(start, endOf(last), undefined, []);
  };
  const single = (): Clause => {
    if (peek() === 'NOT') {
      const { start } = take();
      const { start: from, text } = single();
      return clause(start, from + text.length, undefined, []);
    }
    if (peek() !== '(') return comparison();
    const opening = take();
    const inside = joinedBy('OR');
    return { ...clause(opening.start, endOf(take()), inside.joined, inside.parts), enclosed: true };
  };
  const joinedBy = (operator: 'AND' | 'OR'): Clause => {
    const next = operator === 'OR' ? () => joinedBy('AND') : single;
    const first = next();
    const parts = [first];
    while (peek() === operator) {
      take();
      parts.push(next());
    }
    if (parts.length === 1) return first;
    const last = parts.at(-1) ?? first;
    return clause(first.start, last.start + last.text.length, operator, parts);
  };
  const whole = joinedBy('OR');
  if (place !== tokens.length) throw new Error(`A condition that is not understood: ${expression}`);
  return whole;
};

/** An attribute that no item has, so that a condition on it says nothing about the item. */
const NOTHING = 'droppedClause';
const ALWAYS = `attribute_exists(${NOTHING}) OR attribute_not_exists(${NOTHING})`;
const NEVER = `attribute_exists(${NOTHING})`;

/** In parentheses, once: DynamoDB refuses redundant ones, and every test would notice that. */
const inParentheses = ({ text, enclosed }: Pick<Clause, 'text' | 'enclosed'>): string =>
  enclosed ? text : `(${text})`;

/** The same condition, written as one without a clause is: what a test notices of it is no clause. */
export const rewritten = (expression: string): string => `${inParentheses(read(expression))} AND (${ALWAYS})`;

/** One clause that can be dropped, and the condition without it. */
export interface Dropped {
  readonly clause: string;
  readonly without: string;
}

/**
 * Every clause of a condition expression, each with the condition that is left when it is dropped: a clause that others have to hold besides is true then, one of
 * several that suffice is false, and all of these together, as a limit that is not there yet or not reached, are a clause too. The clause stays in the text, since DynamoDB refuses names and values that no expression uses.
 */
export const dropEach = (expression: string): Dropped[] => {
  const dropped = (clause: Clause, parent: Clause['joined']): Dropped[] => {
    const { text, start, parts, joined } = clause;
    const kept = inParentheses(clause);
    const instead = parent === 'OR' ? `(${kept} AND ${NEVER})` : `(${kept} OR ${ALWAYS})`;
    const without = expression.slice(0, start) + instead + expression.slice(start + text.length);
    const inside = parts.flatMap((part) => dropped(part, joined));
    // Of clauses that have to hold together each is dropped by itself; all of them at once would be found by the same tests.
    const asWhole = joined !== 'AND' || parent === 'OR';
    return [...(asWhole ? [{ clause: text, without }] : []), ...inside];
  };
  return dropped(read(expression), undefined);
};
