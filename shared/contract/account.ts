import * as z from 'zod';
import { operation } from './operation.ts';
import { OrganizationId } from './primitives.ts';

export const Role = z.enum(['officer', 'applicant']);
export type Role = z.output<typeof Role>;

export const getAccount = operation({
  method: 'GET',
  path: '/account',
  status: 200,
  access: 'signedIn',
  summary: 'The organisations the bearer belongs to, and as what',
  reply: z.object({
    memberships: z.array(
      z.object({ organizationId: OrganizationId, name: z.string(), kinds: z.array(z.string()), role: Role }),
    ),
  }),
  refusals: [],
});
