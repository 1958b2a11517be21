import { createHash } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { tallyKey } from '#shared/data/tally-items.ts';
import { itemSize } from '#test/bench/item-size.ts';
import { applicantOf, jointDraft, uploaded } from '#test/support/draft-steps.ts';
import { CALL_ID, type SubmissionWorld, send, submissionWorld } from '#test/support/submission-world.ts';

/** DynamoDB writes in units of 1 KB, and a submit pays twice for each in its transaction. */
const KB = 1_024;

const sizeOf = async (world: SubmissionWorld, TableName: string, key: Record<string, string>): Promise<number> => {
  const Key = Object.fromEntries(Object.entries(key).map(([name, S]) => [name, { S }]));
  const { Item } = await world.db.send(new GetItemCommand({ TableName, Key }));
  if (Item === undefined) throw new Error('no item');
  return itemSize(Item);
};

test('head, tally and receipt of a submission with five files stay within 1 KB each', async () => {
  const materials = ['申报书', '立项依据', '合作协议', '财务制度', '佐证材料'].map((title, place) => ({
    key: `material${place}`,
    title,
    required: true,
    accept: ['pdf'],
  }));
  const world = await submissionWorld({
    categories: [
      {
        code: '2',
        title: '能力建设',
        categories: [
          {
            code: '2-4',
            title: '学术交流',
            applicants: ['市级学会'],
            form: 'apply',
            period: { text: '一年' },
            materials,
          },
        ],
      },
    ],
  });
  const submitted: { submissionId: string; receiptNo: string }[] = [];
  for (let count = 0; count < 3; count += 1) {
    const created = await send(world.app.create, {
      params: { callId: CALL_ID },
      body: { category: '2-4', answers: { name: '2022年洞庭湖区智能农机学术论坛' } },
    });
    const submissionId = String(created.body.submissionId);
    for (const { key, title } of materials) {
      // Digests of real files differ, and do not shrink by packing.
      const sha256 = createHash('sha256')
        .update(submissionId + key)
        .digest('hex');
      const { body } = await send(world.app.announce, {
        params: { submissionId },
        body: {
          material: key,
          filename: `2022年洞庭湖区智能农机学术论坛${title}（盖章扫描件）.pdf`,
          size: 1_000,
          contentType: 'application/pdf',
          sha256,
        },
      });
      uploaded(world, submissionId, String(body.attachmentId), { sha256 });
    }
    const { status, body } = await send(world.app.submit, { params: { submissionId } });
    expect(status).toBe(200);
    submitted.push({ submissionId, receiptNo: String(body.receiptNo) });
  }

  const [{ submissionId, receiptNo } = { submissionId: '', receiptNo: '' }] = submitted;
  expect(await sizeOf(world, world.tables.submissions, { submissionId, item: 'head' })).toBeLessThanOrEqual(KB);
  expect(await sizeOf(world, world.tables.tallies, tallyKey(CALL_ID, 'unit-1'))).toBeLessThanOrEqual(KB);
  expect(await sizeOf(world, world.tables.receipts, { receiptNo })).toBeLessThanOrEqual(KB);
});

test('head, partner, tallies and receipt of a joint submission stay within 1 KB each', async () => {
  const world = await submissionWorld({ joint: { allowed: true, partnersCount: true } });
  const submissionId = await jointDraft(world, { partners: ['unit-2', 'company'] });
  const { status, body } = await send(world.app.submit, { params: { submissionId }, subject: applicantOf('unit-1') });
  expect(status).toBe(200);
  const { submissions, tallies, receipts } = world.tables;
  const sizes = [
    await sizeOf(world, submissions, { submissionId, item: 'head' }),
    await sizeOf(world, submissions, { submissionId, item: 'partner#unit-2' }),
    await sizeOf(world, tallies, tallyKey(CALL_ID, 'unit-1')),
    await sizeOf(world, tallies, tallyKey(CALL_ID, 'unit-2')),
    await sizeOf(world, receipts, { receiptNo: String(body.receiptNo) }),
  ];
  expect(Math.max(...sizes)).toBeLessThanOrEqual(KB);
});
