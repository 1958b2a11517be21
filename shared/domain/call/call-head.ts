import * as z from 'zod';
import { CallId, Instant, OrganizationId, Sha256, Version, ZonedInstant } from '#shared/contract/primitives.ts';
import { ReminderPlan } from '#shared/domain/timeline/reminders.ts';

/** When a call takes submissions: `opensAt` ≤ received < `closesAt`. Both are instants; the local forms and the words are for people. */
export const CallWindow = z.object({
  opensAt: Instant,
  closesAt: Instant,
  opensAtLocal: ZonedInstant,
  closesAtLocal: ZonedInstant,
  closesText: z.string(),
  timezone: z.string(),
});
export type CallWindow = z.output<typeof CallWindow>;

/** What the close recorded: submissions, units with at least one, drafts left. */
export const Closing = z.object({ recordedAt: Instant, submissions: z.int(), units: z.int(), drafts: z.int() });
export type Closing = z.output<typeof Closing>;

/** What the last seal closed: `through` is the latest deadline in force at any scope when it was made. */
const SealOfCall = z.object({
  number: z.int().min(1),
  through: Instant,
  /** Root of its Merkle tree. */
  root: Sha256,
  sealedAt: Instant,
  /** In all seals of the call together. */
  submissions: z.int(),
});

/**
 * The part of a call that moves: its window, the version in force, and what closing recorded. The window is that of the version in force, or of the
 * newest version while none is. `revision` moves with every write and is the ETag.
 */
export const CallHead = CallWindow.extend({
  callId: CallId,
  organiser: OrganizationId,
  revision: z.int().min(1),
  latestVersion: Version,
  publishedVersion: Version.optional(),
  /** Digest of what that version says: its parts are read by it, so publishing flips this and nothing else. */
  publishedContent: Sha256.optional(),
  publishedAt: Instant.optional(),
  reminders: ReminderPlan.optional(),
  /** When the deadline was last set, or the reminders: what lies before is not reminded of. */
  deadlineSetAt: Instant.optional(),
  closing: Closing.optional(),
  /** The latest deadline that a category or a unit was granted, later than the call's own or not: sealing waits for both. */
  lastClosesAt: Instant.optional(),
  /** Every step of the timeline up to this instant is done. */
  advancedTo: Instant.optional(),
  /** Up to this instant the progress was counted. */
  sampledTo: Instant.optional(),
  seal: SealOfCall.optional(),
  /** Since then answers and files of what was submitted are deleted: nothing can be reopened any more. */
  erasedFrom: Instant.optional(),
});
export type CallHead = z.output<typeof CallHead>;
