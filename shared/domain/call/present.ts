import type * as z from 'zod';
import type { Call, CategoryView } from '#shared/contract/calls.ts';
import { clauseIn } from '#shared/domain/clause.ts';
import type { CallHead, CallWindow } from './call-head.ts';
import { isGroup } from './category-tree.ts';
import type { CallDefinitionWithoutForms, Category, CategoryNode } from './definition.ts';
import { deliverableText } from './deliverable.ts';
import { sizeInBytes } from './material.ts';
import { momentText } from './moment-text.ts';
import type { Paper } from './paper.ts';
import { statusOf } from './status.ts';

/** The records that single deliverables are believed by, each with its place in the list. */
const evidenceOf = (deliverables: Category['deliverables']): z.input<typeof CategoryView>['evidence'] =>
  deliverables.flatMap((one, deliverable) =>
    typeof one === 'string' || one.evidence === undefined
      ? []
      : [{ deliverable, ...one.evidence, ...clauseIn(one.clause) }],
  );

const paperView = (paper: Paper, timezone: string): NonNullable<z.input<typeof Call>['paper']> =>
  paper.closes === undefined ? paper : { ...paper, closesText: momentText(paper.closes, timezone) };

const categoryView = (node: CategoryNode): z.input<typeof CategoryView> => {
  if (isGroup(node)) {
    const empty = { applicants: [], materials: [], conditions: [], indicators: [], deliverables: [], evidence: [] };
    return { ...node, ...empty, categories: node.categories.map(categoryView) };
  }
  const materials = node.materials.map((material) => ({ ...material, maxSize: sizeInBytes(material.maxSize) }));
  const { deliverables } = node;
  return { ...node, materials, deliverables: deliverables.map(deliverableText), evidence: evidenceOf(deliverables) };
};

/**
 * A version of a call as the contract shows it at `now` (ms). The window is the version's own: of the version in force that is the head's.
 * What the definition has and the contract does not name (`opens`, `fixed`) is left out by the reply's schema.
 */
export const presentCall = (
  head: CallHead,
  shown: { version: number; window: CallWindow; definition: CallDefinitionWithoutForms },
  now: number,
): z.input<typeof Call> => {
  const { version, window, definition } = shown;
  const inForce = version === head.publishedVersion;
  return {
    ...definition,
    ...window,
    callId: head.callId,
    version,
    status: statusOf({ ...window, ...(inForce ? { seal: head.seal } : {}) }, now),
    annexes: definition.annexes.map((annex) => ({ ...annex, href: `/calls/${head.callId}/annexes/${annex.key}` })),
    ...(definition.paper === undefined ? {} : { paper: paperView(definition.paper, window.timezone) }),
    categories: definition.categories.map(categoryView),
    ...(inForce && head.closing !== undefined ? { closing: head.closing } : {}),
  };
};
