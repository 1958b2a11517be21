import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { WEBHOOK_EVENTS } from '#shared/contract/events.ts';
import { Instant, OrganizationId } from '#shared/contract/primitives.ts';
import { ifHeld } from './if-held.ts';
import { parseItem } from './parse-item.ts';

const Attempt = z.object({
  at: Instant,
  eventId: z.string(),
  outcome: z.enum(['delivered', 'refused', 'unreachable', 'forbidden-address', 'timed-out']),
  status: z.int().optional(),
});
export type WebhookAttempt = z.output<typeof Attempt>;

const Webhook = z.object({
  organizationId: OrganizationId,
  name: z.string(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  state: z.enum(['active', 'disabled']),
  secret: z.string(),
  /** The one before, with which is signed as well until that instant. */
  previous: z.object({ secret: z.string(), until: Instant }).optional(),
  /** Moves with every change by an officer. */
  revision: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
  lastAttempt: Attempt.optional(),
});
export type Webhook = z.output<typeof Webhook>;

const parseWebhook = (item: unknown): Webhook => parseItem('webhook', Webhook, item);

export type WebhooksRepository = ReturnType<typeof webhooksRepository>;

/** Where the events of organisers are sent. Reads are strongly consistent. */
export const webhooksRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  async find(organizationId: string, name: string): Promise<Webhook | undefined> {
    const { Item } = await db.send(
      new GetCommand({ TableName: tableName, Key: { organizationId, name }, ConsistentRead: true }),
    );
    return Item === undefined ? undefined : parseWebhook(Item);
  },

  /** In order of their names. */
  async ofOrganization(organizationId: string): Promise<Webhook[]> {
    const pages = paginateQuery(
      { client: db },
      {
        TableName: tableName,
        KeyConditionExpression: 'organizationId = :organizationId',
        ExpressionAttributeValues: { ':organizationId': organizationId },
        ConsistentRead: true,
      },
    );
    const webhooks: Webhook[] = [];
    for await (const page of pages) webhooks.push(...(page.Items ?? []).map(parseWebhook));
    return webhooks;
  },

  /** Writes a webhook that is still at `revision` (0: there is none). `moved`: it is not; nothing was written. */
  async saveAtRevision(webhook: Webhook, revision: number): Promise<'saved' | 'moved'> {
    const held = await ifHeld(
      db.send(
        new PutCommand({
          TableName: tableName,
          Item: webhook,
          ...(revision === 0
            ? { ConditionExpression: 'attribute_not_exists(organizationId)' }
            : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: { ':revision': revision } }),
        }),
      ),
    );
    return held ? 'saved' : 'moved';
  },

  /** False where there was none. */
  async remove(organizationId: string, name: string): Promise<boolean> {
    const { Attributes } = await db.send(
      new DeleteCommand({ TableName: tableName, Key: { organizationId, name }, ReturnValues: 'ALL_OLD' }),
    );
    return Attributes !== undefined;
  },

  /** Keeps what came of an attempt, for the officer to see, and with `disable` ends all others. Where the webhook was changed meanwhile, its state stays. */
  async noteAttempt(webhook: Webhook, attempt: WebhookAttempt, disable: boolean): Promise<void> {
    const { organizationId, name, revision } = webhook;
    await ifHeld(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { organizationId, name },
          UpdateExpression: `SET lastAttempt = :attempt${disable ? ', #state = :disabled' : ''}`,
          ConditionExpression: 'revision = :revision',
          ...(disable && { ExpressionAttributeNames: { '#state': 'state' } }),
          ExpressionAttributeValues: {
            ':attempt': attempt,
            ':revision': revision,
            ...(disable && { ':disabled': 'disabled' }),
          },
        }),
      ),
    );
  },
});
