import * as contract from '#shared/contract/history.ts';
import type { ActorNames } from '#shared/data/actor-names.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import { headForOfficer, type OfficerPorts } from '#shared/data/head-for-officer.ts';
import { historyOfCall } from '#shared/data/history-items.ts';
import { HistoryPosition, type HistoryRepository } from '#shared/data/history-repository.ts';
import { withActors } from '#shared/data/present-history.ts';
import { presentCallEntry } from '#shared/domain/history/present.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends OfficerPorts {
  readonly history: HistoryRepository;
  readonly names: ActorNames;
}

export const getCallHistory = ({ calls, memberships, history, names }: Dependencies) =>
  handle(contract.getCallHistory, async ({ params: { callId }, query, actor }) => {
    const { organiser } = await headForOfficer({ calls, memberships }, callId, actor.subject);
    const { limit, order } = query;
    const list = `calls/${callId}/history?${order}`;
    const after = decodeCursor(list, HistoryPosition, query.cursor);
    const { entries, next } = await history.page(historyOfCall(callId), { limit, order, after });
    const items = await withActors(names, entries, { organiser, knows: () => true });
    return {
      body: {
        items: items.map(presentCallEntry),
        ...(next === undefined ? {} : { nextCursor: encodeCursor(list, next) }),
      },
    };
  });
