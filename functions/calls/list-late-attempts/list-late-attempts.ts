import * as contract from '#shared/contract/extensions.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import { headForOfficer, type OfficerPorts } from '#shared/data/head-for-officer.ts';
import { type LateAttemptsRepository, LatePosition } from '#shared/data/late-attempts-repository.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { unitNames } from '#shared/data/unit-names.ts';
import { durationText } from '#shared/http/duration-text.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends OfficerPorts {
  readonly lateAttempts: LateAttemptsRepository;
  readonly organizations: Pick<OrganizationsRepository, 'findAll'>;
}

export const listLateAttempts = (dependencies: Dependencies) =>
  handle(contract.listLateAttempts, async ({ params: { callId }, query, actor, locale }) => {
    await headForOfficer(dependencies, callId, actor.subject);
    const list = `calls/${callId}/late-attempts`;
    const from = decodeCursor(list, LatePosition, query.cursor);
    const { late, next } = await dependencies.lateAttempts.pageOfCall(callId, query.limit, from);
    const names = await unitNames(
      dependencies.organizations,
      late.map(({ unitId }) => unitId),
    );
    return {
      body: {
        items: late.map(({ howLate, ...attempt }) => ({
          ...attempt,
          unitName: names.get(attempt.unitId) ?? attempt.unitId,
          howLateMs: howLate,
          howLate: durationText(howLate, locale),
        })),
        ...(next === undefined ? {} : { nextCursor: encodeCursor(list, next) }),
      },
    };
  });
