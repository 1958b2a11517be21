import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { checkExpression } from '#shared/domain/expression/check-expression.ts';
import { compileRules } from '#shared/domain/expression/compile.ts';
import { ruleEnvironment } from '#shared/domain/expression/environment.ts';
import type { RuleFacts } from '#shared/domain/expression/facts.ts';
import { runsOf } from '#test/support/property-runs.ts';
import { countSteps } from './counted-steps.ts';
import { ruleScope, wholeFacts } from './facts.ts';
import { generatedRule } from './generated-rules.ts';

const environment = ruleEnvironment(ruleScope());
const counted = countSteps(environment.cel.parse('true').ast);
const decide = compileRules(ruleScope());
afterAll(() => counted.stop());

/** As much of everything as the scope allows. */
const largestFacts = (): RuleFacts => {
  const { unit, submission, answers, ...facts } = wholeFacts();
  const many = (count: number) => Array.from({ length: count }, (_, index) => `${index}`.padEnd(40, '字'));
  return {
    ...facts,
    unit: { ...unit, kinds: many(30), flags: many(50) },
    submission: { ...submission, partnerKinds: many(300) },
    answers: {
      ...answers,
      name: '字'.repeat(60),
      topics: ['甲', '乙', '丙'],
      members: Array.from({ length: 20 }, (_, index) => ({
        name: `${index}`,
        born: '1990-06-01',
        cost: '1',
        days: index,
      })),
    },
  };
};

describe('the bound of a rule', () => {
  it('is what evaluating it takes at most, whatever the rule and however much it reads', () => {
    const [some, most] = [wholeFacts(), largestFacts()];
    let evaluated = 0;
    fc.assert(
      fc.property(generatedRule(), (rule) => {
        const { faults, steps } = checkExpression(rule, environment);
        expect(faults.filter(({ code }) => code !== 'EXPRESSION_TOO_COSTLY')).toEqual([]);
        // What is refused for its cost is never evaluated.
        if (faults.length > 0) return;
        for (const facts of [some, most]) {
          counted.taken = 0;
          expect(['met', 'notMet', 'undecided']).toContain(decide(rule, facts));
          expect(counted.taken).toBeGreaterThan(0);
          expect(counted.taken).toBeLessThanOrEqual(steps);
          evaluated += 1;
        }
      }),
      { numRuns: runsOf(1_000) },
    );
    expect(evaluated).toBeGreaterThan(runsOf(500));
  });

  it('is near what the worst takes, not far above', () => {
    const rule = 'answers.members.all(a, answers.members.exists(b, a.days + b.days < 0) || true)';
    const { steps } = checkExpression(rule, environment);
    counted.taken = 0;
    expect(decide(rule, largestFacts())).toBe('met');
    expect(counted.taken).toBeGreaterThan(steps / 2);
  });
});
