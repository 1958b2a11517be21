import * as z from 'zod';
import { type Authority, readCredential } from './credential.ts';
import { S3Error } from './s3-error.ts';
import { ALGORITHM, parseAmzDate, signs } from './sigv4.ts';

/** A form's fields by lower-case name: S3 reads their names without regard to case. */
export type FormFields = ReadonlyMap<string, string>;

/** Bytes, both ends included. */
export interface SizeRange {
  minimum: number;
  maximum: number;
}

const Match = z.tuple([z.string().regex(/^(eq|starts-with)$/i), z.string().startsWith('$'), z.string()]);
const Range = z.tuple([z.string().regex(/^content-length-range$/i), z.int().nonnegative(), z.int().nonnegative()]);
const Simple = z.record(z.string(), z.string()).refine((condition) => Object.keys(condition).length === 1, {
  error: 'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
});
const Policy = z.object({
  expiration: z.iso.datetime({ offset: true }),
  conditions: z.array(z.union([Match, Range, Simple])),
});
type Policy = z.infer<typeof Policy>;
type Condition = Policy['conditions'][number];

/** Fields that no condition needs to cover. */
const exempt = (name: string): boolean =>
  ['x-amz-signature', 'policy', 'file'].includes(name) || name.startsWith('x-ignore-');

const parsePolicy = (base64: string): Policy => {
  try {
    return Policy.parse(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
  } catch (cause) {
    const fault = cause instanceof z.ZodError ? z.prettifyError(cause) : 'Invalid JSON.';
    throw new S3Error('InvalidPolicyDocument', { message: `Invalid Policy: ${fault}`, cause });
  }
};

const required = (fields: FormFields, name: string): string => {
  const value = fields.get(name.toLowerCase());
  if (value !== undefined) return value;
  throw new S3Error('InvalidArgument', {
    message: `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    details: { ArgumentName: name, ArgumentValue: '' },
  });
};

const verifySignature = (fields: FormFields, policy: string, authority: Authority): void => {
  const invalid = (message: string): S3Error => new S3Error('AuthorizationQueryParametersError', { message });
  if (required(fields, 'X-Amz-Algorithm') !== ALGORITHM) throw invalid(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const date = required(fields, 'X-Amz-Date');
  if (parseAmzDate(date) === undefined) {
    throw invalid("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  const credential = readCredential(required(fields, 'X-Amz-Credential'), date, authority, (fault) =>
    invalid(`Error parsing the X-Amz-Credential parameter; ${fault}`),
  );
  const signature = required(fields, 'X-Amz-Signature');
  if (fields.has('x-amz-security-token')) throw new S3Error('InvalidToken');
  if (!signs(signature, policy, { ...credential, secretAccessKey: authority.credentials.secretAccessKey })) {
    throw new S3Error('SignatureDoesNotMatch', {
      details: { AWSAccessKeyId: credential.accessKeyId, StringToSign: policy, SignatureProvided: signature },
    });
  }
};

const denied = (fault: string): S3Error =>
  new S3Error('AccessDenied', { message: `Invalid according to Policy: ${fault}` });

interface FieldCondition {
  operator: string;
  /** Lower case. */
  field: string;
  expected: string;
}

const asFieldCondition = (condition: Condition): FieldCondition | undefined => {
  if (!Array.isArray(condition)) {
    const [[field, expected] = ['', '']] = Object.entries(condition);
    return { operator: 'eq', field: field.toLowerCase(), expected };
  }
  const [operator, field, expected] = condition;
  if (typeof field === 'number' || typeof expected === 'number') return undefined;
  return { operator: operator.toLowerCase(), field: field.slice(1).toLowerCase(), expected };
};

const holds = ({ operator, field, expected }: FieldCondition, value: string | undefined): boolean => {
  if (value === undefined) return false;
  if (operator === 'eq') return value === expected;
  // S3 takes a comma-separated Content-Type apart, and each must match.
  const values = field === 'content-type' ? value.split(',') : [value];
  return values.every((part) => part.startsWith(expected));
};

const sizeRange = (conditions: Condition[]): SizeRange => {
  const range = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
  for (const condition of conditions) {
    if (!Array.isArray(condition)) continue;
    const [, minimum, maximum] = condition;
    if (typeof minimum !== 'number' || typeof maximum !== 'number') continue;
    range.minimum = Math.max(range.minimum, minimum);
    range.maximum = Math.min(range.maximum, maximum);
  }
  return range;
};

/**
 * Holds a form against the policy it carries: signature, expiration, every condition, and that no field goes without
 * one. `bucket` is the one addressed by the URL, whatever the form says. Gives the size range the file must keep.
 * @throws S3Error as POST Object answers: AccessDenied (also without a policy: anonymous), SignatureDoesNotMatch, …
 */
export const enforcePolicy = (
  fields: FormFields,
  { bucket, receivedAt, authority }: { bucket: string; receivedAt: number; authority: Authority },
): SizeRange => {
  const encoded = fields.get('policy');
  if (encoded === undefined) throw new S3Error('AccessDenied');
  verifySignature(fields, encoded, authority);
  const policy = parsePolicy(encoded);
  if (receivedAt >= Date.parse(policy.expiration)) throw denied('Policy expired.');

  const covered = new Set<string>();
  for (const condition of policy.conditions) {
    const ofField = asFieldCondition(condition);
    if (ofField === undefined) continue;
    covered.add(ofField.field);
    if (!holds(ofField, ofField.field === 'bucket' ? bucket : fields.get(ofField.field))) {
      const shown = JSON.stringify([ofField.operator, `$${ofField.field}`, ofField.expected]);
      throw denied(`Policy Condition failed: ${shown.replaceAll(',"', ', "')}`);
    }
  }
  const extra = [...fields.keys()].filter((name) => !exempt(name) && !covered.has(name));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
  return sizeRange(policy.conditions);
};
