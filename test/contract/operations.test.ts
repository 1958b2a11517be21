import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOf, operationsOf, RESOURCES } from '#infra/functions.ts';
import { startWorld } from '#test/support/world.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { expectProblem, expectSuccess } from './conformance.ts';
import { type DeployedFunction, deployFunction } from './deployed-function.ts';
import { type RecordedName, recordedHttpEvent, withClaims } from './recorded-events.ts';

const ALL = RESOURCES.flatMap((resource) =>
  operationsOf(resource).map(({ id, operation }) => ({ id, operation, folder: folderOf(resource, id) })),
);

/** Ids of the right form that name nothing in the fixture world. */
const UNKNOWN: Readonly<Record<string, string>> = {
  callId: 'no-such-call',
  version: '99',
  code: '9-9',
  key: 'noSuchAnnex',
  submissionId: '0'.repeat(26),
  attachmentId: '0'.repeat(26),
  receiptNo: '0'.repeat(26),
  number: '99',
  exportId: '0'.repeat(26),
  organizationId: 'no-such-unit',
  subject: 'nobody',
  username: 'nobody',
  name: 'nobody',
};

/** Events besides the one that each operation has: bodies and replies in another format. */
const MORE_EVENTS: Readonly<Record<string, readonly RecordedName[]>> = {
  getSubmissionReceipt: ['submissions/get-submission-receipt.html'],
  importOrganizations: ['organizations/import-organizations.xlsx'],
};

/** Where a unit acts, that it must be named; everywhere else, and of a submission always, that there is no such thing. */
const STRANGERS_ARE_TOLD = ['UNIT_REQUIRED', 'NOT_FOUND'] as const;

/** Whoever is signed in reads these. */
const FOR_EVERYBODY: ReadonlySet<string> = new Set(['getTimeline']);

/** Here a new id is as good as a known one. */
const TAKES_NEW: Readonly<Record<string, readonly string[]>> = {
  saveCall: ['callId'],
  createAnnexUpload: ['callId'],
  saveOrganization: ['organizationId'],
  saveMember: ['subject'],
  saveWebhook: ['name'],
};

let world: Stores;

// The world takes seconds, and several times that where all of a machine is busy.
beforeAll(async () => {
  world = await startWorld();
}, 120_000);

afterAll(async () => {
  await world.stop();
});

describe.each(ALL)('$id', ({ id, operation, folder }) => {
  let deployed: DeployedFunction;

  beforeAll(async () => {
    deployed = await deployFunction(id, folder, world);
  });

  afterAll(async () => {
    await deployed.remove();
  });

  it('has an event recorded on its own route', () => {
    const event = recordedHttpEvent(folder);
    const { pathParameters = {}, queryStringParameters = {}, requestContext, body, isBase64Encoded } = event;
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => pathParameters[name] ?? '');
    expect(event.routeKey).toBe(`${operation.method} ${operation.path}`);
    expect(event.rawPath).toBe(path);
    expect(event.rawQueryString).toBe(new URLSearchParams(queryStringParameters).toString());
    expect(event.headers['content-length']).toBe(
      String(Buffer.byteLength(body ?? '', isBase64Encoded ? 'base64' : 'utf8')),
    );
    expect(requestContext).toMatchObject({ routeKey: event.routeKey, http: { method: operation.method, path } });
    expect(requestContext.authorizer !== undefined).toBe(operation.access === 'signedIn');
  });

  if (operation.access === 'signedIn') {
    it('refuses an ID token', async () => {
      const event = withClaims(recordedHttpEvent(folder), { token_use: 'id' });
      expectProblem(operation, await deployed.invoke(event), 'ACCESS_TOKEN_REQUIRED');
    });
  }

  if (operation.body !== undefined) {
    it('refuses a body that breaks off', async () => {
      const event = { ...recordedHttpEvent(folder), body: '{"title": [', isBase64Encoded: false };
      const { errors } = expectProblem(operation, await deployed.invoke(event), 'INVALID_REQUEST');
      expect(errors.length).toBeGreaterThan(0);
    });
  }

  const toStrangers =
    operation.params?.shape.submissionId === undefined
      ? STRANGERS_ARE_TOLD.find((code) => operation.refusals.some((refusal) => refusal === code))
      : 'NOT_FOUND';
  if (operation.access === 'signedIn' && toStrangers !== undefined && !FOR_EVERYBODY.has(id)) {
    it('refuses whoever belongs to no organisation', async () => {
      const event = withClaims(recordedHttpEvent(folder), { sub: 'stranger' });
      expectProblem(operation, await deployed.invoke(event), toStrangers);
    });
  }

  const named = Object.keys(operation.params?.shape ?? {});
  for (const name of named.filter((each) => !TAKES_NEW[id]?.includes(each))) {
    it(`knows no other ${name}`, async () => {
      const event = recordedHttpEvent(folder);
      const pathParameters = { ...event.pathParameters, [name]: UNKNOWN[name] ?? '' };
      expectProblem(operation, await deployed.invoke({ ...event, pathParameters }), 'NOT_FOUND');
    });
  }

  for (const name of [folder, ...(MORE_EVENTS[id] ?? [])]) {
    it(`answers the event ${name} as the contract says, with the rights it has`, async () => {
      const result = await deployed.invoke(recordedHttpEvent(name));
      expect(deployed.denied()).toEqual([]);
      expectSuccess(operation, result);
    });
  }
});
