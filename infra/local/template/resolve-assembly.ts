import { createPhysicalNames, type LocalAccount } from './physical-names.ts';
import type { Assembly } from './read-assembly.ts';
import { createResolver } from './resolve.ts';
import type { Resolve, StackTemplate } from './stack-template.ts';

/** A resource of any stack; its properties are resolved when asked for, so that what nobody reads need not be understood. */
export interface ResolvedResource {
  stackName: string;
  logicalId: string;
  type: string;
  properties(): Record<string, unknown>;
  /** What `Ref` gives for it. */
  readonly reference: unknown;
  /** What `Fn::GetAtt` gives for it. */
  attribute(name: string): unknown;
}

interface Scope {
  stack: StackTemplate;
  resolve: Resolve;
}

const findExport = (scopes: readonly Scope[], name: string): unknown => {
  for (const { stack, resolve } of scopes) {
    for (const { Value, Export } of Object.values(stack.Outputs)) {
      if (Export && resolve(Export.Name) === name) return resolve(Value);
    }
  }
  throw new Error(`Fn::ImportValue: no stack exports "${name}".`);
};

/** All resources of all stacks, with references across stacks followed. */
export const resolveAssembly = ({ stacks }: Assembly, account: LocalAccount): ResolvedResource[] => {
  const names = createPhysicalNames(account);
  const scopes: Scope[] = stacks.map((stack) => ({
    stack,
    resolve: createResolver(stack, names, (name) => findExport(scopes, name)),
  }));
  return scopes.flatMap(({ stack, resolve }) =>
    Object.entries(stack.Resources).map(([logicalId, resource]) => ({
      stackName: stack.stackName,
      logicalId,
      type: resource.Type,
      get reference() {
        return resolve({ Ref: logicalId });
      },
      attribute: (name: string) => resolve({ 'Fn::GetAtt': [logicalId, name] }),
      properties: () =>
        Object.fromEntries(Object.entries(resource.Properties).map(([name, value]) => [name, resolve(value)])),
    })),
  );
};
