/** Key of a table or an index: names of string attributes. */
export interface Key {
  readonly partition: string;
  readonly sort?: string;
}

/** What tells one table from another; what they share is in constructs/record-table.ts. */
export interface TableSchema {
  readonly key: Key;
  /** By name. */
  readonly indexes: Readonly<Record<string, Key>>;
  /** Attribute with the epoch second after which an item may go. */
  readonly timeToLive?: string;
  /** Whether new and changed items are streamed, each as it is afterwards, to the one job of jobs.ts that reads them. */
  readonly stream?: true;
}

/** The tables and their indexes, as shared/data/README.md explains them. */
export const TABLES = {
  calls: {
    key: { partition: 'callId', sort: 'item' },
    indexes: {
      published: { partition: 'published', sort: 'closesAt' },
      due: { partition: 'due', sort: 'dueAt' },
    },
  },
  submissions: {
    key: { partition: 'submissionId', sort: 'item' },
    indexes: {
      byUnit: { partition: 'unitId', sort: 'created' },
      collectable: { partition: 'collect', sort: 'collectAt' },
      late: { partition: 'lateOf', sort: 'first' },
    },
  },
  tallies: { key: { partition: 'shard', sort: 'unitId' }, indexes: {} },
  receipts: { key: { partition: 'receiptNo' }, indexes: {} },
  organizations: {
    key: { partition: 'organizationId' },
    indexes: { byManager: { partition: 'managedBy', sort: 'organizationId' } },
  },
  memberships: {
    key: { partition: 'subject', sort: 'membership' },
    indexes: { byOrganization: { partition: 'organizationId', sort: 'subject' } },
  },
  history: { key: { partition: 'subject', sort: 'entry' }, indexes: {}, stream: true },
  webhooks: { key: { partition: 'organizationId', sort: 'name' }, indexes: {} },
  deliveries: { key: { partition: 'delivery' }, indexes: {}, timeToLive: 'expiresAt' },
  idempotency: { key: { partition: 'key' }, indexes: {}, timeToLive: 'expiresAt' },
  exports: { key: { partition: 'exportId' }, indexes: {}, timeToLive: 'expiresAt', stream: true },
} as const satisfies Record<string, TableSchema>;

export type TableName = keyof typeof TABLES;

/** The indexes of a table, by name. */
export type IndexName<Name extends TableName> = keyof (typeof TABLES)[Name]['indexes'] & string;
