import * as z from 'zod';
import { MemberDetails, Role } from './membership.ts';
import { operation } from './operation.ts';
import { OrganizationId } from './primitives.ts';

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
