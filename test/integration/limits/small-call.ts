import { writtenForm, writtenLeaf } from '#test/support/calls.ts';

/** Units of a run, by the letter their ids begin with. */
export const UNITS = ['a', 'b', 'c'] as const;
export type Unit = (typeof UNITS)[number];

/** Users and the units they act for: two act for `a`, and one of them for `b` too. */
export const USERS = {
  first: ['a'],
  second: ['a', 'b'],
  third: ['b'],
  fourth: ['c'],
} as const satisfies Record<string, readonly Unit[]>;
export type User = keyof typeof USERS;
export const USER_NAMES = ['first', 'second', 'third', 'fourth'] as const satisfies readonly User[];

export const actsFor = (user: User, unit: Unit): boolean => USERS[user].some((own) => own === unit);

/** Categories, each with its path: alone, two in a group of which one has no limit of its own, two in a group that can be applied to jointly. */
export const PATHS = {
  S: ['S'],
  G1: ['G', 'G1'],
  G2: ['G', 'G2'],
  J1: ['J', 'J1'],
  J2: ['J', 'J2'],
} as const;
export type Category = keyof typeof PATHS;
export const CATEGORIES = ['S', 'G1', 'G2', 'J1', 'J2'] as const satisfies readonly Category[];
export type Node = (typeof PATHS)[Category][number];
export const NODES = ['S', 'G', 'G1', 'J', 'J1', 'J2'] as const satisfies readonly Node[];

/** What versions of the call differ in: the limits there are, and which of the joint categories use up their partners' places. */
export interface Terms {
  readonly call?: number | undefined;
  readonly nodes: Readonly<Partial<Record<Node, number>>>;
  readonly counting: readonly Category[];
}

export const FIRST_TERMS: Terms = { call: 3, nodes: { S: 1, G: 2, G1: 1, J: 2 }, counting: ['J1'] };

export const isJoint = (category: Category): boolean => category === 'J1' || category === 'J2';

export const CALL_TITLE = '试算通知';
export const titleOf = (node: Node): string => `项目${node}`;

/** One clause for each limit, so that a refusal's clause says which one it means. */
export const clauseOf = (node: Node | undefined): string => `通知 ${node ?? '全部'}`;
const JOINT_CLAUSE = '通知 联合';

/** The call as an officer would write it with these terms. It asks for no files: they are no matter of limits. */
export const callWith = ({ call, nodes, counting }: Terms): Record<string, unknown> => {
  const node = (code: Node) => ({
    code,
    title: titleOf(code),
    clause: clauseOf(code),
    ...(nodes[code] === undefined ? {} : { limitPerUnit: nodes[code] }),
  });
  const leaf = (code: Category) => ({
    ...writtenLeaf,
    ...node(code),
    materials: [],
    ...(isJoint(code)
      ? { joint: { allowed: true, partnersCount: counting.includes(code), clause: JOINT_CLAUSE } }
      : {}),
  });
  return {
    title: CALL_TITLE,
    limitPerUnit: call,
    limitClause: clauseOf(undefined),
    categories: [
      leaf('S'),
      { ...node('G'), categories: [leaf('G1'), leaf('G2')] },
      { ...node('J'), categories: [leaf('J1'), leaf('J2')] },
    ],
    forms: { apply: writtenForm },
  };
};
