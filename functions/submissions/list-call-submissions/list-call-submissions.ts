import * as contract from '#shared/contract/submissions.ts';
import { pageOfRoster, RosterPosition } from '#shared/data/call-roster.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import { headForOfficer } from '#shared/data/head-for-officer.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import { presentHead } from '#shared/domain/submission/present.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head'>;
  readonly memberships: Pick<MembershipsRepository, 'find'>;
  readonly tallies: Pick<TalliesRepository, 'pageOfCall'>;
  readonly submissions: Pick<SubmissionsRepository, 'heads'>;
}

export const listCallSubmissions = ({ calls, memberships, tallies, submissions }: Dependencies) =>
  handle(contract.listCallSubmissions, async ({ params: { callId }, query, actor }) => {
    await headForOfficer({ calls, memberships }, callId, actor.subject);
    const { limit, category, status } = query;
    const list = `calls/${callId}/submissions?${category ?? ''}&${status ?? ''}`;
    const from = decodeCursor(list, RosterPosition, query.cursor);
    const page = await pageOfRoster(tallies, callId, { limit, counted: status, from });
    // What moved between the tally and its head is as its head says.
    const heads = (await submissions.heads(page.submissionIds)).filter(
      (head) => (category ?? head.category) === head.category && (status ?? head.status) === head.status,
    );
    return {
      body: {
        items: heads.map(presentHead),
        ...(page.next === undefined ? {} : { nextCursor: encodeCursor(list, page.next) }),
      },
    };
  });
