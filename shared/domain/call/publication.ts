import type { Fault } from '#shared/domain/fault.ts';
import type { ReminderPlan } from '#shared/domain/timeline/reminders.ts';
import type { CallHead, CallWindow } from './call-head.ts';
import { type CategoryPlace, categoryPlaces } from './category-tree.ts';
import type { CallDefinitionWithoutForms } from './definition.ts';
import { durationMs, type Reminders } from './reminders.ts';

/** A version as far as publishing looks at it. */
interface Publishable {
  readonly version: number;
  readonly window: CallWindow;
}

/** The head once a further version is saved. While a version is in force, its window stays. */
export const headWithVersion = (
  head: CallHead | undefined,
  saved: Publishable & { callId: string; organiser: string },
): CallHead => {
  const { callId, organiser, version, window } = saved;
  if (head === undefined) return { callId, organiser, revision: 1, latestVersion: version, ...window };
  return {
    ...head,
    ...(head.publishedVersion === undefined ? window : {}),
    revision: head.revision + 1,
    latestVersion: version,
  };
};

const planOf = ({ before, withoutDraft }: Reminders): ReminderPlan => ({
  before: before.map(durationMs),
  withoutDraft,
});

/** Another version in force moves no deadline, so what it reminds of stays as it was, unless it says so itself. */
const deadlineSetAt = (head: CallHead, reminders: ReminderPlan, at: string): string => {
  const same = head.publishedVersion !== undefined && head.reminders?.before.join() === reminders.before.join();
  return same ? (head.deadlineSetAt ?? at) : at;
};

/** The head once a version is in force, from the instant `at` on. Where one was before, the deadline stays that was moved since. */
export const headPublishing = (
  head: CallHead,
  { version, window, content }: Publishable & { readonly content: { readonly digest: string } },
  written: Reminders,
  at: string,
): CallHead => {
  const reminders = planOf(written);
  return {
    ...head,
    ...(head.publishedVersion === undefined ? window : {}),
    revision: head.revision + 1,
    publishedVersion: version,
    publishedContent: content.digest,
    publishedAt: at,
    reminders,
    deadlineSetAt: deadlineSetAt(head, reminders, at),
  };
};

/** The head once the publication is taken back: nobody had a draft, so what its close recorded counts nothing and goes too, and its timeline begins anew. */
export const headTakenBack = (head: CallHead, newest: Publishable): CallHead => ({
  ...head,
  ...newest.window,
  revision: head.revision + 1,
  publishedVersion: undefined,
  publishedContent: undefined,
  publishedAt: undefined,
  reminders: undefined,
  deadlineSetAt: undefined,
  closing: undefined,
  advancedTo: undefined,
  sampledTo: undefined,
});

/**
 * The head with the publication it had `before`, on top of whatever was saved meanwhile. What the clock did meanwhile is not done again, and a deadline that
 * was moved stays moved.
 */
export const headRestored = (current: CallHead, before: CallHead): CallHead => {
  const { publishedVersion, publishedContent, publishedAt, reminders } = before;
  const revision = current.revision + 1;
  if (current.publishedVersion !== undefined)
    return { ...current, revision, publishedVersion, publishedContent, publishedAt, reminders };
  return {
    ...before,
    revision,
    latestVersion: current.latestVersion,
    advancedTo: current.advancedTo ?? before.advancedTo,
  };
};

/**
 * After publication the window moves by extension and close alone, never by another version. So a further version says what the one in force says, or what
 * holds by now.
 *
 * @param inForce window of the version in force, as it was published; undefined while none is
 */
export const windowFaults = (head: CallHead, inForce: CallWindow | undefined, window: CallWindow): Fault[] => {
  if (inForce === undefined) return [];
  const moved = [
    { path: 'opens', differs: window.opensAt !== inForce.opensAt },
    { path: 'closes', differs: ![inForce.closesAt, head.closesAt].includes(window.closesAt) },
    { path: 'timezone', differs: window.timezone !== inForce.timezone },
  ];
  return moved.flatMap(({ path, differs }): Fault[] => (differs ? [{ path, code: 'WINDOW_CHANGED' }] : []));
};

/** Limits are counted per code of a node: one that was not above the category before would count what is there as nothing. */
const countsFromZero = (before: CategoryPlace, after: CategoryPlace): boolean =>
  after.path.some(
    ({ code, limitPerUnit }) => limitPerUnit !== undefined && !before.path.some((node) => node.code === code),
  );

/** Codes of categories that the version in force has and the next one has not, or has below a limit that would start from zero. */
export const removedCategories = (
  inForce: Pick<CallDefinitionWithoutForms, 'categories'>,
  next: Pick<CallDefinitionWithoutForms, 'categories'>,
): string[] => {
  const places = new Map(categoryPlaces(next.categories).map((place) => [place.category.code, place]));
  return categoryPlaces(inForce.categories).flatMap((before) => {
    const { code } = before.category;
    const after = places.get(code);
    return after === undefined || countsFromZero(before, after) ? code : [];
  });
};
