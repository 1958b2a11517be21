import { DEMO_MEMBERS, DEMO_ORGANIZATIONS } from '#infra/local/seed/demo-people.ts';
import { EXAMPLE_CALL_ID, exampleCall } from '#infra/local/seed/example-call.ts';
import { callChanges } from '#shared/data/call-changes.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { headPublishing, headWithVersion } from '#shared/domain/call/publication.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { contentOf } from '#test/support/call-content.ts';
import type { FlowStores } from './flow-stores.ts';

/** The local S3 stores by the real clock, so the call has to be open by it. */
const FAR_DEADLINE = '2099-03-31';
const PUBLISHED_AT = toInstant(Date.UTC(2022, 1, 20, 2));

/** Two nodes of its tree count a submission, and the whole call allows 3 per unit. */
export const CATEGORY = '2-4';

/** The Changde call in force, and the demo organisations and members. */
export const addChangde = async ({ db, tables }: Pick<FlowStores, 'db' | 'tables'>): Promise<void> => {
  const organizations = organizationsRepository(db, tables.organizations);
  const memberships = membershipsRepository(db, tables.memberships);
  await Promise.all([
    ...DEMO_ORGANIZATIONS.map((organization) => organizations.put(organization)),
    ...DEMO_MEMBERS.map(({ subject, organizationId, role }) => memberships.put({ subject, organizationId, role })),
  ]);
  const { definition, window, faults } = checkDefinition(parseYaml(exampleCall(FAR_DEADLINE)));
  if (definition === undefined) throw new Error(`The Changde call has faults: ${JSON.stringify(faults)}`);
  const version = {
    callId: EXAMPLE_CALL_ID,
    version: 1,
    savedAt: PUBLISHED_AT,
    savedBy: 'demo-officer',
    window,
    content: contentOf(definition),
  };
  const changes = callChanges(db, tables);
  const head = headWithVersion(undefined, { ...version, organiser: definition.organiser });
  await changes.saveVersionAtRevision(head, version, 0, byOfficer('demo-officer', PUBLISHED_AT, 'saved'));
  await changes.replaceHeadAtRevision(
    headPublishing(head, version, definition.reminders, PUBLISHED_AT),
    head.revision,
    byOfficer('demo-officer', PUBLISHED_AT, 'published'),
  );
};
