import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { jointDraft, readyDraft } from '#test/support/draft-steps.ts';
import { type SubmissionWorld, send, submissionWorld } from '#test/support/submission-world.ts';

let world: SubmissionWorld;
let submissionId: string;
beforeEach(async () => {
  world = await submissionWorld();
  submissionId = (await readyDraft(world)).submissionId;
});

/** Moves a number of the head without the rest of its transaction, as a reader between two commits would find it. */
const moveHead = (attribute: string, by: number) =>
  world.db.send(
    new UpdateCommand({
      TableName: world.tables.submissions,
      Key: { submissionId, item: 'head' },
      UpdateExpression: 'ADD #attribute :by',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':by': by },
    }),
  );

/** Lets something happen once, just after the next query was answered. */
const afterNextQuery = (happen: () => Promise<unknown>): void => {
  let happened = false;
  world.db.middlewareStack.add(
    (next, context) => async (args) => {
      const reply = await next(args);
      if (context.commandName === 'QueryCommand' && !happened) {
        happened = true;
        await happen();
      }
      return reply;
    },
    { step: 'initialize', name: 'after-query' },
  );
};

describe('a submission read while a transaction writes it', () => {
  test.each([
    ['its answers are not those of its head', 'answersRevision'],
    ['an attachment its head counts is not there yet', 'attachmentCount'],
    ['the answers of its edition are not there yet', 'edition'],
  ])('is read again where %s', async (_, attribute) => {
    const whole = await world.submissions.load(submissionId);
    await moveHead(attribute, 1);
    afterNextQuery(() => moveHead(attribute, -1));
    expect(whole).toBeDefined();
    expect(await world.submissions.load(submissionId)).toEqual(whole);
  });

  test('is never submitted on a consent that its head knows to be taken back', async () => {
    world = await submissionWorld({ joint: { allowed: true } });
    submissionId = await jointDraft(world, { partners: ['unit-2'] });
    const before = await world.db.send(
      new GetCommand({ TableName: world.tables.submissions, Key: { submissionId, item: 'partner#unit-2' } }),
    );
    await send(world.app.takeBackConsent, { params: { submissionId }, subject: 'secretary-2' });
    const after = await world.db.send(
      new GetCommand({ TableName: world.tables.submissions, Key: { submissionId, item: 'partner#unit-2' } }),
    );
    const asIf = (Item: Record<string, unknown> | undefined) =>
      world.db.send(new PutCommand({ TableName: world.tables.submissions, Item }));
    await asIf(before.Item);
    afterNextQuery(() => asIf(after.Item));
    expect((await send(world.app.submit, { params: { submissionId } })).body.errors).toMatchObject([
      { code: 'CONSENT_MISSING' },
    ]);
  });

  test('is never submitted with answers its head does not know', async () => {
    await moveHead('answersRevision', 1);
    expect(await send(world.app.submit, { params: { submissionId } })).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE' },
    });
    expect((await world.submissions.head(submissionId))?.status).toBe('draft');
  });

  test('is unknown where its head is not there', async () => {
    await world.db.send(
      new DeleteCommand({ TableName: world.tables.submissions, Key: { submissionId, item: 'head' } }),
    );
    expect(await world.submissions.load(submissionId)).toBeUndefined();
  });
});
