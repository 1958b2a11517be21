import * as z from 'zod';
import type { LocalUserPool } from './local-model.ts';
import { parseProperties } from './parse-properties.ts';
import type { ResolvedResource } from './resolve-assembly.ts';

const PoolProperties = z.object({
  AdminCreateUserConfig: z.object({ AllowAdminCreateUserOnly: z.literal(true) }),
  UsernameConfiguration: z.object({ CaseSensitive: z.literal(false) }),
  Schema: z.array(z.object({ Name: z.string(), AttributeDataType: z.literal('String') })).default([]),
  Policies: z.object({
    PasswordPolicy: z.object({
      MinimumLength: z.number(),
      RequireLowercase: z.boolean(),
      RequireUppercase: z.boolean(),
      RequireNumbers: z.boolean(),
      RequireSymbols: z.boolean(),
      TemporaryPasswordValidityDays: z.number(),
    }),
  }),
});

/** The pool that the template has, with the one client of it; undefined where the stage has a provider of its own. */
export const readUserPool = (resources: readonly ResolvedResource[]): LocalUserPool | undefined => {
  const ofType = (type: string): ResolvedResource[] => resources.filter((each) => each.type === type);
  const [pool, ...pools] = ofType('AWS::Cognito::UserPool');
  const [client, ...clients] = ofType('AWS::Cognito::UserPoolClient');
  if (pool === undefined) return undefined;
  if (client === undefined || pools.length > 0 || clients.length > 0) {
    throw new Error('The local machine serves one user pool with one client.');
  }
  const { Schema, Policies } = parseProperties(pool, PoolProperties);
  const policy = Policies.PasswordPolicy;
  return {
    id: String(pool.reference),
    clientId: String(client.reference),
    attributes: ['email', ...Schema.map(({ Name }) => `custom:${Name}`)],
    passwordPolicy: {
      minimumLength: policy.MinimumLength,
      lowercase: policy.RequireLowercase,
      uppercase: policy.RequireUppercase,
      digits: policy.RequireNumbers,
      symbols: policy.RequireSymbols,
      initialDays: policy.TemporaryPasswordValidityDays,
    },
  };
};
