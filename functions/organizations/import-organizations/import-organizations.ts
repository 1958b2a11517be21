import * as contract from '#shared/contract/organizations.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { parseCsv } from '#shared/domain/csv/parse-csv.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { type KeeperPorts, newKeeper, organisersOf } from '#shared/domain/organization/keeper.ts';
import { readRoster, takenFaults } from '#shared/domain/organization/roster.ts';
import type { SheetRow } from '#shared/domain/sheet-row.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends KeeperPorts {
  readonly organizations: Pick<OrganizationsRepository, 'find' | 'findAll' | 'importAll'>;
}

/** The header and one row more than may be imported are enough to tell that there are too many. */
const MOST_ROWS = contract.IMPORT_ROWS + 2;

/** What reads workbooks is loaded with the first one. */
const sheetRows = async (bytes: Uint8Array): Promise<SheetRow[]> => {
  const { readXlsx } = await import('#shared/domain/xlsx/read-xlsx.ts');
  return readXlsx(bytes, MOST_ROWS);
};

export const importOrganizations = ({ organizations, memberships }: Dependencies) =>
  handle(contract.importOrganizations, async ({ query, body, bodyFormat, bodyBytes, actor }) => {
    const organisers = await organisersOf({ organizations, memberships }, actor.subject);
    const managedBy = newKeeper(organisers, query.managedBy);
    const rows = readRoster(bodyFormat === 'xlsx' ? await sheetRows(bodyBytes) : parseCsv(body));
    const taken = await organizations.importAll(managedBy, rows);
    if (taken.length > 0) throw new DomainError('VALIDATION_FAILED', { faults: takenFaults(taken) });
    return {
      body: {
        managedBy,
        organizations: rows.map(({ line, organizationId, fields: { name } }) => ({ line, organizationId, name })),
      },
    };
  });
