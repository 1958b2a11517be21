import { CfnElement } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Fixes the logical id of a stateful resource. CloudFormation replaces a resource whose logical id changes, so a construct that moves in the tree
 * would otherwise leave its data behind in a retained twin and start empty.
 * @throws Error where the construct has no CloudFormation resource of its own
 */
export const pinLogicalId = (construct: Construct, logicalId: string): void => {
  const resource = construct.node.defaultChild;
  if (!CfnElement.isCfnElement(resource)) throw new Error(`${construct.node.path} has no resource to pin.`);
  resource.overrideLogicalId(logicalId);
};
