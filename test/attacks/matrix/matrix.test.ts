import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listWebhooks } from '#functions/webhooks/list-webhooks/list-webhooks.ts';
import { ACCESS } from '#infra/access.ts';
import { operationsOf, RESOURCES } from '#infra/functions.ts';
import type { Access } from '#infra/grants.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { queue } from '#shared/messages/queue.ts';
import { sqsClient } from '#shared/messages/sqs-client.ts';
import { withClaims } from '#test/contract/recorded-events.ts';
import { rememberTables, type TableContents } from '#test/support/table-contents.ts';
import type { Stores } from '#test/support/world-stores.ts';
import {
  type Answer,
  type Ask,
  asking,
  type Deployed,
  type DeployedOperations,
  deployOperations,
} from './all-handlers.ts';
import { OTHER_CALLS, startMatrixWorld, submissionOf } from './matrix-world.ts';
import { FIRST_OFFICER, PEOPLE, UNITS } from './people.ts';
import { type Tried, tryOperation } from './try-operation.ts';
import { type Target, WHO_MAY } from './who-may.ts';

// A test is up to 150 requests here.
vi.setConfig({ testTimeout: 60_000 });

const IDS = RESOURCES.flatMap((resource) => operationsOf(resource).map(({ id }) => id));

let world: Stores;
let deployed: DeployedOperations;
let contents: TableContents;

beforeAll(async () => {
  world = await startMatrixWorld();
  deployed = await deployOperations(world);
  contents = await rememberTables(world);
}, 120_000);

afterAll(async () => {
  await deployed.remove();
  await world.stop();
});

const find = (id: string): Deployed => {
  const one = deployed.operations.find((each) => each.id === id);
  if (one === undefined) throw new Error(`There is no operation ${id}.`);
  return one;
};

describe('every operation × everybody × everything it can be asked for', () => {
  const tried: Tried[] = [];

  it.each(IDS)('%s lets nobody else in, shows them nothing, and keeps nothing of them', async (id) => {
    const result = await tryOperation(find(id), WHO_MAY[id], deployed, contents);
    tried.push(result);
    expect(result.faults).toEqual([]);
  });

  it('was tried by thousands of requests, most of them refused', () => {
    const sum = (count: (one: Tried) => number): number => tried.reduce((total, one) => total + count(one), 0);
    expect(tried).toHaveLength(IDS.length);
    // As the README says: who changes what is tried looks at both.
    expect([sum(({ refused }) => refused), sum(({ allowed }) => allowed)]).toEqual([3_042, 333]);
  });
});

describe('what is asked of the tables', () => {
  const targets: readonly Target[] = Object.values(WHO_MAY).flatMap((entry) => entry.targets);
  const said = [
    ...targets.flatMap(({ params = {}, query = {} }) => [...Object.values(params), ...Object.values(query)]),
    ...Object.values(PEOPLE).map(({ subject }) => subject),
  ].filter((text) => text.length > 3);
  const pieced = (expressions: Iterable<string>): string[] =>
    [...expressions].filter((expression) => said.some((text) => expression.includes(text)));

  it('is asked by parameters: no expression holds anything that a request says', () => {
    expect(deployed.expressions.size).toBeGreaterThan(30);
    expect(pieced(deployed.expressions)).toEqual([]);
    expect(pieced(['callId = :callId', `unitId = ${UNITS.own}`])).toEqual([`unitId = ${UNITS.own}`]);
  });
});

describe('the matrix sees', () => {
  const triedInstead = async (id: keyof typeof WHO_MAY, change: (right: Deployed) => Ask): Promise<string[]> => {
    const right = find(id);
    const { faults } = await tryOperation({ ...right, ask: change(right) }, WHO_MAY[id], deployed, contents);
    return [...faults];
  };

  /** Whoever asks is taken for an officer. */
  const memberships = { find: async () => ({}) };

  it('an operation that does not ask whether somebody is an officer', async () => {
    const webhooks = webhooksRepository(world.db, world.tables.webhooks);
    const faults = await triedInstead('listWebhooks', () => asking(listWebhooks({ webhooks, memberships })));
    expect(faults).toContain('maker × own: 200 for who may not');
    expect(faults).toContain('otherOfficer × own: 200 for who may not');
  });

  it('one that takes an officer of any organiser for that of the call', async () => {
    const faults = await triedInstead('getProgress', ({ ask }) => (event) => {
      const { sub } = event.requestContext.authorizer?.jwt.claims ?? {};
      return ask(sub === PEOPLE.otherOfficer.subject ? withClaims(event, { sub: FIRST_OFFICER }) : event);
    });
    expect(faults).toContain('otherOfficer × the first organiser’s: 200 for who may not');
  });

  it('one that asks for nothing but the unit of a colleague who is none any more', async () => {
    const faults = await triedInstead('getSubmission', ({ ask }) => (event) => {
      const { sub } = event.requestContext.authorizer?.jwt.claims ?? {};
      return ask(sub === PEOPLE.removed.subject ? withClaims(event, { sub: PEOPLE.colleague.subject }) : event);
    });
    expect(faults).toContain('removed × own, draft: 200 for who may not');
  });

  it.each<[string, (answer: Answer) => Answer]>([
    ['403 for what is another’s', (answer) => ({ ...answer, statusCode: 403 })],
    ['other words', (answer) => ({ ...answer, body: answer.body.replace('没有这一项', '没有该项') })],
    ['one header more', (answer) => ({ ...answer, headers: { ...answer.headers, etag: '"1"' } })],
  ])('one that tells what is another’s from what is not there: %s', async (_what, tell) => {
    const others = submissionOf('otherUnits', 'draft');
    const faults = await triedInstead('deleteSubmission', ({ ask }) => async (event) => {
      const answer = await ask(event);
      return event.pathParameters?.submissionId === others && answer.statusCode === 404 ? tell(answer) : answer;
    });
    expect(faults).toContainEqual(expect.stringMatching(/^maker × otherUnits, draft is told from what is unknown/));
  });

  it('one whose refusals there is nothing to hold to', async () => {
    const { targets, may } = WHO_MAY.listMembers;
    const known = targets.filter(({ about }) => about !== undefined);
    const { faults } = await tryOperation(find('listMembers'), { may, targets: known }, deployed, contents);
    expect(faults).toContain(
      'maker × a unit of the first organiser is refused, and there is nothing unknown to compare that with',
    );
  });

  it('a list that has what is another’s among what is one’s own', async () => {
    const others = submissionOf('otherUnits', 'draft');
    const faults = await triedInstead('listSubmissions', ({ ask }) => async (event) => {
      const answer = await ask(event);
      return { ...answer, body: answer.body.replace('"items":[', `"items":[{"submissionId":"${others}"},`) };
    });
    expect(faults).toContain(`maker × for ${UNITS.own} is told of ${others}`);
    expect(faults).not.toContainEqual(expect.stringMatching(/^otherUnit × .* is told of/));
  });

  it('one that shows officers what was never published by another organiser', async () => {
    const faults = await triedInstead('getProgress', ({ ask }) => async (event) => {
      const answer = await ask(event);
      return { ...answer, headers: { ...answer.headers, link: `</calls/${OTHER_CALLS.saved}>` } };
    });
    expect(faults).toContain(`officer × the first organiser’s is told of ${OTHER_CALLS.saved}`);
  });

  it('one that writes before it refuses', async () => {
    const faults = await triedInstead('withdrawSubmission', ({ ask }) => async (event) => {
      const Key = { submissionId: event.pathParameters?.submissionId, item: 'late' };
      await deployed.db.send(new PutCommand({ TableName: world.tables.submissions, Item: Key }));
      return ask(event);
    });
    expect(faults).toContainEqual(expect.stringMatching(/^what was refused left traces: \{"submissionId"/));
  });

  it('one that sends before it refuses', async () => {
    const access: Access = ACCESS.testWebhook;
    const { variable = '' } = access.find(({ target }) => target.kind === 'queue') ?? {};
    const messages = queue(sqsClient(), process.env[variable] ?? '');
    const faults = await triedInstead('testWebhook', ({ ask }) => async (event) => {
      await messages.send([{ of: event.routeKey }]);
      return ask(event);
    });
    expect(faults).toContainEqual(expect.stringMatching(/^what was refused left traces: sqs:SendMessage/));
  });

  it('one that keeps out whom it should let in', async () => {
    const faults = await triedInstead(
      'listMembers',
      ({ ask }) =>
        (event) =>
          ask(withClaims(event, { sub: 'nobody' })),
    );
    expect(faults).toContainEqual(expect.stringMatching(/^officer × a unit of the first organiser: 404 for who may/));
  });
});
