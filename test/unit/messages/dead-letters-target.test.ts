import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { deadLettersTarget } from '#infra/dead-letters/target.ts';
import { DomainEvent } from '#shared/contract/events.ts';

const EVENT = DomainEvent.parse({
  id: 'call#changde-2022/00000007',
  type: 'call.closed',
  at: '2022-04-01T10:00:00.000Z',
  organiser: 'changde-kx',
  data: { callId: 'changde-2022', closesAt: '2022-04-01T10:00:00.000Z' },
});

const directory = mkdtempSync(join(tmpdir(), 'dead-letters-'));
const requests: { readonly authorization: string | undefined; readonly body: unknown }[] = [];
let bus: Server;

beforeAll(async () => {
  bus = createServer(async (request, response) => {
    requests.push({ authorization: request.headers.authorization, body: JSON.parse(await text(request)) });
    response.end('{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}');
  });
  bus.listen(0, '127.0.0.1');
  await once(bus, 'listening');
  const { port } = z.object({ port: z.int() }).parse(bus.address());
  vi.stubEnv('AWS_ENDPOINT_URL_EVENTBRIDGE', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
});

afterAll(() => {
  vi.unstubAllEnvs();
  bus.close();
  rmSync(directory, { recursive: true });
});

const targetOf = (queues: Record<string, string>) => {
  const outputs = join(directory, 'outputs.json');
  writeFileSync(outputs, JSON.stringify({ data: { TablesRegion: 'ap-east-1' }, queues }));
  return deadLettersTarget({ outputs });
};

describe('a deployed stack whose dead letters are replayed', () => {
  it('has its own event bus told, in its region', async () => {
    await targetOf({ EventBusName: 'shenbao' }).bus?.([EVENT]);
    expect(requests).toEqual([
      {
        authorization: expect.stringContaining('/ap-east-1/events/'),
        body: { Entries: [expect.objectContaining({ EventBusName: 'shenbao', DetailType: 'call.closed' })] },
      },
    ]);
  });

  it('has none told where the stage names none', () => {
    expect(targetOf({}).bus).toBeUndefined();
  });

  it('says which output is missing as soon as it is needed', () => {
    expect(() => targetOf({}).objects()).toThrow(/has no AttachmentsBucketName: deploy again/);
  });
});
