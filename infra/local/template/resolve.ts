import type { PhysicalNames } from './physical-names.ts';
import type { Resolve, StackTemplate } from './stack-template.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asText = (value: unknown, of: string): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${of} is to make a text and got ${JSON.stringify(value)}.`);
};

const asList = (value: unknown, of: string): unknown[] => {
  if (Array.isArray(value)) return value;
  throw new Error(`${of} takes a list and got ${JSON.stringify(value)}.`);
};

type Intrinsic = (argument: unknown) => unknown;

/**
 * Makes the resolver of one stack.
 * @param importValue finds what another stack exports
 * @throws Error, on use, for an intrinsic or a reference that this machine has no value for
 */
export const createResolver = (
  stack: StackTemplate,
  names: PhysicalNames,
  importValue: (exportName: string) => unknown,
): Resolve => {
  const reference = (name: string): unknown => {
    if (name === 'AWS::NoValue') return undefined;
    if (name === 'AWS::StackName') return stack.stackName;
    const value = names.pseudoParameter(name) ?? stack.Parameters[name]?.Default;
    if (value !== undefined) return value;
    const resource = stack.Resources[name];
    if (!resource) throw new Error(`Ref: stack ${stack.stackName} has no resource or parameter "${name}".`);
    return names.reference(name, resource, resolve);
  };

  const attribute = (name: string, path: string): unknown => {
    const resource = stack.Resources[name];
    if (!resource) throw new Error(`Fn::GetAtt: stack ${stack.stackName} has no resource "${name}".`);
    return names.attribute(name, resource, path, resolve);
  };

  const substitute: Intrinsic = (argument) => {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return asText(text, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (isRecord(variables) && name in variables) return asText(resolve(variables[name]), 'Fn::Sub');
      const dot = name.indexOf('.');
      return asText(dot < 0 ? reference(name) : attribute(name.slice(0, dot), name.slice(dot + 1)), 'Fn::Sub');
    });
  };

  const intrinsics: Record<string, Intrinsic> = {
    Ref: (name) => reference(asText(name, 'Ref')),
    'Fn::GetAtt': (argument) => {
      const [name = '', ...path] = typeof argument === 'string' ? argument.split('.') : asList(argument, 'Fn::GetAtt');
      return attribute(asText(name, 'Fn::GetAtt'), path.map((each) => asText(resolve(each), 'Fn::GetAtt')).join('.'));
    },
    'Fn::Join': (argument) => {
      const [delimiter, parts] = asList(argument, 'Fn::Join');
      return asList(resolve(parts), 'Fn::Join')
        .map((part) => asText(part, 'Fn::Join'))
        .join(asText(delimiter, 'Fn::Join'));
    },
    'Fn::Sub': substitute,
    'Fn::Select': (argument) => {
      const [index, list] = asList(argument, 'Fn::Select');
      return asList(resolve(list), 'Fn::Select')[Number(asText(resolve(index), 'Fn::Select'))];
    },
    'Fn::Split': (argument) => {
      const [delimiter, text] = asList(argument, 'Fn::Split');
      return asText(resolve(text), 'Fn::Split').split(asText(delimiter, 'Fn::Split'));
    },
    'Fn::ImportValue': (argument) => importValue(asText(resolve(argument), 'Fn::ImportValue')),
  };

  const resolve: Resolve = (value) => {
    if (Array.isArray(value)) return value.map(resolve).filter((each) => each !== undefined);
    if (!isRecord(value)) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
      const intrinsic = intrinsics[name];
      if (!intrinsic)
        throw new Error(`${name} has no meaning on this machine: add it to infra/local/template/resolve.ts.`);
      return intrinsic(argument);
    }
    const entries = Object.entries(value).map(([key, each]) => [key, resolve(each)] as const);
    // AWS::NoValue removes the property that holds it.
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
  };
  return resolve;
};
