import { Stack } from 'aws-cdk-lib';
import * as z from 'zod';
import type { GrantTarget } from '../grants.ts';
import type { DataStack } from '../stacks/data.ts';

/** A target as a policy of another stack names it. */
export interface TargetArn {
  readonly arn: string;
  /** The same as cdk-nag writes it in the id of a finding. */
  readonly findingName: string;
}

const Imported = z.object({ 'Fn::ImportValue': z.string() });

const resourceOf = (target: GrantTarget, data: DataStack): { arn: string; path: string } => {
  switch (target.kind) {
    case 'table':
      return { arn: data.tables[target.table].tableArn, path: '' };
    case 'index':
      return { arn: data.tables[target.table].tableArn, path: `/index/${target.index}` };
    case 'bucket':
      return { arn: data.buckets[target.bucket].bucketArn, path: '' };
    case 'objects':
      return { arn: data.buckets[target.bucket].bucketArn, path: `/${target.prefix}*` };
  }
};

export const arnOf = (target: GrantTarget, data: DataStack): TargetArn => {
  const { arn, path } = resourceOf(target, data);
  const imported = data.exportValue(arn);
  const exportName = Imported.parse(Stack.of(data).resolve(imported))['Fn::ImportValue'];
  return { arn: `${imported}${path}`, findingName: `${exportName}${path}` };
};

/** The name by which the SDK calls the table or bucket. */
export const nameOf = (target: GrantTarget, data: DataStack): string =>
  target.kind === 'table' || target.kind === 'index'
    ? data.tables[target.table].tableName
    : data.buckets[target.bucket].bucketName;
