import * as contract from '#shared/contract/submissions.ts';
import { type ConsentPorts, changeConsent } from '#shared/data/change-consent.ts';
import { withoutConsent } from '#shared/domain/submission/partners.ts';
import { presentPartner } from '#shared/domain/submission/present.ts';
import { handle } from '#shared/http/handle.ts';

export const takeBackConsent = (ports: ConsentPorts) =>
  handle(contract.takeBackConsent, async ({ params: { submissionId }, query, actor: { subject }, receivedAt }) => {
    const partners = await changeConsent(
      ports,
      { action: 'consent-taken-back', submissionId, subject, named: query.unitId, receivedAt },
      withoutConsent,
    );
    return { body: { partners: partners.map(presentPartner) } };
  });
