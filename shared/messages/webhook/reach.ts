import * as z from 'zod';
import type { Reach } from './public-address.ts';

/** The stage's `webhooks` in the environment: `public` alone, or this machine's own addresses as well. */
export const WebhookReach = z
  .enum(['public', 'loopback'])
  .transform((reach): Reach => ({ loopback: reach === 'loopback' }));
