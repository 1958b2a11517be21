import { createHash } from 'node:crypto';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DEMO_MEMBERS, DEMO_ORGANIZATIONS } from '#infra/local/seed/demo-people.ts';
import { EXAMPLE_CALL_ID, exampleAnswers } from '#infra/local/seed/example-call.ts';
import type { TableName } from '#infra/tables.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { membershipKey } from '#shared/data/memberships-repository.ts';
import { rulesInForce } from '#shared/data/rules-in-force.ts';
import { answersItem, attachmentItem, submissionHeadItem } from '#shared/data/submission-items.ts';
import { draftSets, tallyKey } from '#shared/data/tally-items.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { type Applicant, withoutRecord } from '#shared/domain/eligibility/applicant.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { CategoryRules } from '#shared/domain/submission/category-rules.ts';
import type { Submission } from '#shared/domain/submission/submission.ts';
import { draftHead } from '#shared/domain/submission/transitions.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { CATEGORY } from './changde.ts';

/** The Changde call allows 3 per unit. */
const DRAFTS_PER_UNIT = 3;
const FILES_PER_DRAFT = 2;
/** BatchWriteItem takes 25 items. */
const ITEMS_PER_WRITE = 25;

/** Drafts that are ready to be submitted, and what decides on them. */
export interface ReadyDrafts {
  readonly drafts: readonly Submission[];
  readonly call: CallHead;
  readonly rules: CategoryRules;
  readonly unit: Applicant;
  /** Who acts for a unit. */
  readonly subjectOf: (unitId: string) => string;
}

type Written = readonly [TableName, Record<string, unknown>];

const SECRETARY = DEMO_MEMBERS.find(({ name }) => name === 'secretary');
/** The one who can have a token of the local stack. */
export const demoSecretary = (): string => {
  if (SECRETARY === undefined) throw new Error('The stack has no demo secretary');
  return SECRETARY.subject;
};
const SOCIETY = DEMO_ORGANIZATIONS.find(({ organizationId }) => organizationId === SECRETARY?.organizationId);

const draftOf = (unitId: string, call: CallHead, rules: CategoryRules): Submission => {
  const { answers } = checkShape(rules.form, rules.place.category.fixed, exampleAnswers('capability'));
  const createdAt = toInstant(Date.now());
  const head = draftHead({
    submissionId: generateId(),
    callId: call.callId,
    organiser: call.organiser,
    category: CATEGORY,
    callVersion: rules.version,
    unitId,
    answered: Object.keys(answers).length,
    createdAt,
  });
  const attachments = Array.from({ length: FILES_PER_DRAFT }, (_, place) => {
    const attachmentId = generateId();
    return {
      attachmentId,
      material: 'applicationForm',
      filename: `申报书-${place + 1}.pdf`,
      contentType: 'application/pdf',
      size: 1_000_000,
      sha256: createHash('sha256').update(attachmentId).digest('hex'),
      state: 'admitted' as const,
      versionId: generateId(),
      createdAt,
    };
  });
  return { head: { ...head, attachmentCount: attachments.length }, answers, attachments, partners: [] };
};

const itemsOf = ({ head, answers, attachments }: Submission): Written[] => [
  ['submissions', submissionHeadItem(head)],
  ['submissions', answersItem(head, answers)],
  ...attachments.map((attachment): Written => ['submissions', attachmentItem(head.submissionId, attachment)]),
];

const unitItems = (unitId: string, subject: string, drafts: readonly Submission[]): Written[] => [
  ['organizations', { ...SOCIETY, organizationId: unitId }],
  ['memberships', { ...membershipKey(subject, unitId, 'applicant'), organizationId: unitId, role: 'applicant' }],
  [
    'tallies',
    {
      ...tallyKey(EXAMPLE_CALL_ID, unitId),
      ...Object.fromEntries(
        draftSets(CATEGORY).map((set) => [set, new Set(drafts.map(({ head }) => head.submissionId))]),
      ),
    },
  ],
];

const writeAll = async (
  db: DynamoDBDocumentClient,
  tables: Readonly<Record<TableName, string>>,
  items: readonly Written[],
): Promise<void> => {
  for (let start = 0; start < items.length; start += ITEMS_PER_WRITE) {
    const RequestItems: Record<string, { PutRequest: { Item: Record<string, unknown> } }[]> = {};
    for (const [table, Item] of items.slice(start, start + ITEMS_PER_WRITE)) {
      RequestItems[tables[table]] = [...(RequestItems[tables[table]] ?? []), { PutRequest: { Item } }];
    }
    await db.send(new BatchWriteCommand({ RequestItems }));
  }
};

/** Writes drafts of as many units as it takes into the tables of a stack with the Changde call open. */
export const writeReadyDrafts = async (
  db: DynamoDBDocumentClient,
  tables: Readonly<Record<TableName, string>>,
  count: number,
  subjectOf: ReadyDrafts['subjectOf'] = demoSecretary,
): Promise<ReadyDrafts> => {
  const calls = callsRepository(db, tables.calls);
  const call = await calls.head(EXAMPLE_CALL_ID);
  if (call === undefined || SOCIETY === undefined) throw new Error('The stack has no Changde call or no demo unit');
  const rules = await rulesInForce(calls, call, CATEGORY);
  const drafts: Submission[] = [];
  const items: Written[] = [];
  while (drafts.length < count) {
    const unitId = `rush-${drafts.length}`;
    const ofUnit = Array.from({ length: DRAFTS_PER_UNIT }, () => draftOf(unitId, call, rules));
    items.push(...unitItems(unitId, subjectOf(unitId), ofUnit), ...ofUnit.flatMap(itemsOf));
    drafts.push(...ofUnit);
  }
  await writeAll(db, tables, items);
  return { drafts, call, rules, unit: { ...withoutRecord(SOCIETY.organizationId), ...SOCIETY }, subjectOf };
};
