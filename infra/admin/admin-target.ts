import { readFileSync } from 'node:fs';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type MembershipsRepository, membershipsRepository } from '#shared/data/memberships-repository.ts';
import { type OrganizationsRepository, organizationsRepository } from '#shared/data/organizations-repository.ts';
import { CannotStart } from '../local/cannot-start.ts';
import { readSettings } from '../local/settings.ts';
import { readStackRecord } from '../local/stack/stack-file.ts';

/** The two tables that say who may act for whom. */
export interface AdminTarget {
  readonly organizations: Pick<OrganizationsRepository, 'find' | 'put'>;
  readonly memberships: Pick<MembershipsRepository, 'ofSubject' | 'put' | 'remove'>;
}

/** What `npm run deploy` writes: outputs by stack. */
const Outputs = z.record(z.string(), z.record(z.string(), z.string()));
const Tables = z.object({
  OrganizationsTableName: z.string(),
  MembershipsTableName: z.string(),
  TablesRegion: z.string(),
});
type TableNames = Omit<z.output<typeof Tables>, 'TablesRegion'>;

const tablesIn = (file: string): z.output<typeof Tables> => {
  const read = (): unknown => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch (cause) {
      throw new CannotStart(`${file} cannot be read: npm run deploy writes cdk.out/outputs.json.`, { cause });
    }
  };
  const stacks = Object.values(Outputs.safeParse(read()).data ?? {});
  const tables = stacks.map((outputs) => Tables.safeParse(outputs).data).find((found) => found !== undefined);
  if (tables === undefined) {
    throw new CannotStart(`${file} names no tables of this system: it needs the outputs of the data stack.`);
  }
  return tables;
};

const targetAt = (config: DynamoDBClientConfig, names: TableNames): AdminTarget => {
  const db = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  return {
    organizations: organizationsRepository(db, names.OrganizationsTableName),
    memberships: membershipsRepository(db, names.MembershipsTableName),
  };
};

const localTarget = (): AdminTarget => {
  const { dataDir } = readSettings(process.env);
  const record = readStackRecord(dataDir);
  if (record === undefined) {
    throw new CannotStart(
      `No stack has been started in ${dataDir}: run npm start first, or name a deployed one by --outputs.`,
    );
  }
  const { OrganizationsTable, MembershipsTable } = record.tables;
  if (OrganizationsTable === undefined || MembershipsTable === undefined) {
    throw new CannotStart(`${dataDir} was made by another version: start it again by FRESH=1 npm start.`);
  }
  const { region, dynamoDbUrl: endpoint, accessKeyId, secretAccessKey } = record;
  return targetAt(
    { region, endpoint, credentials: { accessKeyId, secretAccessKey } },
    { OrganizationsTableName: OrganizationsTable, MembershipsTableName: MembershipsTable },
  );
};

/**
 * The deployed stack whose outputs are named, with the deployer's own credentials, in the region named or else theirs; without any, the local one of DATA_DIR.
 *
 * @throws CannotStart in one line that says what to do
 */
export const adminTarget = (options: {
  readonly outputs?: string | undefined;
  readonly region?: string | undefined;
}): AdminTarget => {
  const { outputs, region } = options;
  if (outputs === undefined) return localTarget();
  const tables = tablesIn(outputs);
  return targetAt({ region: region ?? tables.TablesRegion }, tables);
};
