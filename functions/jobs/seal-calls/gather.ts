import { createHash } from 'node:crypto';
import { pageOfRoster, type RosterPosition } from '#shared/data/call-roster.ts';
import type { ReceiptsRepository } from '#shared/data/receipts-repository.ts';
import type { Run, SealUnderWay, SealWork } from '#shared/data/seal-items.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import { byPlace, entryOf, lineOf, type UnnumberedEntry } from '#shared/domain/seal/roster.ts';
import { runKey } from '#shared/storage/seal-keys.ts';
import type { SealObjects } from '#shared/storage/seal-objects.ts';

export interface Sources {
  readonly tallies: Pick<TalliesRepository, 'pageOfCall'>;
  readonly submissions: Pick<SubmissionsRepository, 'heads'>;
  readonly receipts: Pick<ReceiptsRepository, 'findAll'>;
  readonly objects: Pick<SealObjects, 'writeIfAbsent'>;
}

/** Heads and receipts in memory at a time, some KB each; of a run only the entries stay, half a KB each. */
const READ_AT_A_TIME = 800;

/** The next submissions of a call by its tallies, `limit` of them while there are so many. */
const nextIds = async (
  { tallies }: Pick<Sources, 'tallies'>,
  callId: string,
  limit: number,
  from: RosterPosition | undefined,
): Promise<{ ids: string[]; next: RosterPosition | undefined }> => {
  const ids: string[] = [];
  let next = from;
  do {
    const page = await pageOfRoster(tallies, callId, { limit: limit - ids.length, counted: 'submitted', from: next });
    ids.push(...page.submissionIds);
    next = page.next;
  } while (next !== undefined && ids.length < limit);
  return { ids, next };
};

/**
 * What the receipts of submissions say.
 *
 * @throws Error where a tally names what is not submitted: a reopening is changing it just now, and this seal is about to be given up; or something is wrong
 */
const entriesOf = async (
  { submissions, receipts }: Pick<Sources, 'submissions' | 'receipts'>,
  ids: readonly string[],
): Promise<UnnumberedEntry[]> => {
  const heads = await submissions.heads(ids);
  const receiptNos = heads.flatMap(({ status, receiptNo }) => (status === 'submitted' ? (receiptNo ?? []) : []));
  const valid = (await receipts.findAll(receiptNos)).filter(({ withdrawnAt }) => withdrawnAt === undefined);
  if (valid.length !== ids.length)
    throw new Error(`Of ${ids.length} submissions in tallies, ${valid.length} have a receipt that is valid`);
  return valid.map(({ receipt }) => entryOf(receipt));
};

/** Reads the roster by the tallies, strongly consistently and never by an index, and leaves it in the bucket as sorted runs of `runEntries`. */
export async function* gather(
  sources: Sources,
  seal: SealUnderWay,
  work: Extract<SealWork, { step: 'gather' }>,
  runEntries: number,
): AsyncGenerator<SealWork> {
  const runs: Run[] = [...work.runs];
  let { from } = work;
  for (;;) {
    const { ids, next } = await nextIds(sources, seal.callId, runEntries, from);
    const entries: UnnumberedEntry[] = [];
    for (let start = 0; start < ids.length; start += READ_AT_A_TIME)
      entries.push(...(await entriesOf(sources, ids.slice(start, start + READ_AT_A_TIME))));
    if (entries.length > 0) {
      const body = Buffer.from(
        entries
          .sort(byPlace)
          .map((entry) => `${lineOf(entry)}\n`)
          .join(''),
      );
      const sha256 = createHash('sha256').update(body).digest('hex');
      await sources.objects.writeIfAbsent(runKey(seal, sha256), body, 'application/x-ndjson');
      runs.push({ sha256, count: entries.length, bytes: body.length });
    }
    if (next === undefined) break;
    from = next;
    yield { step: 'gather', runs, from };
  }
  yield { step: 'merge', runs, parts: [] };
}
