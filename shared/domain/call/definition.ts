import * as z from 'zod';
import { FILE_EXTENSIONS } from '#shared/contract/file-types.ts';
import { CategoryCode, OrganizationId, Sha256 } from '#shared/contract/primitives.ts';
import { FormDefinition, Key } from '#shared/domain/form/definition.ts';

/** Kinds of unit as the notices name them (市级学会, 高校科协, …): free words, matched exactly against a unit's record. */
export const UnitKind = z.string().min(1).max(40);

/** A bare date (the end of that day for a deadline, its start for an opening), or an instant with offset or Z. */
export const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** "20MB", "500KB" or a number of bytes. One PUT or POST to S3 takes 5 GB at most; ours take 500 MB. */
const FileSize = z.union([z.int().min(1), z.string().regex(/^[1-9][0-9]{0,3} ?(KB|MB)$/)]);

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

/** 经费额度 per award. */
export const Amount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), value: z.string(), unit: z.enum(['元', '万元']) }),
  z.strictObject({ kind: z.literal('cap'), max: z.string(), unit: z.enum(['元', '万元']) }),
  z.strictObject({ kind: z.literal('range'), min: z.string(), max: z.string(), unit: z.enum(['元', '万元']) }),
  z.strictObject({ kind: z.literal('undetermined'), note: z.string().max(200).optional() }),
]);

/** 项目数量: how many awards a category has. */
export const Quota = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exact'), count: z.int().min(1) }),
  z.strictObject({ kind: z.literal('cap'), max: z.int().min(1) }),
  z.strictObject({ kind: z.literal('range'), min: z.int().min(0), max: z.int().min(1) }),
]);

/** 项目周期: dates where they are given, the notice's words always. */
const Period = z.strictObject({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  text: z.string().min(1).max(300),
});

/** 申报条件: declared by the applicant on paper or in the form; shown, with the clause it comes from. `priority` never gates. */
const Condition = z.strictObject({
  text: z.string().min(1).max(500),
  effect: z.enum(['gate', 'priority']),
  clause: z.string().max(200).optional(),
});

const node = {
  code: CategoryCode,
  title: z.string().min(1).max(100),
  content: z.string().max(5_000).optional(),
  /** At most so many submissions of one unit below this node. */
  limitPerUnit: z.int().min(1).max(50).optional(),
  clause: z.string().max(200).optional(),
};

/** A leaf: a category that can be applied to. `fixed` gives answers the category decides (项目类型). */
export const Category = z.strictObject({
  ...node,
  applicants: z.array(UnitKind).min(1).max(30),
  form: Key,
  fixed: z.record(Key, z.string().max(100)).optional(),
  period: Period,
  quota: Quota.optional(),
  amount: Amount.optional(),
  conditions: z.array(Condition).max(50).default([]),
  deliverables: z.array(z.string().min(1).max(1_000)).max(50).default([]),
  materials: z.array(Material).max(30).default([]),
});
export type Category = z.output<typeof Category>;

/** An inner node of the tree: it groups and may limit, nobody applies to it. */
export interface CategoryGroup {
  code: string;
  title: string;
  content?: string | undefined;
  limitPerUnit?: number | undefined;
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

/** Whom to ask: offices and mailboxes. Personal names and numbers have no place in a published definition. */
const Contact = z.strictObject({
  for: z.string().max(100).optional(),
  department: z.string().min(1).max(100),
  address: z.string().max(200).optional(),
  mailbox: z.email().optional(),
  phone: z.string().max(40).optional(),
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
  /** At most so many submissions of one unit in the whole call. */
  limitPerUnit: z.int().min(1).max(50).optional(),
  limitClause: z.string().max(200).optional(),
  paper: z.strictObject({ copies: z.int().min(1).max(20), text: z.string().max(1_000).optional() }).optional(),
  contacts: z.array(Contact).max(50).default([]),
  annexes: z.array(Annex).max(50).default([]),
  categories: z.array(CategoryNode).min(1).max(200),
  forms: z.record(Key, FormDefinition),
});
export type CallDefinition = z.output<typeof CallDefinition>;
export type Material = z.output<typeof Material>;
export type Amount = z.output<typeof Amount>;
export type Quota = z.output<typeof Quota>;
export type Annex = z.output<typeof Annex>;

/** A definition as it is stored and cached: forms are items of their own, read by key. */
export const CallDefinitionWithoutForms = CallDefinition.omit({ forms: true });
export type CallDefinitionWithoutForms = z.output<typeof CallDefinitionWithoutForms>;
