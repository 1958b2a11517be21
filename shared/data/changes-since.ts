import type { DraftChanges } from '#shared/domain/changes/change.ts';
import { changesForDraft } from '#shared/domain/changes/changes-between.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { WholeCategory } from '#shared/domain/submission/category-rules.ts';
import type { Submission } from '#shared/domain/submission/submission.ts';
import { type WholeDefinitions, wholeCategoryOfVersion } from './category-rules.ts';
import type { CallAndDeadline } from './deadlines-repository.ts';

/**
 * What the version in force asks differently from the one a draft was last checked against; undefined of what is no draft, or was checked against it.
 * An older version can come into force again. Definitions are read only where there is something to tell. A category that one of the versions has not (it cannot be taken away while there are
 * drafts, but for the moment in which one is being created) has nothing to compare.
 */
export const changesSince = async (
  definitions: WholeDefinitions,
  { call: { callId, publishedVersion: inForce }, deadline }: CallAndDeadline,
  draft: Pick<Submission, 'head' | 'answers' | 'attachments'>,
): Promise<DraftChanges | undefined> => {
  const { status, callVersion, category } = draft.head;
  if (status !== 'draft' || inForce === undefined || callVersion === inForce) return undefined;
  const rulesIfAny = (version: number): Promise<WholeCategory | undefined> =>
    wholeCategoryOfVersion(definitions, callId, version, category).catch((error: unknown) => {
      if (error instanceof DomainError) return undefined;
      throw error;
    });
  const [before, after, checked] = await Promise.all([
    rulesIfAny(callVersion),
    rulesIfAny(inForce),
    definitions.version(callId, callVersion),
  ]);
  if (before === undefined || after === undefined || checked === undefined) return undefined;
  // No version moves the deadline of a published call, so it is the head that tells one that was moved.
  return changesForDraft({ ...before, closes: checked.window }, { ...after, closes: deadline }, draft);
};
