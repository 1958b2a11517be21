import * as contract from '#shared/contract/calls.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import { annexKey } from '#shared/storage/annexes.ts';
import type { UploadPresigner } from '#shared/storage/presigned-upload.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head'>;
  readonly memberships: Pick<MembershipsRepository, 'find'>;
  readonly uploads: UploadPresigner;
}

export const createAnnexUpload = ({ calls, memberships, uploads }: Dependencies) =>
  handle(contract.createAnnexUpload, async ({ params: { callId }, body, actor, receivedAt }) => {
    const { organiser, contentType, size, sha256 } = body;
    const [head, officer] = await Promise.all([
      calls.head(callId),
      memberships.find(actor.subject, organiser, 'officer'),
    ]);
    // Annexes come before the first save; from then on the call's own organiser counts.
    if (officer === undefined || (head !== undefined && head.organiser !== organiser)) {
      throw new DomainError('NOT_FOUND');
    }
    const target = { key: annexKey(callId, sha256), contentType, size, sha256 };
    return { body: { sha256, upload: await uploads.presign('POST', target, { receivedAt }) } };
  });
