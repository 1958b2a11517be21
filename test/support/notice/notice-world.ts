import { readdirSync, readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { parseDocument } from 'yaml';
import { DEMO_MEMBERS } from '#infra/local/seed/demo-people.ts';
import type { StackRecord } from '#infra/local/stack/stack-file.ts';
import { startStack } from '#infra/local/start-stack.ts';
import { createAnnexUpload, publishCall, saveCall } from '#shared/contract/calls.ts';
import { saveMember, saveOrganization } from '#shared/contract/organizations.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { type Client, client, sha256, upload } from '#test/support/client.ts';
import type { RecordChange, Trial } from './trial.ts';

const CALLS = new URL('../../../shared/calls/', import.meta.url);
const FORTNIGHT = 14 * 86_400_000;

/** Those who act: one for all the units that apply, one for all that are partners. */
const APPLICANT = 'secretary';
const PARTNER = 'secretary-2';

const subjectOf = (name: string): string => DEMO_MEMBERS.find((member) => member.name === name)?.subject ?? name;

/** The notice as its officer would send it, everything as printed but the deadline: a window that is open now. */
const openNow = (callId: string): string => {
  const document = parseDocument(readFileSync(new URL(`${callId}/call.yaml`, CALLS), 'utf8'));
  document.set('closes', new Date(Date.now() + FORTNIGHT).toISOString());
  return document.toString();
};

/** As whoever runs the system makes an organiser and its first officer (`npm run admin`). */
const makeOrganiser = async (record: StackRecord, organiser: Trial['organiser']): Promise<void> => {
  const { region, dynamoDbUrl: endpoint, accessKeyId, secretAccessKey, tables } = record;
  const client = new DynamoDBClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  const db = DynamoDBDocumentClient.from(client);
  const { organizationId } = organiser;
  const subject = subjectOf('officer');
  await organizationsRepository(db, tables.OrganizationsTable ?? '').put({ ...organiser, kinds: [], organiser: true });
  await membershipsRepository(db, tables.MembershipsTable ?? '').put({ subject, organizationId, role: 'officer' });
  client.destroy();
};

const uploadAnnexes = async (officer: Client, path: string, folder: URL, definition: CallDefinition): Promise<void> => {
  if (definition.annexes.length === 0) return;
  const annexes = new URL('annexes/', folder);
  const files = readdirSync(annexes).map((name) => new Uint8Array(readFileSync(new URL(name, annexes))));
  for (const { filename, contentType, size, sha256: digest } of definition.annexes) {
    const bytes = files.find((file) => sha256(file) === digest);
    if (bytes === undefined) throw new Error(`No file of the annex ${filename}.`);
    const json = { organiser: definition.organiser, filename, contentType, size, sha256: digest };
    const { body } = await officer.read(createAnnexUpload.reply, 201, 'POST', `${path}/annexes`, { json });
    await upload(body.upload, bytes);
  }
};

/** A running system in which one notice is open, and those who deal with it over HTTP. */
export interface NoticeWorld {
  /** `/calls/…` */
  readonly path: string;
  readonly applicant: Client;
  readonly partner: Client;
  /** Writes a unit's record as its officer does, and lets the applicant or the partner act for it. @returns its id */
  readonly unit: (name: string, record: RecordChange, actor: 'applicant' | 'partner') => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts the system, publishes the notice under an id of its own (the Changde call is there already), and stops all of it by `stop`. */
export const openNotice = async ({ callId, organiser }: Trial): Promise<NoticeWorld> => {
  const stack = await startStack();
  try {
    await makeOrganiser(stack.record, organiser);
    const [officer, applicant, partner] = await Promise.all(
      ['officer', APPLICANT, PARTNER].map(async (name) => client(stack.url, await stack.token(name))),
    );
    if (officer === undefined || applicant === undefined || partner === undefined) throw new Error('Nobody is there.');
    const path = `/calls/trial-${callId}`;
    const yaml = openNow(callId);
    const definition = CallDefinition.parse(parseDocument(yaml).toJS());
    await uploadAnnexes(officer, path, new URL(`${callId}/`, CALLS), definition);
    const headers = { 'content-type': 'application/yaml' };
    await officer.read(saveCall.reply, 200, 'PUT', path, { body: yaml, headers });
    await officer.read(publishCall.reply, 200, 'POST', `${path}/publish`);

    const members = new Set<string>();
    const unit: NoticeWorld['unit'] = async (name, record, actor) => {
      const organizationId = `${callId}-${name}`.toLowerCase();
      const json = { name: `示例单位${name}`, managedBy: organiser.organizationId, ...record };
      const at = `/organizations/${organizationId}`;
      await officer.read(saveOrganization.reply, 200, 'PUT', at, { json });
      if (members.has(organizationId)) return organizationId;
      const subject = subjectOf(actor === 'applicant' ? APPLICANT : PARTNER);
      await officer.read(saveMember.reply, 200, 'PUT', `${at}/members/${subject}`, { json: { role: 'applicant' } });
      members.add(organizationId);
      return organizationId;
    };
    return { path, applicant, partner, unit, stop: () => stack.stop() };
  } catch (error) {
    await stack.stop();
    throw error;
  }
};
