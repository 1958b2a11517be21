import type * as z from 'zod';
import type { getProgress, UnitProgress } from '#shared/contract/progress.ts';
import { isGroup } from '#shared/domain/call/category-tree.ts';
import type { CountedLimit } from '#shared/domain/eligibility/judge-limits.ts';
import { presentLimit } from '#shared/domain/eligibility/present.ts';
import type { PlacedNode } from '#shared/domain/limits/limits-of-call.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';

type Reply = z.input<(typeof getProgress)['reply']>;

/** Of each kind a unit is shown with at most so many; how many there are is told beside. */
export const MOST_SHOWN = 20;

/** A unit as far as its progress is shown. */
export interface ShownUnit {
  readonly unitId: string;
  readonly name: string;
  readonly kinds: readonly string[];
  readonly draftCount: number;
  readonly submissionCount: number;
  readonly heads: readonly SubmissionHead[];
  readonly limits: readonly CountedLimit[];
}

const draftOf = (head: SubmissionHead, fields: number | undefined): z.input<typeof UnitProgress>['drafts'][number] => ({
  submissionId: head.submissionId,
  category: head.category,
  answered: head.answered,
  ...(fields === undefined ? {} : { fields }),
  attachmentCount: head.attachmentCount,
  createdAt: head.createdAt,
  updatedAt: head.updatedAt,
});

/** What a unit has: of drafts how far they are, never their answers. `fieldsIn`: how many fields the form of a category has. */
export const presentUnit = (unit: ShownUnit, fieldsIn: ReadonlyMap<string, number>): Reply['items'][number] => ({
  unitId: unit.unitId,
  name: unit.name,
  kinds: [...unit.kinds],
  draftCount: unit.draftCount,
  drafts: unit.heads
    .filter(({ status }) => status === 'draft')
    .map((head) => draftOf(head, fieldsIn.get(head.category))),
  submissionCount: unit.submissionCount,
  submissions: unit.heads.flatMap(({ submissionId, category, submittedAt }) =>
    submittedAt === undefined ? [] : [{ submissionId, category, submittedAt }],
  ),
  limits: unit.limits.map(presentLimit),
});

/** What was counted in one category or group. */
interface NodeCounts {
  readonly submissions: number;
  readonly units: number;
  readonly drafts: number;
}

const NOTHING: NodeCounts = { submissions: 0, units: 0, drafts: 0 };

/** All categories and groups of a call with what was counted in them. Drafts are counted by category, and of a group added up. */
export const presentTotals = (
  counted: NodeCounts & { readonly categories: Readonly<Record<string, NodeCounts>> },
  nodes: readonly PlacedNode[],
  countedAt: string,
): NonNullable<Reply['totals']> => {
  const countsOf = (code: string): NodeCounts => counted.categories[code] ?? NOTHING;
  const draftsIn = ({ node }: PlacedNode): number =>
    isGroup(node)
      ? nodes.reduce((sum, below) => (below.group === node.code ? sum + draftsIn(below) : sum), 0)
      : countsOf(node.code).drafts;
  const { submissions, units, drafts } = counted;
  return {
    ...{ countedAt, submissions, units, drafts },
    categories: nodes.map((placed) => {
      const { node, group } = placed;
      return {
        code: node.code,
        title: node.title,
        ...(group === undefined ? {} : { group }),
        ...countsOf(node.code),
        drafts: draftsIn(placed),
        ...(node.limitPerUnit === undefined ? {} : { limitPerUnit: node.limitPerUnit }),
      };
    }),
  };
};
