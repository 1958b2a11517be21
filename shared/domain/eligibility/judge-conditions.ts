import type { Condition } from '#shared/domain/call/condition.ts';
import type { Material } from '#shared/domain/call/definition.ts';
import { clauseIn } from '#shared/domain/clause.ts';
import type { Decide, RuleFacts } from '#shared/domain/expression/facts.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import { answerOf } from '#shared/domain/form/fields.ts';
import type { Sentence } from '#shared/domain/sentence.ts';
import type { Applicant } from './applicant.ts';
import type { ApplyingCondition } from './applying-conditions.ts';
import type { Judgement } from './judgement.ts';
import { knownFacts } from './known-facts.ts';

/** What conditions are judged on. */
export interface ConditionGround {
  readonly unit: Applicant;
  /** With `submission` and `answers` where there is a draft. */
  readonly facts: RuleFacts;
  readonly decide: Decide;
  readonly materials: readonly Material[];
  /** Keys of the materials for which the draft has a file, whatever its state. */
  readonly begun: ReadonlySet<string>;
}

type Outcome = Pick<Judgement, 'result' | 'reasons' | 'fault'>;

const messageOf = ({ message, text }: Condition): string => message ?? text;

const requirement = (condition: Condition): Sentence =>
  condition.effect === 'gate'
    ? { code: 'REQUIRES', params: { message: messageOf(condition) } }
    : { code: 'PRIORITY_NOT_MET' };

const faultOf = (condition: Condition, fault: Pick<Fault, 'path' | 'code'> & Partial<Fault>): Fault => ({
  ...fault,
  params: { message: messageOf(condition), ...fault.params },
  ...clauseIn(condition.clause),
});

const byRule = (rule: string, { condition, path }: ApplyingCondition, ground: ConditionGround): Outcome => {
  const decision = ground.decide(rule, ground.facts);
  if (decision === 'undecided') return { result: 'answer', reasons: [{ code: 'DRAFT_DECIDES' }] };
  const known = knownFacts(rule, ground.unit, ground.facts.call.today);
  if (decision === 'met') return { result: 'met', reasons: known.length > 0 ? known : [{ code: 'MET' }] };
  const [first] = known;
  const fact = first === undefined ? {} : { fact: first.code, ...first.params };
  return {
    result: 'notMet',
    reasons: [...known, requirement(condition)],
    fault: faultOf(condition, { path, code: 'CONDITION_NOT_MET', params: fact }),
  };
};

const byDeclaration = (key: string, condition: Condition, { facts: { answers } }: ConditionGround): Outcome => {
  if (answers === undefined) return { result: 'declare', reasons: [{ code: 'TO_DECLARE' }] };
  if (answerOf(answers, key) === true) return { result: 'met', reasons: [{ code: 'DECLARED' }] };
  return {
    result: 'notMet',
    reasons: [{ code: 'TO_DECLARE' }, requirement(condition)],
    fault: faultOf(condition, { path: key, code: 'DECLARATION_NEEDED' }),
  };
};

const byMaterial = (key: string, condition: Condition, { facts, materials, begun }: ConditionGround): Outcome => {
  const material = materials.find((one) => one.key === key);
  const title = material?.title ?? key;
  const toAttach: Sentence = { code: 'TO_ATTACH', params: { material: title } };
  if (facts.submission === undefined) return { result: 'attach', reasons: [toAttach] };
  if ((facts.submission.attachments[key] ?? 0) > 0) {
    return { result: 'met', reasons: [{ code: 'ATTACHED', params: { material: title } }] };
  }
  // What the check of the files says itself is not said twice: that a required one is missing, that the one there is not proven.
  const saidAlready = material?.required === true || begun.has(key);
  return {
    result: 'notMet',
    reasons: [toAttach, requirement(condition)],
    ...(saidAlready
      ? {}
      : {
          fault: faultOf(condition, {
            path: at('materials', key),
            code: 'CONDITION_NOT_MET',
            params: { material: title },
          }),
        }),
  };
};

const outcomeOf = (applying: ApplyingCondition, ground: ConditionGround): Outcome => {
  const { condition } = applying;
  if (condition.rule !== undefined) return byRule(condition.rule, applying, ground);
  if (condition.declare !== undefined) return byDeclaration(condition.declare, condition, ground);
  if (condition.material !== undefined) return byMaterial(condition.material, condition, ground);
  return { result: 'shown', reasons: [{ code: condition.effect === 'gate' ? 'TO_SHOW' : 'PRIORITY_TO_SHOW' }] };
};

/** What each condition comes to: without a draft what it will depend on, with one what the draft decides. */
export const judgeConditions = (conditions: readonly ApplyingCondition[], ground: ConditionGround): Judgement[] =>
  conditions.map((applying) => {
    const { effect, text, clause } = applying.condition;
    return { kind: 'condition', effect, text, ...clauseIn(clause), ...outcomeOf(applying, ground) };
  });
