import { PutObjectCommand } from '@aws-sdk/client-s3';
import { batchPut } from '#shared/data/batch-put.ts';
import { headItem, versionItem } from '#shared/data/call-items.ts';
import { entryItem, historyOfSubmission } from '#shared/data/history-items.ts';
import { answersItem, attachmentItem, partnerItem, submissionHeadItem } from '#shared/data/submission-items.ts';
import { draftSets, tallyKey } from '#shared/data/tally-items.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { createdEntry } from '#shared/domain/history/submission-entries.ts';
import { jointState } from '#shared/domain/submission/partners.ts';
import type { Attachment, Partner, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { draftHead } from '#shared/domain/submission/transitions.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import { contentOf } from '#test/support/call-content.ts';
import { callHead, writtenCall, writtenLeaf } from '#test/support/calls.ts';
import { pdf, sha256 } from '#test/support/client.ts';
import { BUCKET, type FaultsWorld, ORGANISER, unitId, userOf } from './faults-world.ts';
import type { Planned, Schedule } from './schedule.ts';

/** The call's deadline in the beginning, ms: so far off that what is uploaded now is in time. 2099-03-31 24:00 in Shanghai. */
export const CLOSES_AT = Date.UTC(2099, 2, 31, 16);
/** When drafts were begun, ms. */
const CREATED_AT = Date.UTC(2099, 2, 10);

export const ANSWERS = { name: '学会能力提升' };
const FILE = pdf('申报书');

/** Alone, jointly, and with a file. */
export const categoryOf = ({ partner, hasFile }: Planned): string =>
  partner !== undefined ? 'J' : hasFile ? 'F' : 'P';

const leaf = (code: string, materials: readonly unknown[] = []) => ({ ...writtenLeaf, code, title: code, materials });

const contents = new Map<number, ReturnType<typeof contentOf>>();
const contentWith = (limitPerUnit: number): ReturnType<typeof contentOf> => {
  const known = contents.get(limitPerUnit);
  if (known !== undefined) return known;
  const content = contentOf(
    CallDefinition.parse(
      writtenCall({
        limitPerUnit,
        categories: [
          leaf('P'),
          { ...leaf('J'), joint: { allowed: true, partnersCount: true } },
          leaf('F', writtenLeaf.materials),
        ],
      }),
    ),
  );
  contents.set(limitPerUnit, content);
  return content;
};

const callItems = (callId: string, limit: number) => {
  const content = contentWith(limit);
  const head = callHead({
    ...{ callId, revision: 2, latestVersion: 1, publishedVersion: 1, publishedContent: content.digest },
    ...{
      closesAt: toInstant(CLOSES_AT),
      closesAtLocal: '2099-04-01T00:00:00.000+08:00',
      closesText: '2099年3月31日24:00',
    },
  });
  const { opensAt, closesAt, opensAtLocal, closesAtLocal, closesText, timezone } = head;
  const version = versionItem({
    ...{ callId, version: 1, savedAt: opensAt, savedBy: 'officer', content },
    window: { opensAt, closesAt, opensAtLocal, closesAtLocal, closesText, timezone },
  });
  const parts = new Map(content.parts.map((part) => [part.item, { callId, ...part }]));
  return [...parts.values(), version, headItem(head)];
};

/** What is stored of a draft with everything that a submit asks for, but for what is still to be consented to. */
const draftItems = (callId: string, planned: Planned) => {
  const createdAt = toInstant(CREATED_AT);
  const submissionId = generateId();
  const begun = draftHead({
    ...{ submissionId, callId, organiser: ORGANISER, category: categoryOf(planned), callVersion: 1 },
    ...{ unitId: unitId(planned.unit), answered: Object.keys(ANSWERS).length, createdAt },
  });
  const by = userOf(planned.unit);
  const partners: Partner[] =
    planned.partner === undefined
      ? []
      : [
          {
            ...{ unitId: unitId(planned.partner), name: `第${planned.partner}学会` },
            ...(planned.agreed ? { consentedAt: createdAt } : {}),
          },
        ];
  const attachments: Attachment[] = planned.hasFile
    ? [
        {
          ...{ attachmentId: generateId(), material: 'application', filename: '申报书.pdf', state: 'expected' },
          ...{ contentType: 'application/pdf', size: FILE.length, sha256: sha256(FILE), announcedIn: 2, createdAt },
        },
      ]
    : [];
  const joint = jointState(partners);
  const head: SubmissionHead = {
    ...begun,
    contentRevision: 1 + attachments.length,
    attachmentCount: attachments.length,
    ...(joint === undefined ? {} : { joint }),
  };
  return {
    head,
    attachments,
    stored: [
      submissionHeadItem(head),
      answersItem(head, ANSWERS),
      ...partners.map((partner, place) => partnerItem(head, partner, place)),
      ...attachments.map((attachment) => ({ ...attachmentItem(submissionId, attachment), announcedBy: by })),
    ],
    history: [entryItem(historyOfSubmission(submissionId), 1, createdEntry(begun, by))],
  };
};

const tallyItems = (callId: string, heads: readonly SubmissionHead[]) => {
  const tallies = new Map<string, Map<string, Set<string>>>();
  for (const { unitId: unit, category, submissionId } of heads) {
    const sets = tallies.get(unit) ?? new Map<string, Set<string>>();
    for (const set of draftSets(category)) sets.set(set, (sets.get(set) ?? new Set()).add(submissionId));
    tallies.set(unit, sets);
  }
  return [...tallies].map(([unit, sets]) => ({ ...tallyKey(callId, unit), ...Object.fromEntries(sets) }));
};

/** What is there before a schedule begins. */
export interface Prepared {
  readonly callId: string;
  /** By place; undefined for what is created only in the schedule. */
  readonly heads: readonly (SubmissionHead | undefined)[];
}

/** Writes call and drafts of a schedule, by batches and past every rule: the schedule is what has to be quick. */
export const prepare = async (world: FaultsWorld, { planned, limit }: Schedule): Promise<Prepared> => {
  const { db, tables, s3 } = world;
  const callId = `faults-${generateId()}`;
  const drafts = planned.map((one) => (one.isCreated ? undefined : draftItems(callId, one)));
  const there = drafts.flatMap((draft) => draft ?? []);
  const heads = there.map(({ head }) => head);
  await Promise.all([
    batchPut(db, tables.calls, callItems(callId, limit)),
    batchPut(
      db,
      tables.submissions,
      there.flatMap(({ stored }) => stored),
    ),
    batchPut(
      db,
      tables.history,
      there.flatMap(({ history }) => history),
    ),
    batchPut(db, tables.tallies, tallyItems(callId, heads)),
    ...there.flatMap(({ head, attachments }) =>
      attachments.map(({ attachmentId, contentType }) =>
        s3.send(
          new PutObjectCommand({
            ...{ Bucket: BUCKET, Key: attachmentObjectKey(head.submissionId, attachmentId), Body: FILE },
            ...{ ContentType: contentType, ChecksumAlgorithm: 'SHA256' },
          }),
        ),
      ),
    ),
  ]);
  return { callId, heads: drafts.map((draft) => draft?.head) };
};
