import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import type { Answers } from './definition.ts';

/** SHA-256, lower-case hex, of the answers' canonical JSON (RFC 8785) in UTF-8: the order in which answers were sent does not matter. */
export const answersDigest = (answers: Answers): string => canonicalDigest(answers);
