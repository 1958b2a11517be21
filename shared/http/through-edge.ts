import type { MiddlewareObj } from '@middy/core';
import * as z from 'zod';
import { ORIGIN_SECRET_HEADER } from '#shared/contract/origin-secret.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { environment } from '#shared/runtime/environment.ts';
import type { HttpEvent, HttpResult } from './operation-request.ts';

// 128 bits in hexadecimal digits: what is shorter can be guessed.
const Secret = z.string().min(32, 'a secret of CloudFront has 32 characters at least');

/** One, or two while one is put in the other's place; absent where the stage has no CloudFront in front. */
const Secrets = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(Secret).max(2))
  .optional();

/** In the same time whatever is sent: what is compared are digests, of the same length, and each secret is. */
const isOneOf = async (sent: string, secrets: readonly string[]): Promise<boolean> => {
  const { createHash, timingSafeEqual } = await import('node:crypto');
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const digestSent = digest(sent);
  return secrets.map((secret) => timingSafeEqual(digest(secret), digestSent)).includes(true);
};

/**
 * Refuses what did not come by CloudFront and its firewall; nothing to do where the stage has none in front.
 * @throws where the environment has a secret that is none, so that such a function answers nobody
 */
export const throughEdge = (): MiddlewareObj<HttpEvent, HttpResult>[] => {
  const { ORIGIN_SECRETS: secrets } = environment({ ORIGIN_SECRETS: Secrets });
  if (secrets === undefined) return [];
  return [
    {
      before: async ({ event }) => {
        if (!(await isOneOf(event.headers[ORIGIN_SECRET_HEADER] ?? '', secrets))) {
          throw new DomainError('NOT_AT_THIS_ADDRESS');
        }
      },
    },
  ];
};
