import { rmSync } from 'node:fs';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { placeholderCode } from '#infra/constructs/function-code.ts';
import { addShenbao } from '#infra/shenbao.ts';
import { findStage } from '#infra/stage.ts';
import { edgeStage } from './edge-stage.ts';

const Acknowledged = z.record(z.string(), z.string());

const build = (): App => {
  const app = new App({ analyticsReporting: false });
  const { edge, firewall } = edgeStage();
  addShenbao(app, { ...findStage('dev'), malwareScanning: 'guardduty', edge, firewall }, placeholderCode);
  return app;
};

/** `construct: rule: reason` of everything that is acknowledged anywhere. */
const acknowledgements = (app: App): string[] =>
  app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(Acknowledged.parse(data)))
      .map(([rule, reason]) => `${node.path}: ${rule.replace('Annotation::', '')}: ${reason}`),
  );

describe('cdk-nag', () => {
  it('stops a synthesis with a finding that nobody acknowledged', () => {
    const app = build();
    new Bucket(new Stack(app, 'careless'), 'Bucket');
    expect(() => app.synth()).toThrow(/careless\/Bucket\/Resource.*AwsSolutions-S1'/s);
    rmSync(app.outdir, { recursive: true });
    // Tracing a finding to its line of source takes seconds.
  }, 60_000);

  it('is answered on single resources alone, with these reasons', async () => {
    const found = acknowledgements(build());
    for (const line of found) expect(line).toMatch(/^shenbao-dev-[a-z]+\/[^:]+: .+: .{30,}/);
    // Rights below a prefix are in the matrix of rights.
    const others = found.filter((line) => !line.includes('BucketArn'));
    await expect(`${others.join('\n')}\n`).toMatchFileSnapshot('cdk-nag.snap.txt');
  });
});
