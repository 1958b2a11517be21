import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { LocalTable } from '#infra/local/template/local-model.ts';
import { readAssembly } from '#infra/local/template/read-assembly.ts';
import { readTable } from '#infra/local/template/read-table.ts';
import { resolveAssembly } from '#infra/local/template/resolve-assembly.ts';
import { DataStack } from '#infra/stacks/data.ts';
import { findStage } from '#infra/stage.ts';

/** The tables of the data stack, read from its synthesised template: tests run on what is deployed. */
export const synthesizeTables = async (): Promise<LocalTable[]> => {
  const outdir = await mkdtemp(join(tmpdir(), 'shenbao-data-'));
  try {
    const stage = findStage('local');
    const app = new App({ analyticsReporting: false, outdir });
    new DataStack(app, 'data', stage);
    app.synth();
    const account = {
      region: stage.region,
      accountId: '000000000000',
      apiUrl: 'http://localhost',
      sqsUrl: 'http://localhost',
    };
    return resolveAssembly(readAssembly(outdir), account)
      .filter(({ type }) => type === 'AWS::DynamoDB::GlobalTable')
      .map(readTable);
  } finally {
    await rm(outdir, { recursive: true });
  }
};
