import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import * as z from 'zod';
import { bundledFunctions } from './bundled-functions.ts';
import { codeIn } from './constructs/bundle.ts';
import type { FunctionCode } from './constructs/function-code.ts';
import { addShenbao } from './shenbao.ts';
import { findStage, type Stage } from './stage.ts';

const CdkSettings = z.object({ context: z.record(z.string(), z.unknown()) });

/** What the cdk command takes from cdk.json, so that both make the same templates. */
const settings = CdkSettings.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../cdk.json'), 'utf8')));

/**
 * Writes a stage's templates and assets; no account, network or Docker is needed.
 * @param code as codeIn() gives it
 * @param outdir a temporary one when absent
 * @throws Error for a finding of cdk-nag or of CloudFormation's own rules that nobody acknowledged; the report is printed
 */
export const synthesizeStage = (stage: Stage, code: FunctionCode, outdir?: string): CloudAssembly => {
  const app = new App({ ...settings, ...(outdir === undefined ? {} : { outdir }), analyticsReporting: false });
  addShenbao(app, stage, code);
  return app.synth();
};

/**
 * Synthesises a stage of stages.ts with the bundles of its functions into `outdir`.
 * @throws Error for an unknown stage, a handler that does not compile, or a finding (see synthesizeStage)
 */
export const synthesize = async (name: string, outdir: string): Promise<CloudAssembly> =>
  synthesizeStage(findStage(name), codeIn(await bundledFunctions()), outdir);
