import * as z from 'zod';

export const Role = z.enum(['officer', 'applicant']);
export type Role = z.output<typeof Role>;

/** What is known of a person as member of one organisation; new drafts start with it. Formats are checked by the domain. */
export const MemberDetails = z.object({
  name: z.string().optional().meta({ description: 'At most 40 characters' }),
  email: z.string().optional(),
  mobile: z.string().optional().meta({ description: '11 digits' }),
});
export type MemberDetails = z.output<typeof MemberDetails>;
