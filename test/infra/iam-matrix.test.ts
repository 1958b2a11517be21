import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { findStage } from '#infra/stage.ts';
import { synthesized } from './synthesized.ts';

const { ofType } = synthesized(findStage('prod'));

const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.string(),
        Action: z.union([z.string().transform((action) => [action]), z.array(z.string())]),
        Resource: z.unknown(),
      }),
    ),
  }),
});

const Imported = z.object({ 'Fn::ImportValue': z.string() });
const Attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const Reference = z.object({ Ref: z.string() });
const Joined = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });

/** CloudFormation appends eight digits to a logical id, and wraps it to make an export's name. */
const plain = (logicalId: string): string =>
  logicalId.replace(/^.*ExportsOutputFnGetAtt(.*)Arn/, '$1').replace(/[0-9A-F]{8}$/, '');

const nameOf = (resource: unknown): string => {
  if (typeof resource === 'string') return resource;
  const imported = Imported.safeParse(resource);
  if (imported.success) return plain(imported.data['Fn::ImportValue']);
  const attribute = Attribute.safeParse(resource);
  if (attribute.success) return plain(attribute.data['Fn::GetAtt'][0]);
  const reference = Reference.safeParse(resource);
  if (reference.success) return `<${reference.data.Ref}>`;
  return Joined.parse(resource)['Fn::Join'][1].map(nameOf).join('');
};

/** `role: resource: actions`, one line for each resource of each role. */
const matrix = (): string[] =>
  ofType('AWS::IAM::Policy').flatMap(({ logicalId, properties }) => {
    const role = plain(logicalId).replace(/RoleDefaultPolicy$/, '');
    const rights = new Map<string, string[]>();
    for (const { Action, Resource } of Policy.parse(properties).PolicyDocument.Statement) {
      for (const resource of [Resource].flat().map(nameOf)) {
        rights.set(resource, [...(rights.get(resource) ?? []), ...Action]);
      }
    }
    return [...rights].sort().map(([resource, actions]) => `${role}: ${resource}: ${actions.sort().join(' ')}`);
  });

describe('rights', () => {
  it('of every function are exactly these', async () => {
    await expect(`${matrix().sort().join('\n')}\n`).toMatchFileSnapshot('iam-matrix.snap.txt');
  });

  it('never hold a wildcard action', () => {
    expect(matrix().filter((line) => line.split(': ')[2]?.includes('*'))).toEqual([]);
  });

  it('hold a wildcard resource for objects below a prefix alone, and GuardDuty for its own rule', () => {
    const wildcards = matrix().filter((line) => line.split(': ')[1]?.includes('*'));
    expect(wildcards.length).toBeGreaterThan(0);
    for (const line of wildcards)
      expect(line).toMatch(
        /^MalwareScan: arn:aws:events:.+:rule\/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3\*: |: (AttachmentsBucket\/submissions|AnnexesBucket\/annexes|SealsBucket\/(calls|working)|ExportsBucket\/exports)\/\*: /,
      );
  });

  it('let nothing scan', () => {
    expect(matrix().filter((line) => line.includes('dynamodb:Scan'))).toEqual([]);
  });

  it('come from one role for each function: none is shared', () => {
    const roles = ofType('AWS::Lambda::Function').map(({ stack, properties }) => `${stack} ${nameOf(properties.Role)}`);
    expect(new Set(roles).size).toBe(roles.length);
    expect(ofType('AWS::IAM::Role').filter(({ properties }) => 'ManagedPolicyArns' in properties)).toEqual([]);
  });
});
