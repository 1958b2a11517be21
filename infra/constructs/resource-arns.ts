import type { Stack } from 'aws-cdk-lib';
import * as z from 'zod';
import type { GrantTarget } from '../grants.ts';
import type { DataStack } from '../stacks/data.ts';
import type { IdentityStack } from '../stacks/identity.ts';

/** The stacks that hold what functions touch. */
export interface Holders {
  readonly data: DataStack;
  /** Absent where the stage has a provider of its own. */
  readonly identity?: IdentityStack | undefined;
}

/** A target as a policy of another stack and a function's environment name it. */
export interface NamedTarget {
  readonly arn: string;
  /** The same as cdk-nag writes it in the id of a finding. */
  readonly findingName: string;
  /** What the SDK calls the table, bucket or user pool. */
  readonly name: string;
}

const Imported = z.object({ 'Fn::ImportValue': z.string() });

interface Resource {
  readonly holder: Stack;
  readonly arn: string;
  readonly path: string;
  readonly name: string;
}

const resourceOf = (target: GrantTarget, { data, identity }: Holders): Resource | undefined => {
  switch (target.kind) {
    case 'table':
    case 'index': {
      const { tableArn: arn, tableName: name } = data.tables[target.table];
      return { holder: data, arn, name, path: target.kind === 'index' ? `/index/${target.index}` : '' };
    }
    case 'bucket':
    case 'objects': {
      const { bucketArn: arn, bucketName: name } = data.buckets[target.bucket];
      return { holder: data, arn, name, path: target.kind === 'objects' ? `/${target.prefix}*` : '' };
    }
    case 'userPool': {
      if (identity === undefined) return undefined;
      const { userPoolArn: arn, userPoolId: name } = identity.userPool;
      return { holder: identity, arn, name, path: '' };
    }
  }
};

/** Undefined for what the stage does not have. */
export const namedTarget = (target: GrantTarget, holders: Holders): NamedTarget | undefined => {
  const resource = resourceOf(target, holders);
  if (resource === undefined) return undefined;
  const { holder, arn, path, name } = resource;
  const imported = holder.exportValue(arn);
  const exportName = Imported.parse(holder.resolve(imported))['Fn::ImportValue'];
  return { arn: `${imported}${path}`, findingName: `${exportName}${path}`, name };
};
