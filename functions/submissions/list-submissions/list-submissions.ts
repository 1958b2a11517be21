import * as contract from '#shared/contract/submissions.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { CreatedPosition, type SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { actingUnit } from '#shared/domain/eligibility/acting-unit.ts';
import { inRole } from '#shared/domain/organization/in-role.ts';
import { presentListed } from '#shared/domain/submission/present.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly memberships: Pick<MembershipsRepository, 'ofSubject'>;
  readonly submissions: Pick<SubmissionsRepository, 'pageOfUnit' | 'listedAt'>;
}

export const listSubmissions = ({ memberships, submissions }: Dependencies) =>
  handle(contract.listSubmissions, async ({ query, actor }) => {
    const roles = await memberships.ofSubject(actor.subject);
    const units = inRole(roles, 'applicant');
    const unitId = actingUnit(units, query.unitId);
    const list = `submissions/${unitId}`;
    const page = await submissions.pageOfUnit(unitId, query.limit, decodeCursor(list, CreatedPosition, query.cursor));
    const listed = await submissions.listedAt(unitId, page.places);
    return {
      body: {
        items: listed.map(presentListed),
        ...(page.next === undefined ? {} : { nextCursor: encodeCursor(list, page.next) }),
      },
    };
  });
