import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { findStage } from '#infra/stage.ts';
import { synthesized } from './synthesized.ts';

const WithVariables = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });

/** The logical ids of the keys that a variable names, in its order: an import is called by id and eight digits. */
const keysIn = (value: unknown): string[] =>
  [...(JSON.stringify(value) ?? '').matchAll(/Ref(SigningKey\d?)[0-9A-F]{8}"/g)].map(([, id = '']) => id);

/** Function → the keys it is told of, of those that are told of any. */
const toldOf = (signingKeys: number) => {
  const { ofType } = synthesized({ ...findStage('prod'), signingKeys });
  return new Map(
    ofType('AWS::Lambda::Function')
      .map(({ logicalId, properties }) => {
        const { Variables } = WithVariables.parse(properties).Environment;
        const told = { signs: keysIn(Variables.SIGNING_KEY), earlier: keysIn(Variables.EARLIER_SIGNING_KEYS) };
        return [logicalId.replace(/Function[0-9A-F]{8}$/, ''), told] as const;
      })
      .filter(([, { signs, earlier }]) => signs.length + earlier.length > 0),
  );
};

describe('signing keys', () => {
  it('are one at first: there is no earlier one to tell of', () => {
    const told = toldOf(1);
    expect(told.get('getSubmissionReceipt')).toEqual({ signs: ['SigningKey'], earlier: [] });
    expect(told.get('listSigningKeys')).toEqual({ signs: ['SigningKey'], earlier: [] });
  });

  it('once changed, sign by the newest; the earlier ones are published, the latest of them first', () => {
    const { listSigningKeys, ...signers } = Object.fromEntries(toldOf(3));
    expect(listSigningKeys).toEqual({ signs: ['SigningKey3'], earlier: ['SigningKey2', 'SigningKey'] });
    expect(Object.keys(signers)).toContain('getSubmissionReceipt');
    for (const told of Object.values(signers)) expect(told).toEqual({ signs: ['SigningKey3'], earlier: [] });
  });
});
