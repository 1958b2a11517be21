import { join } from 'node:path';
import { bundledFunctions } from './bundled-functions.ts';
import { codeIn } from './constructs/bundle.ts';
import { findStage } from './stage.ts';
import { STAGES } from './stages.ts';
import { synthesizeStage } from './synthesize.ts';

// `npm run synth [-- STAGE…]`: every stage's templates into cdk.out/STAGE, checked. Fails on any finding that nobody acknowledged.
const OUT = join(import.meta.dirname, '../cdk.out');

const stages = (process.argv.length > 2 ? process.argv.slice(2) : Object.keys(STAGES)).map((name) => findStage(name));
const code = codeIn(await bundledFunctions());
for (const stage of stages) {
  const { name, partition, region } = stage;
  const { stacks } = synthesizeStage(stage, code, join(OUT, name));
  process.stdout.write(`${name} (${partition}, ${region}): ${stacks.length} stacks in cdk.out/${name}\n`);
}
