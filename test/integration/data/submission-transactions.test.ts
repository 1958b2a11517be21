import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { rulesInForce } from '#shared/data/rules-in-force.ts';
import { tallyKey } from '#shared/data/tally-items.ts';
import { deadlineInForce } from '#shared/domain/deadline/deadline-in-force.ts';
import { acceptSubmission } from '#shared/domain/submission/accept-submission.ts';
import type { Submission } from '#shared/domain/submission/submission.ts';
import { withdrawnHead } from '#shared/domain/submission/transitions.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { applicant } from '#test/support/applicants.ts';
import { announced, newDraft, readyDraft, talliesOf } from '#test/support/draft-steps.ts';
import { CALL_ID, type SubmissionWorld, send, submissionWorld, WHILE_OPEN } from '#test/support/submission-world.ts';

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld();
});

/** Makes the next transactions fail before they reach DynamoDB, as it would under load: DynamoDB Local never does. */
const failTransactions = (times: number, code: string): (() => number) => {
  let failed = 0;
  world.db.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand' || failed >= times) return next(args);
      failed += 1;
      throw new TransactionCanceledException({
        message: 'injected',
        $metadata: {},
        CancellationReasons: [{ Code: 'None' }, { Code: code }, { Code: 'None' }],
      });
    },
    { step: 'initialize', name: 'fail-transactions' },
  );
  return () => failed;
};

/** Makes the next transaction be carried out and its reply be lost: the attempt that the SDK makes after that is throttled. */
const loseReply = (): void => {
  let lost = false;
  world.db.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand' || lost) return next(args);
      lost = true;
      await next(args);
      throw new TransactionCanceledException({
        message: 'injected',
        $metadata: {},
        CancellationReasons: [{ Code: 'ThrottlingError' }],
      });
    },
    { step: 'initialize', name: 'lose-reply' },
  );
};

const loaded = async (submissionId: string): Promise<Submission> => {
  const submission = await world.submissions.load(submissionId);
  if (submission === undefined) throw new Error('no submission');
  return submission;
};

const admitted = async (submissionId: string, attachmentId: string): Promise<void> => {
  if (!(await world.attachments.admitAttachment(submissionId, attachmentId, 'version-1', WHILE_OPEN)))
    throw new Error('no file');
};

/** What the domain decides for a ready draft, its file proven. */
const accepted = async () => {
  const { submissionId, attachmentId } = await readyDraft(world);
  await admitted(submissionId, attachmentId);
  const call = await world.calls.head(CALL_ID);
  if (call === undefined) throw new Error('no call');
  const rules = await rulesInForce(world.calls, call, '1');
  const submission = await loaded(submissionId);
  const decided = acceptSubmission({
    submission,
    call,
    deadline: deadlineInForce(call, []),
    rules,
    unit: applicant({ kinds: ['市级学会'] }),
    partners: [],
    receivedAt: WHILE_OPEN,
    receiptNo: generateId(),
  });
  return { ...decided, by: 'secretary' };
};

describe('a submit that is cancelled', () => {
  test('by the head tells that it moved, and writes neither tally nor receipt', async () => {
    const submit = await accepted();
    const { submissionId } = submit.read;
    await world.edits.saveAnswersAtRevision(
      { ...submit.read, contentRevision: submit.read.contentRevision + 1 },
      submit.read,
      {},
      'secretary',
    );
    expect(await world.outcomes.submitWithinLimits(submit)).toBe('moved');
    expect((await world.submissions.head(submissionId))?.status).toBe('draft');
    expect(await talliesOf(world)).toMatchObject([{ drafts: [submissionId], submitted: [] }]);
    expect(await world.receipts.find(submit.receipt.receiptNo)).toBeUndefined();
  });

  test('by the tally names limit, count and scope, and leaves the draft', async () => {
    for (let count = 0; count < 3; count += 1) await world.outcomes.submitWithinLimits(await accepted());
    const submit = await accepted();
    await expect(world.outcomes.submitWithinLimits(submit)).rejects.toMatchObject({
      code: 'LIMIT_REACHED',
      params: { limit: 3, count: 3, scope: '关于申报2022年度项目的通知' },
    });
    expect((await world.submissions.head(submit.read.submissionId))?.status).toBe('draft');
    expect(await world.receipts.find(submit.receipt.receiptNo)).toBeUndefined();
  });

  test('by head and tally together counts as moved: the head decides', async () => {
    const submit = await accepted();
    for (let count = 0; count < 3; count += 1) await world.outcomes.submitWithinLimits(await accepted());
    await world.edits.saveAnswersAtRevision(
      { ...submit.read, contentRevision: submit.read.contentRevision + 1 },
      submit.read,
      {},
      'secretary',
    );
    expect(await world.outcomes.submitWithinLimits(submit)).toBe('moved');
  });

  test('by a receipt number given out before is our fault, and changes nothing', async () => {
    const first = await accepted();
    await world.outcomes.submitWithinLimits(first);
    const { receipt, ...submit } = await accepted();
    await expect(
      world.outcomes.submitWithinLimits({ ...submit, receipt: { ...receipt, receiptNo: first.receipt.receiptNo } }),
    ).rejects.toThrow('given out twice');
    expect((await world.receipts.find(first.receipt.receiptNo))?.receipt).toEqual(first.receipt);
    expect((await world.submissions.head(submit.read.submissionId))?.status).toBe('draft');
  });

  test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'by %s is tried again',
    async (code) => {
      const submit = await accepted();
      const failed = failTransactions(3, code);
      expect(await world.outcomes.submitWithinLimits(submit)).toBe('submitted');
      expect(failed()).toBe(3);
    },
  );

  test('by conflicts to the last is answered 503 with Retry-After, and the draft stays', async () => {
    const { submissionId } = await readyDraft(world);
    failTransactions(100, 'TransactionConflict');
    const reply = await send(world.app.submit, { params: { submissionId } });
    expect(reply).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { code: 'UNAVAILABLE' } });
    world.db.middlewareStack.remove('fail-transactions');
    expect((await send(world.app.submit, { params: { submissionId } })).status).toBe(200);
  });

  test('for another reason is not taken for a refusal', async () => {
    const submit = await accepted();
    failTransactions(1, 'ValidationError');
    await expect(world.outcomes.submitWithinLimits(submit)).rejects.toThrow(TransactionCanceledException);
  });

  test('gives up as Unavailable, which keeps its cause', async () => {
    const submit = await accepted();
    failTransactions(100, 'TransactionConflict');
    const error = await world.outcomes.submitWithinLimits(submit).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toHaveProperty('cause', expect.any(TransactionCanceledException));
  });
});

test('a submit whose reply was lost gives the same receipt when it is sent again', async () => {
  const { submissionId, attachmentId } = await readyDraft(world);
  await admitted(submissionId, attachmentId);
  let lost = false;
  world.db.middlewareStack.add(
    (next, context) => async (args) => {
      const reply = await next(args);
      if (context.commandName !== 'TransactWriteItemsCommand' || lost) return reply;
      lost = true;
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    },
    { step: 'initialize', name: 'lose-reply' },
  );
  expect((await send(world.app.submit, { params: { submissionId } })).status).toBe(503);
  const receiptNo = (await world.submissions.head(submissionId))?.receiptNo;
  const again = await send(world.app.submit, { params: { submissionId } });
  expect(again).toMatchObject({ status: 200, body: { receiptNo } });
  expect(await talliesOf(world)).toMatchObject([{ drafts: [], submitted: [submissionId] }]);
});

describe('a withdrawal', () => {
  test('leaves what was submitted as it was, beside the next edition', async () => {
    const submit = await accepted();
    await world.outcomes.submitWithinLimits(submit);
    const submission = await loaded(submit.read.submissionId);
    const next = withdrawnHead(submission.head, '2022-03-11T00:00:00.000Z');
    expect(await world.outcomes.withdraw(submission, next, 'secretary')).toBe('withdrawn');
    expect(await world.outcomes.withdraw(submission, next, 'secretary')).toBe('moved');

    const draft = await loaded(submit.read.submissionId);
    expect(draft).toMatchObject({ head: { status: 'draft', edition: 2 }, answers: { name: '学会能力提升' } });
    await world.edits.saveAnswersAtRevision(
      { ...draft.head, contentRevision: draft.head.contentRevision + 1 },
      draft.head,
      { name: '改后' },
      'secretary',
    );
    expect((await loaded(submit.read.submissionId)).answers).toEqual({ name: '改后' });
    const first = await world.db.send(
      new GetCommand({
        TableName: world.tables.submissions,
        Key: { submissionId: submit.read.submissionId, item: 'answers#0001' },
      }),
    );
    expect(first.Item).toBeDefined();
  });

  test('frees exactly the places the submit took, though the tree has changed since', async () => {
    const submit = await accepted();
    await world.outcomes.submitWithinLimits({ ...submit, next: { ...submit.next, countedIn: ['old-group', '1'] } });
    const submission = await loaded(submit.read.submissionId);
    expect(submission.head.countedIn).toEqual(['old-group', '1']);
    await world.outcomes.withdraw(submission, withdrawnHead(submission.head, '2022-03-11T00:00:00.000Z'), 'secretary');
    const tally = await world.db.send(
      new GetCommand({ TableName: world.tables.tallies, Key: tallyKey(CALL_ID, 'unit-1') }),
    );
    expect(Object.keys(tally.Item ?? {}).sort()).toEqual(['draft#1', 'drafts', 'shard', 'unitId']);
  });
});

describe('a creation taken back', () => {
  test('leaves nothing of a draft nobody has touched', async () => {
    const { submissionId } = await readyDraft(world);
    const { head } = await loaded(submissionId);
    expect(await world.drafts.undoCreation(head)).toBe('undone');
    expect(await world.submissions.load(submissionId)).toBeUndefined();
    expect(await talliesOf(world)).toEqual([]);
  });

  test('leaves a draft that was submitted meanwhile, its place in the tally too', async () => {
    const submit = await accepted();
    await world.outcomes.submitWithinLimits(submit);
    expect(await world.drafts.undoCreation(submit.read)).toBe('moved');
    expect((await loaded(submit.read.submissionId)).head.status).toBe('submitted');
    expect(await talliesOf(world)).toMatchObject([{ submitted: [submit.read.submissionId] }]);
  });
});

describe('what was created without a key, and the reply to that lost, is answered as created:', () => {
  test('a draft', async () => {
    loseReply();
    const submissionId = await newDraft(world);
    expect(await talliesOf(world)).toMatchObject([{ drafts: [submissionId] }]);
  });

  test('a file announced', async () => {
    const submissionId = await newDraft(world);
    loseReply();
    const attachmentId = await announced(world, submissionId);
    expect(await loaded(submissionId)).toMatchObject({ head: { attachmentCount: 1 }, attachments: [{ attachmentId }] });
  });
});
