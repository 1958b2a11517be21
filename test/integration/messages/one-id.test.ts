import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { lambdaContext } from '#test/support/http-event.ts';
import { forgetEnvironment } from '#test/support/stubbed-environment.ts';

/** What every event of tests has from API Gateway. */
const REQUEST = 'request-1';
const ROOT = '1-5759e988-bd862e3fe1be46a994272793';
const PARENT = '53995c3f42cd8ad8';

const Line = z.looseObject({ message: z.string() });
const Segment = z.looseObject({ annotations: z.record(z.string(), z.string()) });

// The functions are loaded anew for each test, which takes seconds.
vi.setConfig({ testTimeout: 60_000 });

let daemon: Socket;
let segments: z.output<typeof Segment>[] = [];
let lines: z.output<typeof Line>[] = [];

beforeAll(async () => {
  daemon = createSocket('udp4');
  daemon.on('message', (datagram) => {
    segments.push(Segment.parse(JSON.parse(datagram.toString().split('\n')[1] ?? '')));
  });
  daemon.bind(0, '127.0.0.1');
  await once(daemon, 'listening');
});

afterAll(() => {
  forgetEnvironment();
  daemon.close();
});

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'shenbao-test');
  vi.stubEnv('_X_AMZN_TRACE_ID', `Root=${ROOT};Parent=${PARENT};Sampled=1`);
  vi.stubEnv('AWS_XRAY_DAEMON_ADDRESS', `127.0.0.1:${daemon.address().port}`);
  // The logger reads its level when it is loaded.
  vi.resetModules();
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    for (const text of String(chunk).split('\n')) {
      if (text.startsWith('{')) lines.push(Line.parse(JSON.parse(text)));
    }
    return true;
  });
});

/** A world whose functions log, with a submission that was handed in; of what came before nothing is kept. */
const submitted = async () => {
  const { messageWorld } = await import('#test/support/message-world.ts');
  const { readyDraft } = await import('#test/support/draft-steps.ts');
  const { send } = await import('#test/support/submission-world.ts');
  const { historyOfSubmission } = await import('#shared/data/history-items.ts');
  const world = await messageWorld();
  await world.memberships.put({
    ...{ subject: 'secretary', organizationId: 'unit-1', role: 'applicant', email: 'one@unit.example' },
  });
  const { submissionId } = await readyDraft(world);
  segments = [];
  lines = [];
  const reply = await send(world.app.submit, { params: { submissionId } });
  expect(reply.status).toBe(200);
  return { world, submissionId, entries: await world.streamOf(historyOfSubmission(submissionId)) };
};

const logged = (event: string) => lines.filter(({ message }) => message === event);

it('leads from a submit to its log lines, its metric and its trace', async () => {
  const { submissionId } = await submitted();
  expect(lines.map(({ message }) => message)).toEqual(['SUBMISSION_SUBMITTED', 'REQUEST_COMPLETED']);
  for (const line of lines) expect(line).toMatchObject({ requestId: REQUEST, submissionId, xray_trace_id: ROOT });
  // A line that CloudWatch makes a metric of, by a dimension that the line has.
  expect(lines[0]).toMatchObject({
    service: 'shenbao-test',
    Submissions: 1,
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        { Namespace: 'Shenbao', Dimensions: [['service']], Metrics: [{ Name: 'Submissions', Unit: 'Count' }] },
      ],
    },
  });
  const tracing = () => segments.filter(({ annotations }) => annotations.operation?.endsWith('/submit'));
  await vi.waitFor(() => expect(tracing()).toHaveLength(1));
  expect(tracing()).toMatchObject([
    {
      ...{ type: 'subsegment', trace_id: ROOT, parent_id: PARENT },
      annotations: { requestId: REQUEST, submissionId, operation: 'POST /submissions/{submissionId}/submit' },
    },
  ]);
});

it('leads on through the history and the queue to the mail, and shows in no history', async () => {
  const { world, submissionId, entries } = await submitted();
  lines = [];
  segments = [];
  await world.messages.publish({ Records: entries.slice(-1) }, lambdaContext());
  expect(logged('EVENT_PUBLISHED')).toMatchObject([{ requestId: REQUEST, submissionId }]);
  await world.drain();
  expect(world.mails).toHaveLength(1);
  expect(logged('MAIL_SENT')).toMatchObject([{ requestId: REQUEST, submissionId, xray_trace_id: ROOT }]);
  await vi.waitFor(() => {
    const found = segments.filter(({ annotations }) => annotations.requestId === REQUEST);
    expect(found.map(({ annotations }) => annotations.operation)).toContain('sendMail');
  });
  const { send } = await import('#test/support/submission-world.ts');
  const shown = await send(world.app.history, { params: { submissionId } });
  expect(JSON.stringify(shown.body)).not.toContain(REQUEST);
});

it('is not found in a line that another request logs, and traces nothing that is not sampled', async () => {
  vi.stubEnv('_X_AMZN_TRACE_ID', `Root=${ROOT};Parent=${PARENT};Sampled=0`);
  const { log } = await import('#shared/runtime/log.ts');
  const { onTrail } = await import('#shared/runtime/trail.ts');
  lines = [];
  segments = [];
  const one = onTrail('one', { requestId: 'one' }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    log.info('CONFLICT_RETRIED', {});
  });
  await onTrail('other', { requestId: 'other' }, async () => log.info('JOB_COMPLETED', {}));
  await one;
  log.info('OBJECT_REMOVED', {});
  expect(logged('CONFLICT_RETRIED')).toMatchObject([{ requestId: 'one' }]);
  expect(logged('JOB_COMPLETED')).toMatchObject([{ requestId: 'other' }]);
  expect(logged('OBJECT_REMOVED')[0]).not.toHaveProperty('requestId');
  expect(segments.filter(({ annotations }) => ['one', 'other'].includes(annotations.operation ?? ''))).toEqual([]);
});
