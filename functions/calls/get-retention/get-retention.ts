import * as contract from '#shared/contract/retention.ts';
import { pageOfRoster, RosterPosition } from '#shared/data/call-roster.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import { headForOfficer } from '#shared/data/head-for-officer.ts';
import { type LateAttemptsRepository, LatePosition } from '#shared/data/late-attempts-repository.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import type { RetentionState } from '#shared/data/retention-items.ts';
import type { RetentionRepository } from '#shared/data/retention-repository.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { type Expiry, expiries } from '#shared/domain/retention/plan.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'definition'>;
  readonly memberships: Pick<MembershipsRepository, 'find'>;
  readonly retention: Pick<RetentionRepository, 'find'>;
  readonly tallies: Pick<TalliesRepository, 'pageOfCall' | 'allOfCall'>;
  readonly submissions: Pick<SubmissionsRepository, 'heads'>;
  readonly late: Pick<LateAttemptsRepository, 'pageOfCall' | 'countOfCall'>;
}

/** How far the deleting of a kind has come, and how many went; undefined for what is all there still. */
const progressOf = ({ kind }: Expiry, state: RetentionState | undefined) => {
  const done = state?.done.find((one) => one.kind === kind);
  if (done !== undefined) return { state: 'deleted', count: done.count } as const;
  return state?.kind === kind ? ({ state: 'under-way', count: state.count ?? 0 } as const) : undefined;
};

export const getRetention = (dependencies: Dependencies) => {
  const { calls, memberships, retention, tallies, submissions, late } = dependencies;

  const counts = async (callId: string) => {
    const counted = { drafts: 0, late: await late.countOfCall(callId), personal: 0 };
    for await (const tally of tallies.allOfCall(callId)) {
      counted.drafts += tally.drafts.length;
      counted.personal += tally.submitted.length;
    }
    return counted;
  };

  const planOf = async (head: CallHead, receivedAt: number) => {
    if (head.publishedContent === undefined) return [];
    const [definition, state, counted] = await Promise.all([
      calls.definition(head.callId, head.publishedContent),
      retention.find(head.callId),
      counts(head.callId),
    ]);
    return expiries(head, definition.retention).map((expiry) => {
      const { kind, after, at } = expiry;
      const waiting = { state: receivedAt < at ? 'kept' : 'due', count: counted[kind] } as const;
      return { kind, after, at: toInstant(at), ...(progressOf(expiry, state) ?? waiting) };
    });
  };

  const pageOfLate = async (callId: string, limit: number, list: string, cursor: string | undefined) => {
    const page = await late.pageOfCall(callId, limit, decodeCursor(list, LatePosition, cursor));
    const items = page.late.map(({ submissionId, unitId, category }) => ({
      ...{ submissionId, unitId, category, attachmentCount: 0 },
    }));
    return { items, next: page.next };
  };

  const pageOfHeads = async (
    callId: string,
    limit: number,
    status: 'draft' | 'submitted',
    list: string,
    cursor: string | undefined,
  ) => {
    const from = decodeCursor(list, RosterPosition, cursor);
    const page = await pageOfRoster(tallies, callId, { limit, counted: status, from });
    const heads = (await submissions.heads(page.submissionIds)).filter(
      (head) => head.status === status && head.erasedAt === undefined,
    );
    const items = heads.map(({ submissionId, unitId, category, attachmentCount }) => ({
      ...{ submissionId, unitId, category, attachmentCount },
    }));
    return { items, next: page.next };
  };

  return handle(contract.getRetention, async ({ params: { callId }, query, actor, receivedAt }) => {
    const head = await headForOfficer({ calls, memberships }, callId, actor.subject);
    const { limit, kind, cursor } = query;
    const list = `calls/${callId}/retention?${kind}`;
    const [plan, { items, next }] = await Promise.all([
      cursor === undefined ? planOf(head, receivedAt) : undefined,
      kind === 'late'
        ? pageOfLate(callId, limit, list, cursor)
        : pageOfHeads(callId, limit, kind === 'drafts' ? 'draft' : 'submitted', list, cursor),
    ]);
    return {
      body: {
        items,
        ...(next === undefined ? {} : { nextCursor: encodeCursor(list, next) }),
        ...(plan === undefined ? {} : { plan }),
      },
    };
  });
};
