import * as z from 'zod';
import { operation } from './operation.ts';
import { OrganizationId } from './primitives.ts';

export const Role = z.enum(['officer', 'applicant']);
export type Role = z.output<typeof Role>;

/** What is known of a person as member of one organisation; new drafts start with it. Formats are checked by the domain. */
export const MemberDetails = z.object({
  name: z.string().optional().meta({ description: 'At most 40 characters' }),
  email: z.string().optional(),
  mobile: z.string().optional().meta({ description: '11 digits' }),
});
export type MemberDetails = z.output<typeof MemberDetails>;

export const getAccount = operation({
  method: 'GET',
  path: '/account',
  status: 200,
  access: 'signedIn',
  summary: 'The organisations the bearer belongs to, as what, and what each knows of the bearer',
  reply: z.object({
    memberships: z.array(
      z.object({
        organizationId: OrganizationId,
        name: z.string().meta({ description: 'Of the organisation' }),
        kinds: z.array(z.string()),
        role: Role,
        user: MemberDetails.meta({ description: 'What the organisation knows of the bearer' }),
      }),
    ),
  }),
  refusals: [],
});
