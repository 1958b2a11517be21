import * as z from 'zod';
import { FILE_EXTENSIONS } from '#shared/contract/file-types.ts';
import { CategoryCode, Moment, OrganizationId, Sha256 } from '#shared/contract/primitives.ts';
import type { WellFormedName } from '#shared/contract/well-formed.ts';
import { FormDefinition } from '#shared/domain/form/definition.ts';
import { Key } from '#shared/domain/form/key.ts';
import { Amount, Envelope } from './amount.ts';
import { Condition } from './condition.ts';
import { Deliverable } from './deliverable.ts';
import { Goals } from './goals.ts';
import { History } from './history.ts';
import { Indicator } from './indicator.ts';
import { Joint } from './joint.ts';
import { Obligation } from './obligation.ts';
import { Paper } from './paper.ts';
import { Period } from './period.ts';
import { Quota } from './quota.ts';
import { Reminders } from './reminders.ts';
import { Retention } from './retention.ts';
import { UnitKind } from './unit-kind.ts';

/** "20MB", "500KB" or a number of bytes. One PUT or POST to S3 takes 5 GB at most; ours take 500 MB. */
const FileSize = z.union([
  z.int().min(1),
  z.string().regex(/^[1-9][0-9]{0,3} ?(KB|MB)$/, 'file-size' satisfies WellFormedName),
]);

/** What a category asks to be attached (申报材料). `priority`: evidence that never gates (附有……的优先). */
export const Material = z.strictObject({
  key: Key,
  title: z.string().min(1).max(100),
  required: z.boolean().default(false),
  accept: z.array(z.enum(FILE_EXTENSIONS)).min(1),
  maxSize: FileSize.default('20MB'),
  maxCount: z.int().min(1).max(20).default(1),
  hint: z.string().max(500).optional(),
  priority: z.boolean().default(false),
  clause: z.string().max(200).optional(),
});

/** Whom to ask: offices and mailboxes. Personal names and numbers have no place in a published definition. `technical`: about the system itself. */
const Contact = z.strictObject({
  for: z.string().max(100).optional(),
  department: z.string().min(1).max(100),
  address: z.string().max(200).optional(),
  mailbox: z.email().optional(),
  phone: z.string().max(40).optional(),
  technical: z.boolean().optional(),
});

const node = {
  code: CategoryCode,
  title: z.string().min(1).max(100),
  content: z.string().max(5_000).optional(),
  /** At most so many submissions of one unit below this node. */
  limitPerUnit: z.int().min(1).max(50).optional(),
  /** Where the notice sets the limit; default: where it speaks of the node. */
  limitClause: z.string().max(200).optional(),
  quota: Quota.optional(),
  envelope: Envelope.optional(),
  /** Of every category below. */
  conditions: z.array(Condition).max(50).default([]),
  obligations: z.array(Obligation).max(30).default([]),
  contacts: z.array(Contact).max(20).default([]),
  clause: z.string().max(200).optional(),
};

/** A leaf: a category that can be applied to. `fixed` gives answers the category decides (项目类型). */
export const Category = z.strictObject({
  ...node,
  applicants: z.array(UnitKind).min(1).max(30),
  form: Key,
  fixed: z.record(Key, z.string().max(100)).optional(),
  period: Period,
  amount: Amount.optional(),
  goals: Goals.optional(),
  indicators: z.array(Indicator).max(50).default([]),
  joint: Joint.optional(),
  deliverables: z.array(Deliverable).max(50).default([]),
  materials: z.array(Material).max(30).default([]),
});
export type Category = z.output<typeof Category>;

/** An inner node of the tree: it groups and may limit, nobody applies to it. */
export interface CategoryGroup {
  code: string;
  title: string;
  content?: string | undefined;
  limitPerUnit?: number | undefined;
  limitClause?: string | undefined;
  quota?: Quota | undefined;
  envelope?: Envelope | undefined;
  conditions: Condition[];
  obligations: Obligation[];
  contacts: z.output<typeof Contact>[];
  clause?: string | undefined;
  categories: CategoryNode[];
}
export type CategoryNode = Category | CategoryGroup;
export const CategoryGroup: z.ZodType<CategoryGroup> = z.strictObject({
  ...node,
  categories: z
    .array(z.lazy(() => CategoryNode))
    .min(1)
    .max(200),
});
export const CategoryNode: z.ZodType<CategoryNode> = z.union([Category, CategoryGroup]);

/** One of the notice's own annexes: a file the officer uploads first; the definition pins it by digest. */
export const Annex = z.strictObject({
  key: Key,
  title: z.string().min(1).max(200),
  filename: z.string().min(1).max(200),
  contentType: z.string().min(3).max(100),
  size: z.int().min(1).max(100_000_000),
  sha256: Sha256,
});

export const CallDefinition = z.strictObject({
  title: z.string().min(1).max(200),
  organiser: OrganizationId,
  documentNumber: z.string().min(1).max(60),
  publishedOn: z.iso.date().optional(),
  fiscalYear: z.int().min(2000).max(2100).optional(),
  basis: z.array(z.string().min(1).max(300)).max(20).default([]),
  notice: z.string().max(20_000).optional(),
  timezone: z.string().default('Asia/Shanghai'),
  opens: Moment,
  closes: Moment,
  reminders: Reminders.prefault({}),
  retention: Retention.prefault({}),
  /** At most so many submissions of one unit in the whole call. */
  limitPerUnit: z.int().min(1).max(50).optional(),
  limitClause: z.string().max(200).optional(),
  paper: Paper.optional(),
  joint: Joint.optional(),
  history: History.optional(),
  /** Of every category; see `Condition`. */
  conditions: z.array(Condition).max(50).default([]),
  obligations: z.array(Obligation).max(30).default([]),
  contacts: z.array(Contact).max(50).default([]),
  annexes: z.array(Annex).max(50).default([]),
  categories: z.array(CategoryNode).min(1).max(200),
  forms: z.record(Key, FormDefinition),
});
export type CallDefinition = z.output<typeof CallDefinition>;
export type Material = z.output<typeof Material>;
export type Annex = z.output<typeof Annex>;

/** A definition as it is stored and cached: forms are items of their own, read by key. */
export const CallDefinitionWithoutForms = CallDefinition.omit({ forms: true });
export type CallDefinitionWithoutForms = z.output<typeof CallDefinitionWithoutForms>;
