import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { DraftChanges } from '#shared/domain/changes/change.ts';
import { changesForDraft } from '#shared/domain/changes/changes-between.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { WholeCategory } from '#shared/domain/submission/category-rules.ts';
import type { Submission } from '#shared/domain/submission/submission.ts';
import { type WholeDefinitions, wholeCategoryOfVersion } from './category-rules.ts';

/**
 * What the version in force asks differently from the one a draft was last checked against; undefined of what is no draft, or was checked against it.
 * An older version can come into force again. Definitions are read only where there is something to tell. A category that one of the versions has not (it cannot be taken away while there are
 * drafts, but for the moment in which one is being created) has nothing to compare.
 */
export const changesSince = async (
  definitions: WholeDefinitions,
  { callId, publishedVersion: inForce }: Pick<CallHead, 'callId' | 'publishedVersion'>,
  draft: Pick<Submission, 'head' | 'answers' | 'attachments'>,
): Promise<DraftChanges | undefined> => {
  const { status, callVersion, category } = draft.head;
  if (status !== 'draft' || inForce === undefined || callVersion === inForce) return undefined;
  const rulesIfAny = (version: number): Promise<WholeCategory | undefined> =>
    wholeCategoryOfVersion(definitions, callId, version, category).catch((error: unknown) => {
      if (error instanceof DomainError) return undefined;
      throw error;
    });
  const [before, after] = await Promise.all([rulesIfAny(callVersion), rulesIfAny(inForce)]);
  return before === undefined || after === undefined ? undefined : changesForDraft(before, after, draft);
};
