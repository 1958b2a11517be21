import { at, type Fault } from '#shared/domain/fault.ts';
import { UNBOUNDED } from '#shared/domain/money/bounds.ts';
import { formatDecimal } from '#shared/domain/money/decimal.ts';
import { type Awards, awardsOf, awardsTogether } from '#shared/domain/money/envelope.ts';
import { amountBounds, type Envelope, envelopeFen } from './amount.ts';
import { isGroup } from './category-tree.ts';
import type { CategoryNode } from './definition.ts';
import type { Findings } from './findings.ts';
import { quotaBounds } from './quota.ts';

/** What the quotas, amounts and envelopes of a node and of all below it say together. */
const awardsAt = (node: CategoryNode): Awards => {
  const envelope = envelopeFen(node.envelope);
  const count = quotaBounds(node.quota);
  return isGroup(node)
    ? awardsTogether(node.categories.map(awardsAt), count, envelope)
    : awardsOf(count, amountBounds(node.amount), envelope);
};

/** An envelope that cannot pay the fewest and smallest awards cannot hold; one that the most and largest leave unspent is worth a look. */
const compare = (envelope: Envelope, { cost }: Awards, path: string): Findings => {
  const { unit } = envelope;
  const total = envelopeFen(envelope);
  if (total === undefined) return { faults: [], warnings: [] };
  const finding = (code: Fault['code'], sum: bigint): Fault => ({
    path,
    code,
    params: { sum: formatDecimal(sum, unit), total: formatDecimal(total, unit), unit },
  });
  if (total < cost.least) return { faults: [finding('ENVELOPE_EXCEEDED', cost.least)], warnings: [] };
  const unspent = cost.most !== undefined && cost.most < total;
  return { faults: [], warnings: unspent ? [finding('ENVELOPE_UNSPENT', cost.most)] : [] };
};

/** The envelopes nearest below a group, added up. */
const envelopesBelow = (nodes: readonly CategoryNode[]): bigint =>
  nodes.reduce((sum, node) => {
    const own = envelopeFen(node.envelope);
    return sum + (own ?? (isGroup(node) ? envelopesBelow(node.categories) : 0n));
  }, 0n);

/** Envelopes below a group that all of them cannot be spent: nothing contradicts, and hardly what was meant. */
const envelopesAbove = (node: CategoryNode, path: string): Fault[] => {
  const total = envelopeFen(node.envelope);
  if (node.envelope === undefined || total === undefined || !isGroup(node)) return [];
  const { unit } = node.envelope;
  const sum = envelopesBelow(node.categories);
  if (sum <= total) return [];
  const params = { sum: formatDecimal(sum, unit), total: formatDecimal(total, unit), unit };
  return [{ path, code: 'ENVELOPES_ABOVE_GROUP', params }];
};

/** Whether the envelope of a node, range and count can hold together, and those below a group with its own. */
export const checkEnvelope = (node: CategoryNode, path: string): Findings => {
  if (node.envelope === undefined) return { faults: [], warnings: [] };
  const where = at(path, 'envelope', 'total');
  const { faults, warnings } = compare(node.envelope, awardsAt(node), where);
  return { faults, warnings: [...warnings, ...envelopesAbove(node, where)] };
};

/** What the quotas below a group can add up to. */
export const countBelow = (nodes: readonly CategoryNode[]): Awards['count'] =>
  awardsTogether(nodes.map(awardsAt), UNBOUNDED).count;
