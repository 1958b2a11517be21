import { newUser } from '#infra/local/cognito/user-store.ts';
import { exampleAnnexes, exampleCall } from '#infra/local/seed/example-call.ts';
import { seedPeople } from '#infra/local/seed/seed-people.ts';
import { callChanges } from '#shared/data/call-changes.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { headPublishing, headWithVersion } from '#shared/domain/call/publication.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { MADE_BY } from '#shared/identity/user-directory.ts';
import { newSecret } from '#shared/messages/webhook/signature.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { kmsSigner } from '#shared/signing/signer.ts';
import { annexKey } from '#shared/storage/annexes.ts';
import { sealObjects } from '#shared/storage/seal-objects.ts';
import { sealedRosters } from '#shared/storage/sealed-rosters.ts';
import { contentOf } from './call-content.ts';
import { kmsAt } from './kms.ts';
import { type Sealing, sealing } from './seal-world.ts';
import { storeObject } from './store-object.ts';
import { addExports } from './world-exports.ts';
import { ACCOUNT, CALLS, WEBHOOKS } from './world-ids.ts';
import type { Stores } from './world-stores.ts';
import { addSubmissions } from './world-submissions.ts';

/** When all of the world came to be, ms: within the printed window, before any event of events/. */
export const WORLD_BEGAN = Date.UTC(2022, 2, 20, 8);

/** The local S3 stores by the real clock, and what is stored after a deadline is not admitted: so this one is far off. */
export const FAR_DEADLINE = '2099-03-31';
export const PRINTED_DEADLINE = '2022-03-31';
/** Late enough to seal what the printed deadline has closed. */
const SEALED_AT = Date.UTC(2022, 2, 31, 16, 3);

const DEMO_ORGANISER = { organiser: 'changde-kexie', officer: 'demo-officer' };

const addPeople = async ({ db, tables, users }: Stores): Promise<void> => {
  const memberships = membershipsRepository(db, tables.memberships);
  await Promise.all([
    seedPeople(db, tables),
    memberships.put({ subject: ACCOUNT.subject, organizationId: 'changde-huaxue', role: 'applicant' }),
    users.save(await newUser(ACCOUNT, { password: 'Of-their-own-5' }, { [MADE_BY]: 'changde-kexie' })),
  ]);
};

export const addWebhooks = async (
  { db, tables }: Stores,
  organizationId: string = DEMO_ORGANISER.organiser,
): Promise<void> => {
  const webhooks = webhooksRepository(db, tables.webhooks);
  const at = toInstant(WORLD_BEGAN);
  const made = {
    organizationId,
    url: 'https://archive.example.org/events',
    events: [],
    state: 'active' as const,
    secret: newSecret(),
    revision: 1,
    createdAt: at,
    updatedAt: at,
  };
  await Promise.all(WEBHOOKS.map((name) => webhooks.saveAtRevision({ ...made, name }, 0)));
};

/** Saves the Changde call under an id, with its annexes, and publishes it if it is to be. */
export const addCall = async (
  stores: Stores,
  callId: string,
  closes: string,
  isPublished: boolean,
  { organiser, officer } = DEMO_ORGANISER,
): Promise<void> => {
  const yaml = exampleCall(closes).replace(DEMO_ORGANISER.organiser, organiser);
  const { definition, window, faults } = checkDefinition(parseYaml(yaml));
  if (definition === undefined) throw new Error(`The Changde call has faults: ${JSON.stringify(faults)}`);
  const files = exampleAnnexes();
  for (const { sha256, contentType } of definition.annexes) {
    const bytes = files.get(sha256);
    if (bytes === undefined) throw new Error(`No annex of the Changde call has the SHA-256 ${sha256}.`);
    await storeObject(stores, { bucket: stores.buckets.annexes, key: annexKey(callId, sha256), contentType }, bytes);
  }

  const at = toInstant(WORLD_BEGAN);
  const saved = {
    callId,
    version: 1,
    savedAt: at,
    savedBy: officer,
    window,
    content: contentOf(definition),
  };
  const changes = callChanges(stores.db, stores.tables);
  const head = headWithVersion(undefined, { ...saved, organiser: definition.organiser });
  await changes.saveVersionAtRevision(head, saved, 0, byOfficer(saved.savedBy, at, 'saved', { version: 1 }));
  if (!isPublished) return;
  await changes.replaceHeadAtRevision(
    headPublishing(head, saved, definition.reminders, at),
    head.revision,
    byOfficer(saved.savedBy, at, 'published', { version: 1 }),
  );
};

/** What begins and makes the seals of calls whose printed deadline has passed. */
export const sealingOf = (stores: Stores): Sealing => {
  const objects = sealObjects(stores.s3, stores.buckets.seals);
  const signer = kmsSigner(kmsAt(stores.kmsUrl), stores.signingKeys.current);
  return sealing({ ...stores, clock: { now: SEALED_AT } }, { objects, rosters: sealedRosters(objects), signer });
};

/** Seals a call whose deadline has passed. */
export const sealCall = async (stores: Stores, callId: string): Promise<void> => {
  const { begin, tick } = sealingOf(stores);
  await begin(callId);
  await tick();
};

/** What the events in events/ were recorded with: the demo organisations and people, and what world-ids.ts names. */
export const fillWorld = async (stores: Stores): Promise<void> => {
  await addPeople(stores);
  await addWebhooks(stores);
  await addCall(stores, CALLS.open, FAR_DEADLINE, true);
  await addCall(stores, CALLS.saved, FAR_DEADLINE, false);
  await addCall(stores, CALLS.mistaken, FAR_DEADLINE, true);
  await addCall(stores, CALLS.closing, FAR_DEADLINE, true);
  await addCall(stores, CALLS.past, PRINTED_DEADLINE, true);
  await addCall(stores, CALLS.sealed, PRINTED_DEADLINE, true);
  await addSubmissions(stores, WORLD_BEGAN);
  await sealCall(stores, CALLS.sealed);
  await addExports(stores, WORLD_BEGAN);
};
