import * as z from 'zod';

/**
 * What an organiser knows of a unit, as it is written. Types and keys are checked here; what a person can mistype (dates, codes, lengths) is checked by
 * the domain, so that all of it comes back at once.
 */
export const OrganizationRecord = z.strictObject({
  name: z.string().meta({ description: 'At most 100 characters' }),
  kinds: z
    .array(z.string())
    .default([])
    .meta({ description: 'Kinds of unit in the words of the notices', examples: [['市级学会', '学会服务站']] }),
  uscc: z
    .string()
    .optional()
    .meta({ description: '统一社会信用代码 (GB 32100): 18 characters, its check digit is checked' }),
  rating: z
    .strictObject({
      grade: z.string().meta({ description: '1A, 2A, 3A, 4A or 5A' }),
      validUntil: z.string().meta({ description: 'The last day on which it is valid' }),
    })
    .optional()
    .meta({ description: '社会组织评估等级' }),
  foundedOn: z.string().optional().meta({ description: 'A day, such as 2022-03-31' }),
  address: z.string().optional().meta({ description: '地址: at most 200 characters' }),
  postcode: z.string().optional().meta({ description: '邮编: 6 digits' }),
  phone: z.string().optional().meta({ description: '电话: a landline or a mobile, such as 0736-7712345' }),
  fax: z.string().optional().meta({ description: '传真: written as `phone` is' }),
  email: z.string().optional().meta({ description: '电子邮箱' }),
  head: z.string().optional().meta({ description: '负责人: at most 40 characters' }),
  headMobile: z.string().optional().meta({ description: '负责人手机: 11 digits' }),
  flags: z.array(z.string()).default([]).meta({
    description:
      'What holds of the unit, by key: hasPartyBranch (建有党组织), canIssueInvoices (能开具税务发票), annualMeetingFiveYears (连续五年以上举办学术年会), or keys of your own (letters and digits, lower-case first) that your calls ask for',
  }),
  sanctions: z
    .array(z.strictObject({ reason: z.string(), from: z.string(), until: z.string() }))
    .default([])
    .meta({ description: 'Days from–until on which it may not apply, both included' }),
  overdue: z
    .array(z.strictObject({ what: z.string(), since: z.string(), clause: z.string().optional() }))
    .default([])
    .meta({ description: 'Obligations of earlier projects that it has not met, and since when' }),
});
export type OrganizationRecord = z.output<typeof OrganizationRecord>;
