import * as z from 'zod';
import { CategoryCode, Instant, OrganizationId } from '#shared/contract/primitives.ts';
import { CallWindow } from '#shared/domain/call/call-head.ts';
import { bare, type DeadlineScope, type GrantedDeadline } from '#shared/domain/deadline/deadline-in-force.ts';
import { DUE } from './call-items.ts';
import { parseItem } from './parse-item.ts';
import type { TransactWrite } from './transact.ts';

/** Begins the names of all items with deadlines of their own, in the partition of their call. */
export const DEADLINE_ITEMS = 'deadline#';

const categoryKey = (callId: string, category: string) => ({ callId, item: `${DEADLINE_ITEMS}category#${category}` });
const unitKey = (callId: string, unitId: string) => ({ callId, item: `${DEADLINE_ITEMS}unit#${unitId}` });

/** Where a deadline of a category, a unit or a unit in one category lies: the last two in one item. */
export const deadlineKey = (callId: string, { category, unitId }: DeadlineScope) => {
  if (unitId !== undefined) return unitKey(callId, unitId);
  if (category !== undefined) return categoryKey(callId, category);
  throw new Error("The call's own deadline lies in its head");
};

/** The two items that a unit's deadline in a category depends on, besides the call's head. */
export const deadlineKeys = (callId: string, { category, unitId }: { category: string; unitId: string }) => [
  categoryKey(callId, category),
  unitKey(callId, unitId),
];

const Deadline = CallWindow.pick({ closesAt: true, closesAtLocal: true, closesText: true }).extend({ setAt: Instant });

const DeadlineItem = z.object({
  category: CategoryCode.optional(),
  unitId: OrganizationId.optional(),
  /** Of the category, or of the unit in every category. */
  own: Deadline.optional(),
  /** Of the unit in single categories, by their codes. */
  inCategories: z.record(CategoryCode, Deadline).optional(),
});

/** The deadlines that lie in one item. */
export const parseDeadlines = (item: unknown): GrantedDeadline[] => {
  const { category, unitId, own, inCategories = {} } = parseItem('deadline', DeadlineItem, item);
  return [
    ...(own === undefined ? [] : [{ category, unitId, ...own }]),
    ...Object.entries(inCategories).map(([code, deadline]) => ({ category: code, unitId, ...deadline })),
  ];
};

const ItemName = z.object({ item: z.string() });

/** Whether a stored item of a call holds deadlines. */
export const isDeadlineItem = (stored: unknown): boolean =>
  parseItem('item of a call', ItemName, stored).item.startsWith(DEADLINE_ITEMS);

const stored = ({ setAt, ...deadline }: GrantedDeadline) => ({ ...bare(deadline), setAt });

/** Of deadlines that lie together: the watermark of their timeline. */
const DeadlineMark = z.object({ advancedTo: Instant.optional() });
export const parseDeadlineMark = (item: unknown): string | undefined =>
  parseItem('deadline', DeadlineMark, item).advancedTo;

/** Moves the watermark of deadlines that lie together to `advancedTo`; they are looked at again at `dueAt`, without it not any more. All are instants. */
export const markDeadlines = (
  tableName: string,
  place: { readonly callId: string; readonly item: string },
  advancedTo: string,
  dueAt: string | undefined,
): TransactWrite => ({
  Update: {
    TableName: tableName,
    Key: { callId: place.callId, item: place.item },
    UpdateExpression:
      dueAt === undefined
        ? 'SET advancedTo = :advancedTo REMOVE due, dueAt'
        : 'SET advancedTo = :advancedTo, due = :due, dueAt = :dueAt',
    ExpressionAttributeValues: {
      ':advancedTo': advancedTo,
      ...(dueAt === undefined ? {} : { ':due': DUE, ':dueAt': dueAt }),
    },
  },
});

/** When the last of some deadlines was set. */
const lastSetAt = (granted: readonly GrantedDeadline[]): string | undefined =>
  granted
    .map(({ setAt }) => setAt)
    .sort()
    .at(-1);

/**
 * Writes what is `granted` at the item of one scope, for the transaction that moves the head from the revision it was read with: every change of a deadline
 * moves the head, so nobody else wrote the item meanwhile. Its timeline is due at once: what is to come is for the next tick to find out. Nothing for the call's
 * own deadline, which lies in the head.
 */
export const writeDeadlines = (
  tableName: string,
  callId: string,
  scope: DeadlineScope,
  granted: readonly GrantedDeadline[],
): TransactWrite[] => {
  const { category, unitId } = scope;
  if (unitId === undefined && category === undefined) return [];
  const ofItem = granted.filter((one) => one.unitId === unitId && (unitId !== undefined || one.category === category));
  const own = ofItem.find((one) => unitId === undefined || one.category === undefined);
  const inCategories = ofItem.flatMap((one) =>
    unitId === undefined || one.category === undefined ? [] : [[one.category, stored(one)] as const],
  );
  const set = {
    ...(unitId === undefined ? { category } : { unitId }),
    ...(own === undefined ? {} : { own: stored(own) }),
    ...(inCategories.length === 0 ? {} : { inCategories: Object.fromEntries(inCategories) }),
    ...{ due: DUE, dueAt: lastSetAt(ofItem) },
  };
  const names = Object.keys(set);
  return [
    {
      Update: {
        TableName: tableName,
        Key: deadlineKey(callId, scope),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
      },
    },
  ];
};
