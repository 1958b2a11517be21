import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { StackTemplate } from './stack-template.ts';

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.looseObject({ templateFile: z.string().optional(), file: z.string().optional() }).optional(),
    }),
  ),
});

const Assets = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string(), packaging: z.string() }) })),
});

const Template = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
});

/** A synthesised app: its stacks' templates, and where each asset lies. */
export interface Assembly {
  stacks: StackTemplate[];
  /** Folder or file of an asset by its hash, absolute. */
  assetPaths: Map<string, string>;
}

const readJson = (directory: string, file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'));

/**
 * Reads what `cdk synth` left in a folder.
 * @throws Error when the folder holds no cloud assembly
 */
export const readAssembly = (directory: string): Assembly => {
  const { artifacts } = Manifest.parse(readJson(directory, 'manifest.json'));
  const stacks: StackTemplate[] = [];
  const assetPaths = new Map<string, string>();
  for (const [name, { type, properties }] of Object.entries(artifacts)) {
    if (type === 'aws:cloudformation:stack' && properties?.templateFile) {
      stacks.push({ stackName: name, ...Template.parse(readJson(directory, properties.templateFile)) });
    }
    if (type === 'cdk:asset-manifest' && properties?.file) {
      const { files } = Assets.parse(readJson(directory, properties.file));
      for (const [hash, { source }] of Object.entries(files)) assetPaths.set(hash, join(directory, source.path));
    }
  }
  return { stacks, assetPaths };
};
