import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { SubmissionId } from '#shared/contract/primitives.ts';
import { UnitRole } from '#shared/contract/submission-states.ts';
import type { Submission, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { batchGet } from './batch-get.ts';
import { loadSubmission } from './load-submission.ts';
import { parseItem } from './parse-item.ts';
import {
  isPartnerItem,
  lateKey,
  parsePartner,
  parseSubmissionHead,
  partnerKey,
  submissionHeadKey,
} from './submission-items.ts';

/** A place in a unit's list: `created` is an instant, # and the id. DynamoDB refuses what can be no key, so a cursor is held to the form. */
export const CreatedPosition = z.object({
  created: z.string().regex(/^[0-9TZ:.-]{24}#[0-9a-z]{26}$/),
  submissionId: SubmissionId,
  role: UnitRole,
});
export type CreatedPosition = z.output<typeof CreatedPosition>;

const IndexedItem = CreatedPosition.omit({ role: true }).extend({ item: z.string() });

/** What a unit is to a submission of its list, and when it consented to be. */
export interface ListedSubmission {
  readonly head: SubmissionHead;
  readonly role: UnitRole;
  readonly consentedAt?: string | undefined;
}

const placeItem = (unitId: string, { submissionId, role }: Pick<CreatedPosition, 'submissionId' | 'role'>) =>
  role === 'lead' ? submissionHeadKey(submissionId) : partnerKey(submissionId, unitId);

const Stored = z.object({ submissionId: z.string(), item: z.string() });

export type SubmissionsRepository = ReturnType<typeof submissionsRepository>;

/** Submissions: head, answers by edition, attachments, partners and late attempts in one partition each. They are changed elsewhere, with their history. */
export const submissionsRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /** All of a submission as one write left it, strongly consistent; undefined for what is unknown or deleted. */
  load: (submissionId: string): Promise<Submission | undefined> => loadSubmission(db, tableName, submissionId),

  /** Strongly consistent; undefined for a deleted draft's. */
  async head(submissionId: string): Promise<SubmissionHead | undefined> {
    const reply = await db.send(
      new GetCommand({ TableName: tableName, Key: submissionHeadKey(submissionId), ConsistentRead: true }),
    );
    return reply.Item === undefined ? undefined : parseSubmissionHead(reply.Item);
  },

  /** Heads by id, strongly consistent, in the order asked for; those of deleted drafts are left out. */
  async heads(submissionIds: readonly string[]): Promise<SubmissionHead[]> {
    const items = await batchGet(db, tableName, submissionIds.map(submissionHeadKey));
    const byId = new Map(items.map(parseSubmissionHead).map((head) => [head?.submissionId, head]));
    return submissionIds.flatMap((submissionId) => byId.get(submissionId) ?? []);
  },

  /** Places of what a unit leads or is named in, newest first, from an index that may lag: only places to read at. */
  async pageOfUnit(
    unitId: string,
    limit: number,
    after: CreatedPosition | undefined,
  ): Promise<{ places: CreatedPosition[]; next?: CreatedPosition }> {
    const page = await db.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'byUnit',
        KeyConditionExpression: 'unitId = :unitId',
        ExpressionAttributeValues: { ':unitId': unitId },
        ScanIndexForward: false,
        Limit: limit,
        ExclusiveStartKey:
          after === undefined ? undefined : { ...placeItem(unitId, after), unitId, created: after.created },
      }),
    );
    const places = (page.Items ?? []).map((stored): CreatedPosition => {
      const { item, ...place } = parseItem("place in a unit's list", IndexedItem, stored);
      return { ...place, role: isPartnerItem(item) ? 'partner' : 'lead' };
    });
    const next = page.LastEvaluatedKey === undefined ? undefined : places.at(-1);
    return next === undefined ? { places } : { places, next };
  },

  /** What is at these places of a unit's list, strongly consistent, in their order: no deleted draft, and nothing that the unit is no longer named in. */
  async listedAt(unitId: string, places: readonly CreatedPosition[]): Promise<ListedSubmission[]> {
    const partnerKeys = places.filter(({ role }) => role === 'partner').map((place) => placeItem(unitId, place));
    const heads = places.map(({ submissionId }) => submissionHeadKey(submissionId));
    const items = await batchGet(db, tableName, [...heads, ...partnerKeys]);
    const byPlace = new Map(
      items.map((stored) => {
        const { submissionId, item } = parseItem('submission item', Stored, stored);
        return [`${submissionId} ${item}`, stored];
      }),
    );
    const at = ({ submissionId, item }: { submissionId: string; item: string }): unknown =>
      byPlace.get(`${submissionId} ${item}`);
    return places.flatMap((place): ListedSubmission[] => {
      const stored = at(submissionHeadKey(place.submissionId));
      const head = stored === undefined ? undefined : parseSubmissionHead(stored);
      if (head === undefined) return [];
      if (place.role === 'lead') return [{ head, role: 'lead' }];
      const partner = at(placeItem(unitId, place));
      if (partner === undefined) return [];
      return [{ head, role: 'partner', consentedAt: parsePartner(partner).consentedAt }];
    });
  },

  /**
   * Counts a refused late submit: one item per submission, whatever is sent. `at` is an instant, `howLate` in ms. It lies in the list of its call by the first
   * one, so that further ones cost the index nothing.
   */
  async recordLateAttempt(
    { submissionId, callId, unitId, category }: Pick<SubmissionHead, 'submissionId' | 'callId' | 'unitId' | 'category'>,
    at: string,
    howLate: number,
  ): Promise<void> {
    await db.send(
      new UpdateCommand({
        TableName: tableName,
        Key: lateKey(submissionId),
        UpdateExpression:
          'SET #first = if_not_exists(#first, :at), #last = :at, howLate = :howLate, lateOf = :callId, unitId = :unitId, category = :category ADD #count :one',
        ExpressionAttributeNames: { '#first': 'first', '#last': 'last', '#count': 'count' },
        ExpressionAttributeValues: {
          ...{ ':at': at, ':howLate': howLate, ':one': 1 },
          ...{ ':callId': callId, ':unitId': unitId, ':category': category },
        },
      }),
    );
  },
});
