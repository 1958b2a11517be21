import type * as z from 'zod';
import * as contract from '#shared/contract/organizations.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import {
  type Organization,
  type OrganizationsRepository,
  UnitPosition,
} from '#shared/data/organizations-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { type KeeperPorts, organisersOf } from '#shared/domain/organization/keeper.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends KeeperPorts {
  readonly organizations: Pick<OrganizationsRepository, 'find' | 'findAll' | 'pageOfManaged'>;
}

/** How far one request looks for units of the kind asked for; then it gives what it found, and a cursor. */
const MOST_QUERIES = 5;

/** Without an id: where the units of that organiser begin. */
const Position = UnitPosition.partial({ organizationId: true });
type Position = z.output<typeof Position>;

interface Page {
  readonly items: Organization[];
  readonly next?: Position;
}

export const listOrganizations = ({ organizations, memberships }: Dependencies) => {
  /** Units as they are now, of those that an index named in order; one that has gone over to another organiser is left out. */
  const current = async (managedBy: string, ids: readonly string[], kind: string | undefined) => {
    const byId = new Map((await organizations.findAll(ids)).map((found) => [found.organizationId, found]));
    return ids.flatMap((id) => {
      const unit = byId.get(id);
      return unit?.managedBy === managedBy && (kind === undefined || unit.kinds.includes(kind)) ? unit : [];
    });
  };

  /** The units of each organiser, one organiser after the other. */
  const pageFrom = async (
    organisers: readonly string[],
    from: Position | undefined,
    { limit, kind }: { limit: number; kind?: string | undefined },
  ): Promise<Page> => {
    const items: Organization[] = [];
    let [managedBy, after] = [from?.managedBy ?? organisers[0], from?.organizationId];
    for (let query = 1; query <= MOST_QUERIES && managedBy !== undefined; query += 1) {
      const page = await organizations.pageOfManaged({ managedBy, after, limit: limit - items.length });
      items.push(...(await current(managedBy, page.organizationIds, kind)));
      after = page.organizationIds.at(-1) ?? after;
      if (page.ended) [managedBy, after] = [organisers[organisers.indexOf(managedBy) + 1], undefined];
      if (items.length === limit) break;
    }
    return managedBy === undefined ? { items } : { items, next: { managedBy, organizationId: after } };
  };

  return handle(contract.listOrganizations, async ({ query: { limit, cursor, kind }, actor }) => {
    const organisers = await organisersOf({ organizations, memberships }, actor.subject);
    if (organisers.length === 0) throw new DomainError('NOT_FOUND');
    const list = `organizations:${kind ?? ''}`;
    const from = decodeCursor(list, Position, cursor);
    // A cursor carries no rights: it leads nowhere but to the units of the officer's own organisers.
    if (from !== undefined && !organisers.includes(from.managedBy)) throw new DomainError('NOT_FOUND');
    const { items, next } = await pageFrom(organisers, from, { limit, kind });
    return { body: { items, ...(next === undefined ? {} : { nextCursor: encodeCursor(list, next) }) } };
  });
};
