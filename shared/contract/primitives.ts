import * as z from 'zod';
import type { WellFormedName } from './well-formed.ts';

/** Ids made by the system: 128 random bits in Crockford's base32, 26 characters, lower case. */
const GeneratedId = z.string().regex(/^[0-9a-hjkmnp-tv-z]{26}$/);
export const SubmissionId = GeneratedId.meta({ description: 'Id of a submission' });
export const AttachmentId = GeneratedId.meta({ description: 'Id of an attachment' });
export const ExportId = GeneratedId.meta({ description: 'Id of an export' });
export const ReceiptNo = GeneratedId.meta({ description: 'Number of a receipt (受理回执编号): 128 random bits' });

/** Chosen by the officer; part of addresses. */
export const CallId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,59}$/, 'id' satisfies WellFormedName)
  .meta({ description: 'Id of a call: lower-case letters, digits and hyphens', examples: ['changde-2022'] });
export const CategoryCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, 'code' satisfies WellFormedName)
  .meta({ description: 'Code of a category, unique in its call', examples: ['2-4'] });
export const OrganizationId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,59}$/, 'id' satisfies WellFormedName)
  .meta({ description: 'Id of an organisation (申报单位 or organiser)' });

export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'sha256' satisfies WellFormedName)
  .meta({ description: 'SHA-256, lower-case hex' });

/** Always `toISOString()`: UTC, milliseconds, fixed width, so that string order is time order. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .meta({ description: 'ISO 8601 in UTC with milliseconds', examples: ['2022-03-31T16:00:00.000Z'] });

/** A bare date (the end of that day for a deadline, its start for an opening), or an instant with offset or Z. */
export const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** The same instant as the call's zone writes it. */
export const ZonedInstant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{2}:\d{2}$/)
  .meta({
    description: "The same instant with the offset of the call's zone",
    examples: ['2022-04-01T00:00:00.000+08:00'],
  });

export const Version = z.int().min(1).meta({ description: "Version of a call's definition" });

/** `?limit&cursor` of every list. Cursors are opaque; one that was not given out by this list is refused with 400. */
export const Page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: 'Items per page, 1 to 100' }),
  cursor: z.string().min(1).max(1_000).optional().meta({ description: 'nextCursor of the page before' }),
});

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });
