import * as contract from '#shared/contract/submissions.ts';
import { type ConsentPorts, changeConsent } from '#shared/data/change-consent.ts';
import { withConsent } from '#shared/domain/submission/partners.ts';
import { presentPartner } from '#shared/domain/submission/present.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export const consentToSubmission = (ports: ConsentPorts) =>
  handle(contract.consentToSubmission, async ({ params: { submissionId }, body, actor: { subject }, receivedAt }) => {
    const partners = await changeConsent(
      ports,
      { action: 'consented', submissionId, subject, named: body.unitId, receivedAt },
      (before, unitId) => withConsent(before, unitId, toInstant(receivedAt)),
    );
    return { body: { partners: partners.map(presentPartner) } };
  });
