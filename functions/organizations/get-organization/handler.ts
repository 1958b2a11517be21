import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { getOrganization } from './get-organization.ts';

const env = environment({ MEMBERSHIPS_TABLE: z.string(), ORGANIZATIONS_TABLE: z.string() });
const db = documentClient();

export const handler = getOrganization({
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  organizations: organizationsRepository(db, env.ORGANIZATIONS_TABLE),
});
