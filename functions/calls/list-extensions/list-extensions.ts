import * as contract from '#shared/contract/extensions.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import { DeadlinePosition, type DeadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { headForOfficer, type OfficerPorts } from '#shared/data/head-for-officer.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { unitNames } from '#shared/data/unit-names.ts';
import { bare } from '#shared/domain/deadline/deadline-in-force.ts';
import { presentGranted } from '#shared/domain/deadline/present.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends OfficerPorts {
  readonly deadlines: Pick<DeadlinesRepository, 'pageOfCall'>;
  readonly organizations: Pick<OrganizationsRepository, 'findAll'>;
}

export const listExtensions = (dependencies: Dependencies) =>
  handle(contract.listExtensions, async ({ params: { callId }, query, actor, receivedAt }) => {
    const head = await headForOfficer(dependencies, callId, actor.subject);
    const list = `calls/${callId}/extensions`;
    const from = decodeCursor(list, DeadlinePosition, query.cursor);
    const { granted, next } = await dependencies.deadlines.pageOfCall(callId, query.limit, from);
    const names = await unitNames(
      dependencies.organizations,
      granted.map(({ unitId }) => unitId),
    );
    return {
      body: {
        call: bare(head),
        items: granted.map((one) => presentGranted(one, names, receivedAt)),
        ...(next === undefined ? {} : { nextCursor: encodeCursor(list, next) }),
      },
    };
  });
