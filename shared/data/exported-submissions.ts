import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Answers } from '#shared/domain/form/definition.ts';
import type { Partner, Submission, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { batchGet } from './batch-get.ts';
import { loadSubmission } from './load-submission.ts';
import { organizationKey, parseOrganization } from './organizations-repository.ts';
import { answersKey, parseAnswers, parseSubmissionHead, submissionHeadKey } from './submission-items.ts';
import type { TalliesRepository } from './tallies-repository.ts';

/** Which submissions of a call: by what they are, and in which category. */
export interface Selection {
  readonly callId: string;
  readonly status: 'draft' | 'submitted';
  readonly category?: string | undefined;
}

/** A submission as a row of an export shows it. */
export interface ExportedSubmission {
  readonly head: SubmissionHead;
  readonly unitName: string;
  /** Of a submitted one alone: nobody but its unit reads those of a draft. */
  readonly answers?: Answers;
  /** Those that consented. */
  readonly partners: readonly Partner[];
}

interface Tables {
  readonly submissions: string;
  readonly organizations: string;
}

/** Ids at a time. Their answers are what is in memory: an item has 400 KB at most, some 3 as a rule. */
const IDS_AT_A_TIME = 400;

/** Queries under way at once. */
const LOADS_AT_A_TIME = 16;

const matches = (head: SubmissionHead, { status, category }: Selection): boolean =>
  head.status === status && (category ?? head.category) === head.category;

const byKey = (items: readonly Record<string, unknown>[]): Map<string, unknown> =>
  new Map(items.map((item) => [`${item.submissionId} ${item.item}`, item]));

export type ExportedSubmissions = ReturnType<typeof exportedSubmissions>;

/**
 * The submissions of a call for an export, by the tallies: exact, unit by unit, strongly consistent, in batches of bounded size. Of one that moves while the export
 * runs, what is read is one state or none: never the answers of another edition.
 */
export const exportedSubmissions = (
  db: DynamoDBDocumentClient,
  tables: Tables,
  tallies: Pick<TalliesRepository, 'allOfCall'>,
) => {
  /** The ids by the tallies, in their order, some at a time. */
  async function* idsOf({ callId, status }: Selection): AsyncGenerator<string[]> {
    let ids: string[] = [];
    for await (const tally of tallies.allOfCall(callId)) {
      ids.push(...(status === 'draft' ? tally.drafts : tally.submitted));
      for (; ids.length >= IDS_AT_A_TIME; ids = ids.slice(IDS_AT_A_TIME)) yield ids.slice(0, IDS_AT_A_TIME);
    }
    if (ids.length > 0) yield ids;
  }

  const namesOf = async (unitIds: readonly string[]): Promise<Map<string, string>> => {
    const items = await batchGet(db, tables.organizations, [...new Set(unitIds)].map(organizationKey));
    return new Map(items.map(parseOrganization).map(({ organizationId, name }) => [organizationId, name]));
  };

  /** Heads by id, in the order asked for. What moved since the tally was read is as its head says, so it may have left the selection. */
  const headsOf = async (ids: readonly string[], selection: Selection): Promise<SubmissionHead[]> => {
    const items = byKey(await batchGet(db, tables.submissions, ids.map(submissionHeadKey)));
    return ids.flatMap((submissionId) => {
      const item = items.get(`${submissionId} head`);
      const head = item === undefined ? undefined : parseSubmissionHead(item);
      return head === undefined || !matches(head, selection) ? [] : [head];
    });
  };

  const load = (submissionId: string): Promise<Submission | undefined> =>
    loadSubmission(db, tables.submissions, submissionId);

  const loadAll = async (submissionIds: readonly string[]): Promise<Submission[]> => {
    const loaded: Submission[] = [];
    for (let start = 0; start < submissionIds.length; start += LOADS_AT_A_TIME) {
      const some = await Promise.all(submissionIds.slice(start, start + LOADS_AT_A_TIME).map(load));
      loaded.push(...some.filter((one) => one !== undefined));
    }
    return loaded;
  };

  /** All of one that moved meanwhile, or is applied for jointly, read at once; undefined where it left the selection. */
  const whole = async (
    submissionId: string,
    selection: Selection,
  ): Promise<Omit<ExportedSubmission, 'unitName'> | undefined> => {
    const submission = await load(submissionId);
    if (submission === undefined || !matches(submission.head, selection)) return undefined;
    const partners = submission.partners.filter(({ consentedAt }) => consentedAt !== undefined);
    return { head: submission.head, answers: submission.answers, partners };
  };

  const withAnswers = async (
    heads: readonly SubmissionHead[],
    selection: Selection,
  ): Promise<Omit<ExportedSubmission, 'unitName'>[]> => {
    const keys = heads
      .filter(({ joint }) => joint === undefined)
      .map(({ submissionId, edition }) => answersKey(submissionId, edition));
    const items = byKey(await batchGet(db, tables.submissions, keys));
    const found: Omit<ExportedSubmission, 'unitName'>[] = [];
    for (const head of heads) {
      const item = items.get(`${head.submissionId} ${answersKey(head.submissionId, head.edition).item}`);
      const stored = item === undefined ? undefined : parseAnswers(item);
      // A submit freezes the answers of its edition, so they fit the head; where they do not, both are read again together.
      const fits = stored !== undefined && stored.answersRevision === head.answersRevision;
      const one = fits ? { head, answers: stored.answers, partners: [] } : await whole(head.submissionId, selection);
      if (one !== undefined) found.push(one);
    }
    return found;
  };

  return {
    /** How many there are by the tallies, whatever their category. */
    async count({ callId, status }: Selection): Promise<number> {
      let count = 0;
      for await (const tally of tallies.allOfCall(callId))
        count += status === 'draft' ? tally.drafts.length : tally.submitted.length;
      return count;
    },

    /** The ids by the tallies with the heads that are in the selection, some at a time. `looked`: how many ids that was. */
    async *heads(selection: Selection): AsyncGenerator<{ looked: number; heads: SubmissionHead[] }> {
      for await (const ids of idsOf(selection)) yield { looked: ids.length, heads: await headsOf(ids, selection) };
    },

    /** What rows show, some at a time: for drafts without answers. */
    async *rows(selection: Selection): AsyncGenerator<{ looked: number; submissions: ExportedSubmission[] }> {
      for await (const ids of idsOf(selection)) {
        const heads = await headsOf(ids, selection);
        const [read, names] = await Promise.all([
          selection.status === 'draft' ? heads.map((head) => ({ head, partners: [] })) : withAnswers(heads, selection),
          namesOf(heads.map(({ unitId }) => unitId)),
        ]);
        const submissions = read.map((one) => ({ ...one, unitName: names.get(one.head.unitId) ?? one.head.unitId }));
        yield { looked: ids.length, submissions };
      }
    },

    /** All of each, as one write left it, some at a time. */
    async *wholes(selection: Selection): AsyncGenerator<{ looked: number; submissions: Submission[] }> {
      for await (const ids of idsOf(selection)) {
        // The heads first only where they leave something out: what is loaded has its head with it.
        const kept =
          selection.category === undefined
            ? ids
            : (await headsOf(ids, selection)).map(({ submissionId }) => submissionId);
        const submissions = (await loadAll(kept)).filter(({ head }) => matches(head, selection));
        yield { looked: ids.length, submissions };
      }
    },

    /** Submissions by id, each as one write left it, in the order asked for; deleted ones are left out. */
    loadAll,
    /** Names of units by id. */
    namesOf,
  };
};
