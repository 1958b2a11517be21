import * as z from 'zod';
import type { HistoryEntry, SubmissionAction } from './entry.ts';

/** What an officer sees of a draft: that it is there, was handed in, taken back, or is gone. What the unit does in between is its own. */
const OF_HEADS: ReadonlySet<string> = new Set<SubmissionAction>([
  'created',
  'submitted',
  'withdrawn',
  'deleted',
  'erased',
]);

/** Whether who has this view of a submission sees an entry of its history. */
export const isVisible = ({ action }: HistoryEntry, view: 'all' | 'head'): boolean =>
  view === 'all' || OF_HEADS.has(action);

const Belonging = z.object({ organiser: z.string(), unitId: z.string() });

/** Whose a submission was that is not there any more, from the first entry of its history. */
export const belongingOf = (first: HistoryEntry | undefined): z.output<typeof Belonging> | undefined =>
  first?.action === 'created' ? Belonging.safeParse(first.details).data : undefined;
