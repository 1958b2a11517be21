import * as z from 'zod';

/** What a call and its categories are told by, beyond names and forms: numbers, money, time, demands, whom to ask. */

const clause = z.string().optional();
const figures = { min: z.int().optional(), max: z.int().optional(), unit: z.string().optional() };

export const Amount = z.object({
  kind: z.enum(['fixed', 'cap', 'range', 'undetermined']),
  unit: z.enum(['元', '万元']).optional(),
  value: z.string().optional(),
  min: z.string().optional(),
  max: z.string().optional(),
  note: z.string().optional(),
  payment: z
    .enum(['before', 'after'])
    .optional()
    .meta({ description: 'Paid before the work (事前资助) or after it (以奖代补)' }),
});

export const Envelope = z
  .object({ total: z.string(), unit: z.enum(['元', '万元']), clause })
  .meta({ description: 'What all awards of this node may cost together' });

const counted = {
  kind: z.enum(['exact', 'cap', 'range', 'soft']).meta({ description: '`soft` guides and does not bind (一般不超过)' }),
  count: z.int().optional(),
  min: z.int().optional(),
  max: z.int().optional(),
};

export const Quota = z.object({
  ...counted,
  parts: z
    .array(z.object({ ...counted, title: z.string(), goal: z.string().optional() }))
    .optional()
    .meta({ description: 'Sub-quotas; `goal` is the value of the goal it is kept for' }),
});

export const Goals = z.object({
  choose: z.enum(['one', 'any']).meta({ description: 'Exactly one, or one or more' }),
  field: z.string().optional().meta({ description: 'Key of the field of the form that asks which' }),
  options: z.array(z.object({ value: z.string(), text: z.string() })),
  clause,
});

export const Indicator = z.object({
  kind: z.enum(['bound', 'byApplicant', 'oneOf']),
  title: z.string(),
  ...figures,
  soft: z.boolean().meta({ description: 'Wished for, not demanded' }),
  goal: z.string().optional().meta({ description: 'Only for those who chose this goal' }),
  of: z
    .array(z.object({ ...figures, title: z.string().optional(), applicants: z.array(z.string()).optional() }))
    .optional()
    .meta({ description: 'By kind of applicant, or alternatives of which one is enough' }),
  clause,
});

export const Evidence = z.object({
  deliverable: z.int().meta({ description: 'Place in `deliverables`, from 0' }),
  needed: z.string(),
  without: z.string().meta({ description: 'What holds without it' }),
  clause,
});

export const Period = z.object({
  from: z.string().optional().meta({ description: 'A day, or a month: from its first day' }),
  until: z.string().optional().meta({ description: 'A day, or a month: until its last day' }),
  agreement: z.string().optional().meta({ description: 'Agreement with a third party whose time goes before' }),
  text: z.string(),
});

export const Condition = z.object({
  text: z.string(),
  effect: z.enum(['gate', 'priority']).meta({ description: 'A gate refuses; priority never does' }),
  rule: z.string().optional().meta({ description: 'In CEL over unit, answers, submission and call' }),
  declare: z.string().optional().meta({ description: 'Key of the answer by which the applicant declares it' }),
  material: z.string().optional().meta({ description: 'Key of the material that proves it' }),
  message: z.string().optional(),
  clause,
});

export const Joint = z
  .object({
    allowed: z.boolean(),
    leadNamed: z.boolean().optional().meta({ description: 'One unit is named as lead (牵头单位)' }),
    minPartners: z.int().optional(),
    maxPartners: z.int().optional().meta({ description: 'Units besides the lead' }),
    partners: z.array(z.string()).optional().meta({ description: 'Kinds of unit that may be partners; absent: any' }),
    partnersCount: z.boolean().optional().meta({ description: "Counts against the partners' own limits too" }),
    text: z.string().optional(),
    clause,
  })
  .meta({ description: 'Whether several units may apply together (联合申报)' });

const past = z.object({ text: z.string().optional(), clause }).optional();

export const History = z
  .object({ sanctioned: past, overdue: past })
  .meta({ description: "What a unit's past means: a sanction in force always bars, overdue obligations where named" });

export const Obligation = z.object({
  text: z.string(),
  report: z.boolean(),
  due: z
    .object({
      kind: z.enum(['date', 'within']),
      on: z.string().optional(),
      count: z.int().optional(),
      unit: z.enum(['day', 'week', 'month', 'year']).optional(),
      after: z.string().optional().meta({ description: 'The event it is counted from' }),
    })
    .optional(),
  clause,
});

export const Paper = z.object({
  copies: z.int(),
  text: z.string().optional(),
  closes: z.string().optional().meta({ description: "The paper's own deadline, as written" }),
  closesText: z.string().optional().meta({ description: 'The same in words, with its zone' }),
  place: z.string().optional(),
  afterFormalCheck: z.boolean(),
  clause,
});

export const Contact = z.object({
  for: z.string().optional(),
  department: z.string(),
  address: z.string().optional(),
  mailbox: z.string().optional(),
  phone: z.string().optional(),
  technical: z.boolean().optional().meta({ description: 'For questions about the system' }),
});
