import * as contract from '#shared/contract/calls.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { callInForce } from '#shared/domain/call/call-in-force.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import { annexKey } from '#shared/storage/annexes.ts';
import type { DownloadPresigner } from '#shared/storage/presigned-download.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'definition'>;
  readonly downloads: DownloadPresigner;
}

export const getAnnex = ({ calls, downloads }: Dependencies) =>
  handle(contract.getAnnex, async ({ params, receivedAt }) => {
    const { head, content } = callInForce(await calls.head(params.callId));
    const { callId } = head;
    const { annexes } = await calls.definition(callId, content);
    const annex = annexes.find(({ key }) => key === params.key);
    if (annex === undefined) throw new DomainError('NOT_FOUND');
    const { url } = await downloads.presign(
      { key: annexKey(callId, annex.sha256), filename: annex.filename },
      receivedAt,
    );
    return { headers: { location: url } };
  });
