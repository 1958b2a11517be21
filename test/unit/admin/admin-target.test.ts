import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { adminTarget } from '#infra/admin/admin-target.ts';

const OUTPUTS = {
  'Shenbao-prod-Data': { OrganizationsTableName: 'orgs', MembershipsTableName: 'members', TablesRegion: 'cn-north-1' },
  'Shenbao-prod-Api': { ApiUrl: 'https://api' },
};

const folder = mkdtempSync(join(tmpdir(), 'admin-'));
const outputs = join(folder, 'outputs.json');
const write = (content: object) => writeFileSync(outputs, JSON.stringify(content));

/** The regions that requests were signed for, as DynamoDB would read them. */
const signedFor: string[] = [];
const server = createServer((request, response) => {
  signedFor.push(request.headers.authorization?.split('/')[2] ?? 'none');
  response.setHeader('content-type', 'application/x-amz-json-1.0').end('{"Items":[],"Count":0}');
});

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = z.object({ port: z.int() }).parse(server.address());
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_REGION', 'us-east-1');
});
afterEach(() => {
  signedFor.length = 0;
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

describe('a deployed stack', () => {
  it('is asked in the region it lies in, whatever the machine has as its own', async () => {
    write(OUTPUTS);
    expect(await adminTarget({ outputs }).memberships.ofSubject('s')).toEqual([]);
    expect(signedFor).toEqual(['cn-north-1']);
  });

  it('is asked in the region that was named', async () => {
    write(OUTPUTS);
    await adminTarget({ outputs, region: 'eu-central-1' }).memberships.ofSubject('s');
    expect(signedFor).toEqual(['eu-central-1']);
  });

  it('is not guessed from a file without its tables', () => {
    write({ 'Shenbao-prod-Api': { ApiUrl: 'https://api' } });
    expect(() => adminTarget({ outputs })).toThrow('names no tables of this system');
  });
});
