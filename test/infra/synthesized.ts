import { rmSync } from 'node:fs';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import * as z from 'zod';
import { placeholderCode } from '#infra/constructs/function-code.ts';
import type { Stage } from '#infra/stage.ts';
import { synthesizeStage } from '#infra/synthesize.ts';

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
  Outputs: z.record(z.string(), z.unknown()).default({}),
});

interface SynthesizedResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Synthesized {
  /** By the stack's name without `shenbao-STAGE-`. */
  readonly stacks: ReadonlyMap<string, z.output<typeof Template>>;
  /** All of a type, in every stack. */
  readonly ofType: (type: string) => SynthesizedResource[];
}

/** A stage's templates without code, checked by cdk-nag as every synthesis is. */
export const synthesized = (stage: Stage): Synthesized => {
  const { stacks: artifacts, directory } = synthesizeStage(stage, placeholderCode);
  const nameOf = ({ stackName }: CloudFormationStackArtifact) => stackName.replace(`shenbao-${stage.name}-`, '');
  const stacks = new Map(artifacts.map((artifact) => [nameOf(artifact), Template.parse(artifact.template)]));
  rmSync(directory, { recursive: true });
  const resources = [...stacks].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(([logicalId, { Type, Properties }]) => ({
      stack,
      logicalId,
      type: Type,
      properties: Properties,
    })),
  );
  return { stacks, ofType: (type) => resources.filter((resource) => resource.type === type) };
};
