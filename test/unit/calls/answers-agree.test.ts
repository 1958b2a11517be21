import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTaken, schemaValidator } from '../domain/form/agreement.ts';
import { bodiesFor } from '../domain/form/generated-answers.ts';
import { formOf, leavesOf, readCall } from './read-call.ts';

const CALLS = ['changde-2022', 'guangdong-2024', 'hunan-2022'] as const;

/** So many answers to every form, spread over the categories that use it; `npm run test:forms` gives as many to each category. */
const PER_FORM = 10_000;
const PER_CATEGORY = process.env.ANSWERS_PER_CATEGORY;

const categories = CALLS.flatMap((callId) => {
  const call = readCall(callId);
  return leavesOf(call).map(({ code, form, fixed }) => {
    const sharing = leavesOf(call).filter((other) => other.form === form).length;
    return { callId, code, form, definition: formOf(call, form), fixed, numRuns: Math.ceil(PER_FORM / sharing) };
  });
});

describe('a submit and the published schema', () => {
  it.each(categories)(
    'agree on generated answers to $form of $callId in category $code',
    ({ definition, fixed, numRuns }) => {
      const meetsSchema = schemaValidator(definition, fixed);
      let taken = 0;
      const runs = PER_CATEGORY === undefined ? numRuns : Number(PER_CATEGORY);
      fc.assert(
        fc.property(bodiesFor(definition, fixed), (body) => {
          const isOurs = isTaken(definition, fixed, body);
          if (isOurs) taken += 1;
          return meetsSchema(body) === isOurs;
        }),
        { numRuns: runs },
      );
      // Agreement is only worth something if both verdicts are frequent.
      expect(taken / runs).toBeGreaterThan(0.3);
      expect(taken / runs).toBeLessThan(0.7);
    },
    120_000,
  );
});
