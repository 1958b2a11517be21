import type { TableName } from '#infra/tables.ts';

/** The tables' physical names by those of infra/tables.ts. `physicalName` knows them by their pinned logical ids. */
export const tableNames = (
  physicalName: (logicalId: string) => string | undefined,
): Readonly<Record<TableName, string>> => {
  const of = (logicalId: string): string => {
    const name = physicalName(logicalId);
    if (name === undefined) throw new Error(`There is no table ${logicalId}`);
    return name;
  };
  return {
    calls: of('CallsTable'),
    submissions: of('SubmissionsTable'),
    tallies: of('TalliesTable'),
    receipts: of('ReceiptsTable'),
    history: of('HistoryTable'),
    webhooks: of('WebhooksTable'),
    deliveries: of('DeliveriesTable'),
    organizations: of('OrganizationsTable'),
    memberships: of('MembershipsTable'),
    idempotency: of('IdempotencyTable'),
    exports: of('ExportsTable'),
  };
};
