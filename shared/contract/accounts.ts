import * as z from 'zod';
import { MemberDetails, Role } from './membership.ts';
import { operation } from './operation.ts';
import { listOf, OrganizationId, Page } from './primitives.ts';
import type { WellFormedName } from './well-formed.ts';

/** What a person signs in by. Shorter than a `sub`, so that none can be mistaken for one, and without @, so that none looks like an e-mail address. */
const Username = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{2,31}$/, 'username' satisfies WellFormedName)
  .meta({
    description: 'What the person signs in by: 3 to 32 lower-case letters, digits, dots, hyphens or underscores',
  });

const Account = z
  .object({
    username: Username,
    subject: z.string().meta({ description: "`sub` of the person's tokens, by which members are named" }),
    role: Role,
    name: z.string().optional(),
    enabled: z.boolean().meta({ description: 'Whether the person can sign in' }),
    state: z.enum(['initialPassword', 'active']).meta({
      description:
        'initialPassword: the first thing a sign-in asks for is a password of their own; active: they have one',
    }),
  })
  .meta({ id: 'Account', description: 'By what a person of a unit signs in' });

const AccountToHandOver = Account.extend({
  initialPassword: z.string().meta({
    description:
      'Shown this once and kept nowhere; good for 7 days, and replaced by one of their own at the first sign-in',
  }),
}).meta({ id: 'AccountToHandOver' });

const params = z.object({ organizationId: OrganizationId });
const accountParams = params.extend({ username: Username });

/** Where the stage has a provider of its own, no account is made here. */
const REFUSALS = ['NOT_FOUND', 'ACCOUNTS_ELSEWHERE'] as const;
const ONLY_OURS =
  'Only of an account that an organiser of the officer made, whose person acts for no organisation that others keep; of any other: ACCOUNT_NOT_YOURS.';

export const createAccount = operation({
  method: 'POST',
  path: '/organizations/{organizationId}/accounts',
  status: 201,
  access: 'signedIn',
  summary: 'Make an account for a person of a unit, with an initial password to hand over',
  description:
    'The person becomes a member of the unit. Sent again before the first sign-in it gives a new initial password, the one before it ends, and the member is saved as sent: so repeat it after an error. There is no Idempotency-Key, since a password is never stored. ACCOUNT_EXISTS: the name is in use, here or elsewhere.',
  params,
  body: z.strictObject({
    username: Username,
    role: Role.default('applicant').meta({ description: 'officer: of an organiser alone' }),
    ...MemberDetails.shape,
  }),
  reply: AccountToHandOver,
  refusals: [
    ...REFUSALS,
    'ACCOUNT_EXISTS',
    'VALIDATION_FAILED',
    'CONFLICT',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
});

export const listAccounts = operation({
  method: 'GET',
  path: '/organizations/{organizationId}/accounts',
  status: 200,
  access: 'signedIn',
  summary: "The accounts of a unit's members that the officer's organisers made",
  description:
    'From an index that may lag some seconds behind. A page can be shorter than `limit`, since members whose accounts others made are left out.',
  params,
  query: Page,
  reply: listOf(Account),
  refusals: REFUSALS,
});

export const resetAccount = operation({
  method: 'POST',
  path: '/organizations/{organizationId}/accounts/{username}/reset',
  status: 200,
  access: 'signedIn',
  summary: 'Give an account a new initial password',
  description: `The password before it ends, and nobody stays signed in beyond the hour that an access token lives. A second factor stays. ${ONLY_OURS}`,
  params: accountParams,
  reply: AccountToHandOver,
  refusals: [...REFUSALS, 'ACCOUNT_NOT_YOURS'],
});

export const disableAccount = operation({
  method: 'POST',
  path: '/organizations/{organizationId}/accounts/{username}/disable',
  status: 200,
  access: 'signedIn',
  summary: 'Let a person sign in no longer',
  description: `An access token given before is good until it expires, within the hour; to end a person's rights at once, remove the member (removeMember). ${ONLY_OURS}`,
  params: accountParams,
  reply: Account,
  refusals: [...REFUSALS, 'ACCOUNT_NOT_YOURS'],
});

export const enableAccount = operation({
  method: 'POST',
  path: '/organizations/{organizationId}/accounts/{username}/enable',
  status: 200,
  access: 'signedIn',
  summary: 'Let a person sign in again, with the password they had',
  description: ONLY_OURS,
  params: accountParams,
  reply: Account,
  refusals: [...REFUSALS, 'ACCOUNT_NOT_YOURS'],
});
