import { DomainError } from '#shared/domain/domain-error.ts';
import type { CallHead } from './call-head.ts';

/**
 * The version in force and the digest of what it says.
 *
 * @throws DomainError NOT_FOUND without a call, and while no version is in force
 */
export const callInForce = <Head extends Pick<CallHead, 'publishedVersion' | 'publishedContent'>>(
  head: Head | undefined,
): { readonly head: Head; readonly version: number; readonly content: string } => {
  if (head?.publishedVersion === undefined || head.publishedContent === undefined) throw new DomainError('NOT_FOUND');
  return { head, version: head.publishedVersion, content: head.publishedContent };
};
