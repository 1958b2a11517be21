import { newUser } from '#infra/local/cognito/user-store.ts';
import { DEMO_ORGANIZATIONS } from '#infra/local/seed/demo-people.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { MADE_BY } from '#shared/identity/user-directory.ts';
import { startWorld } from '#test/support/world.ts';
import {
  addCall,
  addWebhooks,
  FAR_DEADLINE,
  PRINTED_DEADLINE,
  sealCall,
  WORLD_BEGAN,
} from '#test/support/world-content.ts';
import { addDoneExport } from '#test/support/world-exports.ts';
import { CALLS } from '#test/support/world-ids.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { addSubmission } from '#test/support/world-submissions.ts';
import { ORGANISERS, PEOPLE, UNITS } from './people.ts';

/** The other organiser's calls, each in the state of the first one's of that name. */
export const OTHER_CALLS = {
  open: 'lixian-2022',
  saved: 'lixian-2022-saved',
  mistaken: 'lixian-2022-mistaken',
  past: 'lixian-2022-past',
  sealed: 'lixian-2022-sealed',
} as const;

/** Of each unit another, so that a reply is seen to name one. */
export const UNIT_NAMES = {
  own: '常德市物理学会',
  other: '常德市生物学会',
  partner: '常德市土木工程学会',
  foreign: '澧县化学学会',
} as const satisfies Record<keyof typeof UNITS, string>;

export const OTHER_EXPORT = 'exp0rt0there'.padEnd(26, '0');

/** An account that the other organiser made for its unit. */
export const OTHER_ACCOUNT = { username: 'lixian-wang', subject: 'account-lixian-wang' } as const;

export const OWNERS = {
  own: { unitId: UNITS.own, user: PEOPLE.maker.subject, callId: CALLS.open, organiser: ORGANISERS.first },
  colleagues: { unitId: UNITS.own, user: PEOPLE.colleague.subject, callId: CALLS.open, organiser: ORGANISERS.first },
  otherUnits: { unitId: UNITS.other, user: PEOPLE.otherUnit.subject, callId: CALLS.open, organiser: ORGANISERS.first },
  otherOrganisers: {
    unitId: UNITS.foreign,
    user: PEOPLE.foreignUnit.subject,
    callId: OTHER_CALLS.open,
    organiser: ORGANISERS.other,
  },
} as const;
export type OwnerName = keyof typeof OWNERS;
export const OWNER_NAMES: readonly OwnerName[] = ['own', 'colleagues', 'otherUnits', 'otherOrganisers'];

/** Each names a partner: `draft` is complete and consented to; `inviting` is not consented to, its file announced; `submitted` is. */
export type State = 'draft' | 'inviting' | 'submitted';
const UP_TO = { draft: 'admitted', inviting: 'announced', submitted: 'submitted' } as const;

/** Of 26 characters without i, l, o and u, as ids are. */
export const submissionOf = (owner: OwnerName, state: State): string =>
  `m${OWNER_NAMES.indexOf(owner)}${{ draft: 'draft', inviting: 'named', submitted: 'sent' }[state]}`.padEnd(26, '0');

const addOrganizations = async ({ db, tables }: Stores): Promise<void> => {
  const organizations = organizationsRepository(db, tables.organizations);
  const asked = DEMO_ORGANIZATIONS.find(({ organizationId }) => organizationId === 'changde-huaxue');
  if (asked === undefined) throw new Error('There is no demo unit to take the record of.');
  const record = { flags: [], sanctions: [], overdue: [], ...asked, revision: 1 };
  const organiser = { ...record, organizationId: ORGANISERS.other, kinds: [], organiser: true, managedBy: undefined };
  const units = (['own', 'other', 'partner', 'foreign'] as const).map((unit) => ({
    ...record,
    organizationId: UNITS[unit],
    name: UNIT_NAMES[unit],
    managedBy: unit === 'foreign' ? ORGANISERS.other : ORGANISERS.first,
  }));
  // Its clerk may apply for it as for any unit.
  const first = { ...record, organizationId: ORGANISERS.first, organiser: true, managedBy: undefined, revision: 2 };
  await Promise.all([organiser, ...units].map((one) => organizations.replaceAtRevision(one, 0)));
  await organizations.replaceAtRevision(first, 1);
};

const addPeople = async ({ db, tables, users }: Stores): Promise<void> => {
  const memberships = membershipsRepository(db, tables.memberships);
  const given = Object.values(PEOPLE).flatMap(({ subject, roles }) => roles.map((role) => ({ subject, ...role })));
  await Promise.all(given.map((one) => memberships.put(one)));
  const { subject } = PEOPLE.removed;
  await memberships.put({ subject, organizationId: UNITS.own, role: 'applicant' });
  await memberships.put({ subject, organizationId: ORGANISERS.first, role: 'officer' });
  await Promise.all([UNITS.own, ORGANISERS.first].map((one) => memberships.removeAllRoles(subject, one)));
  await memberships.put({ subject: OTHER_ACCOUNT.subject, organizationId: UNITS.foreign, role: 'applicant' });
  await users.save(await newUser(OTHER_ACCOUNT, { password: 'Of-their-own-6' }, { [MADE_BY]: ORGANISERS.other }));
};

const addCalls = async (stores: Stores): Promise<void> => {
  const other = { organiser: ORGANISERS.other, officer: PEOPLE.otherOfficer.subject };
  await addCall(stores, OTHER_CALLS.open, FAR_DEADLINE, true, other);
  await addCall(stores, OTHER_CALLS.saved, FAR_DEADLINE, false, other);
  await addCall(stores, OTHER_CALLS.mistaken, FAR_DEADLINE, true, other);
  await addCall(stores, OTHER_CALLS.past, PRINTED_DEADLINE, true, other);
  await addCall(stores, OTHER_CALLS.sealed, PRINTED_DEADLINE, true, other);
};

/** The fixture world, and beside it what an attacker would reach for: another organiser with calls of its own, and submissions of four owners in three states. */
export const startMatrixWorld = async (): Promise<Stores> => {
  const stores = await startWorld();
  await addOrganizations(stores);
  await addPeople(stores);
  await addWebhooks(stores, ORGANISERS.other);
  await addCalls(stores);
  const partner = { unitId: UNITS.partner, name: UNIT_NAMES.partner };
  const consented = { ...partner, consentedAt: '2022-03-20T08:30:00.000Z' };
  for (const owner of OWNER_NAMES) {
    for (const state of ['draft', 'inviting', 'submitted'] as const) {
      await addSubmission(
        stores,
        {
          ...OWNERS[owner],
          submissionId: submissionOf(owner, state),
          upTo: UP_TO[state],
          partner: state === 'inviting' ? partner : consented,
        },
        WORLD_BEGAN,
      );
    }
  }
  await sealCall(stores, OTHER_CALLS.sealed);
  const exported = { exportId: OTHER_EXPORT, callId: OTHER_CALLS.open, organiser: ORGANISERS.other };
  await addDoneExport(stores, exported, WORLD_BEGAN);
  return stores;
};
