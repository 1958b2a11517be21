import type { Template } from 'aws-cdk-lib/assertions';

/** A type's resources in a template: their properties by logical id. */
export const propertiesOf = (template: Template, type: string): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(template.findResources(type)).map(([logicalId, { Properties }]) => [logicalId, Properties]),
  );
