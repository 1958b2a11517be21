import * as z from 'zod';
import { CallStatus } from './calls.ts';
import { DeadlineInForce } from './deadlines.ts';
import { operation } from './operation.ts';
import { CallId, CategoryCode, Instant, OrganizationId, Version } from './primitives.ts';

/** What a rule comes to for one unit. `declare`, `attach` and `answer`: the draft decides it, by a declaration, a file, an answer. `shown`: nobody decides it here. */
export const RuleResult = z.enum(['met', 'notMet', 'declare', 'attach', 'answer', 'shown']);
export type RuleResult = z.output<typeof RuleResult>;

const Rule = z
  .object({
    kind: z.enum(['applicants', 'sanction', 'overdue', 'condition', 'limit', 'joint']),
    effect: z.enum(['gate', 'priority']).meta({ description: 'A gate refuses; priority never does' }),
    result: RuleResult,
    text: z.string().meta({ description: 'The rule, in the words of the notice where it has some' }),
    reason: z.string().meta({ description: 'Why it comes to this for the unit' }),
    clause: z.string().optional(),
  })
  .meta({ id: 'EligibilityRule' });

export const PlacesLeft = z
  .object({
    code: CategoryCode.optional().meta({
      description: 'Of the group or category it is set on; absent: the whole call',
    }),
    title: z.string(),
    limit: z.int(),
    count: z.int().meta({ description: 'Submissions that count already' }),
    left: z.int(),
    clause: z.string().optional(),
  })
  .meta({ id: 'PlacesLeft' });

export const Verdict = z.enum(['mayApply', 'mayNot', 'dependsOnDeclarations']).meta({
  description: 'The last: nothing speaks against it yet, and a declaration, a file or an answer still decides',
});
export type Verdict = z.output<typeof Verdict>;

const CategoryEligibility = z
  .object({
    code: CategoryCode,
    title: z.string(),
    groups: z.array(z.string()).meta({ description: 'Titles of the groups above it, from the top' }),
    open: z.boolean().meta({
      description:
        'Whether the unit can submit in it now: by its own deadline, which can be later than that of the call',
    }),
    deadline: DeadlineInForce,
    verdict: Verdict,
    rules: z.array(Rule),
    limits: z.array(PlacesLeft),
  })
  .meta({ id: 'CategoryEligibility' });

export const Eligibility = z
  .object({
    callId: CallId,
    version: Version,
    unitId: OrganizationId,
    judgedAt: Instant,
    status: CallStatus.meta({ description: 'Of the call: a verdict speaks of the unit, whatever the hour' }),
    closesText: z.string(),
    categories: z.array(CategoryEligibility),
  })
  .meta({ id: 'Eligibility' });

export const getEligibility = operation({
  method: 'GET',
  path: '/calls/{callId}/eligibility',
  status: 200,
  access: 'signedIn',
  summary: 'Where a unit may apply, rule by rule, with the places left under each limit',
  description:
    'By the very rules that decide at submit. Who belongs to several units says `unitId`; an officer of the organiser can name any unit whose record an organiser of theirs keeps. Nothing is kept and no place is taken.',
  params: z.object({ callId: CallId }),
  query: z.object({ unitId: OrganizationId.optional(), category: CategoryCode.optional() }),
  reply: Eligibility,
  refusals: ['NOT_FOUND', 'UNIT_REQUIRED', 'VALIDATION_FAILED'],
});
