import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { bundleFunctions } from './constructs/bundle.ts';
import { FUNCTION_FOLDERS } from './functions.ts';
import { addShenbao } from './shenbao.ts';
import { findStage } from './stage.ts';

// What the cdk command runs: `cdk deploy --all -c stage=prod`.
const app = new App();
const Context = z.object({
  stage: z.string().default(''),
  issuer: z.string().optional(),
  audience: z.string().optional(),
});
const { stage, ...overrides } = Context.parse({
  stage: app.node.tryGetContext('stage'),
  issuer: app.node.tryGetContext('issuer'),
  audience: app.node.tryGetContext('audience'),
});
const settings = findStage(stage, overrides);
addShenbao(app, settings, await bundleFunctions(FUNCTION_FOLDERS, join(app.outdir, 'functions')));
app.synth();
