/** A stack's template, unresolved. */
export interface StackTemplate {
  stackName: string;
  Parameters: Record<string, { Default?: unknown }>;
  Resources: Record<string, TemplateResource>;
  Outputs: Record<string, { Value: unknown; Export?: { Name: unknown } | undefined }>;
}

export interface TemplateResource {
  Type: string;
  Properties: Record<string, unknown>;
}

/** Replaces the intrinsic functions of one stack's values. */
export type Resolve = (value: unknown) => unknown;
