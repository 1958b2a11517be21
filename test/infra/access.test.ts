import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACCESS } from '#infra/access.ts';
import { type FunctionFolder, type FunctionId, folderOf, JOB_IDS, operationsOf, RESOURCES } from '#infra/functions.ts';
import type { Access } from '#infra/grants.ts';

const FUNCTIONS: readonly (readonly [FunctionId, FunctionFolder])[] = [
  ...RESOURCES.flatMap((resource) => operationsOf(resource).map(({ id }) => [id, folderOf(resource, id)] as const)),
  ...JOB_IDS.map((job) => [job, folderOf('jobs', job)] as const),
];

/** The names of what is granted that a handler reads from its environment. */
const namesRead = (folder: FunctionFolder): string[] => {
  const source = readFileSync(new URL(`../../functions/${folder}/handler.ts`, import.meta.url), 'utf8');
  return [
    ...new Set(
      source.match(
        /\b(?:[A-Z]+_(?:TABLE|BUCKET|QUEUE)|USER_POOL_ID|(?:EARLIER_)?SIGNING_KEYS?|MAIL_SETTINGS|MAIL_PASSWORD|EVENT_BUS|WEBHOOK_REACH|MALWARE_SCANNING)\b/g,
      ),
    ),
  ].sort();
};

describe('access', () => {
  it.each(FUNCTIONS)('gives %s the names that its handler reads, and no other', (id, folder) => {
    const access: Access = ACCESS[id];
    expect([...new Set(access.map(({ variable }) => variable))].sort()).toEqual(namesRead(folder));
  });

  it('lets nobody change or delete an entry of a history', () => {
    const granted = Object.values(ACCESS).flatMap((access: Access) =>
      access.flatMap(({ target, actions }) => ('table' in target && target.table === 'history' ? actions : [])),
    );
    expect([...new Set(granted)].sort()).toEqual(['dynamodb:PutItem', 'dynamodb:Query']);
  });
});
