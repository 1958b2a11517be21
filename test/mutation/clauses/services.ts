import type { TestProject } from 'vitest/node';
import * as z from 'zod';
import type { LocalTable } from '#infra/local/template/local-model.ts';

/** What every run needs and none has to make again, as `run.ts` hands it over. */
const Services = z.object({ dynamoDbUrl: z.string(), tableSchemas: z.array(z.custom<LocalTable>()) });
export type Services = z.output<typeof Services>;

/** Gives the tests what `test/support/global-setup.ts` does, without starting anything. */
export const setup = (project: TestProject): void => {
  const { dynamoDbUrl, tableSchemas } = Services.parse(JSON.parse(process.env.CLAUSES_SERVICES ?? '{}'));
  project.provide('dynamoDbUrl', dynamoDbUrl);
  project.provide('tableSchemas', tableSchemas);
};
