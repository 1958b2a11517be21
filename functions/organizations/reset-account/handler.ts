import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { cognitoClient } from '#shared/identity/cognito-client.ts';
import { directoryOf } from '#shared/identity/user-directory.ts';
import { environment } from '#shared/runtime/environment.ts';
import { resetAccount } from './reset-account.ts';

const env = environment({
  MEMBERSHIPS_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
  USER_POOL_ID: z.string().optional(),
});
const db = documentClient();

export const handler = resetAccount({
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  organizations: organizationsRepository(db, env.ORGANIZATIONS_TABLE),
  directory: directoryOf(cognitoClient, env.USER_POOL_ID),
});
