import * as z from 'zod';
import { Instant } from './primitives.ts';

/** How to send a file straight to S3. POST: multipart/form-data with `fields` first and `file` last. PUT: the bytes as body with exactly these headers. */
export const Upload = z
  .discriminatedUnion('method', [
    z.object({
      method: z.literal('POST'),
      url: z.string(),
      fields: z.record(z.string(), z.string()),
      expiresAt: Instant,
    }),
    z.object({
      method: z.literal('PUT'),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      expiresAt: Instant,
    }),
  ])
  .meta({ id: 'Upload' });
export type Upload = z.output<typeof Upload>;
