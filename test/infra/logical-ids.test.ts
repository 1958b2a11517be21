import { afterAll, describe, expect, it, vi } from 'vitest';
import { findStage } from '#infra/stage.ts';
import { type Synthesized, synthesized } from './synthesized.ts';

/** What holds something, or an address that others know: CloudFormation replaces it by an empty or another one where its logical id changes. */
const STATEFUL = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::DynamoDB::GlobalTable',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
]);

const RENAMED = `A stateful resource has another logical id, stack or type than what is deployed. CloudFormation would make a new, empty one and leave the old one behind: tables without data, an API
at another address, accounts that nobody can sign in to. Give it back its id (pinLogicalId in infra/constructs/pinned.ts), or, if it is meant, move what it holds first (infra/runbook.md).`;

const resourcesOf = ({ stacks }: Synthesized): { stack: string; logicalId: string; type: string }[] =>
  [...stacks].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(([logicalId, { Type: type }]) => ({ stack, logicalId, type })),
  );

const lineOf = ({ stack, logicalId, type }: ReturnType<typeof resourcesOf>[number]): string =>
  `${stack} ${type} ${logicalId}`;

const deployed = resourcesOf(synthesized(findStage('prod')));

const isStateful = ({ type }: { type: string }): boolean => STATEFUL.has(type);

afterAll(() => {
  vi.doUnmock('#shared/contract/operations.ts');
  vi.resetModules();
});

/** The same stage with an operation less, and all operations and resources in the opposite order. */
const changed = async (without: string): Promise<string[]> => {
  const { OPERATIONS, ...rest } = await import('#shared/contract/operations.ts');
  const turned = Object.entries(OPERATIONS)
    .map(([resource, operations]) => [
      resource,
      Object.fromEntries(
        Object.entries(operations)
          .filter(([id]) => id !== without)
          .reverse(),
      ),
    ])
    .reverse();
  vi.doMock('#shared/contract/operations.ts', () => ({ ...rest, OPERATIONS: Object.fromEntries(turned) }));
  vi.resetModules();
  const anew = await import('./synthesized.ts');
  return resourcesOf(anew.synthesized(findStage('prod'))).map(lineOf);
};

describe('logical ids', () => {
  it('of what holds data or has an address stay as they were', async () => {
    const lines = deployed.filter(isStateful).map(lineOf).sort();
    await expect(`${lines.join('\n')}\n`, RENAMED).toMatchFileSnapshot('logical-ids.stateful.snap.txt');
  });

  it('of everything else change only where somebody has looked: what is renamed is deleted and made anew while requests run', async () => {
    const lines = deployed
      .filter((each) => !isStateful(each))
      .map(lineOf)
      .sort();
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('logical-ids.snap.txt');
  });

  it('stay the same where an operation is added or removed, or stands elsewhere in the contract', async () => {
    const without = 'listLateAttempts';
    const after = await changed(without);
    const before = deployed.map(lineOf);
    expect(after.filter((line) => !before.includes(line))).toEqual([]);
    const gone = before.filter((line) => !after.includes(line));
    expect(gone.length).toBeGreaterThan(3);
    const ofOperation = /listLateAttempts|GETcallscallIdlateattempts/i;
    expect(gone.filter((line) => !ofOperation.test(line))).toEqual([]);
  }, 120_000);

  it('this test sees a table that was renamed, and an id that follows from the order', () => {
    const renamed = deployed.map((each) => (each.logicalId === 'CallsTable' ? { ...each, logicalId: 'Calls' } : each));
    expect(renamed.filter(isStateful).map(lineOf)).not.toEqual(deployed.filter(isStateful).map(lineOf));
    const numbered = (ids: readonly string[]) => ids.map((id, place) => `${id}${place}`);
    const [one, other] = [numbered(['a', 'b']), numbered(['b'])];
    expect(other.filter((line) => !one.includes(line))).not.toEqual([]);
  });
});
