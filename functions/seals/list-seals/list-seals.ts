import * as contract from '#shared/contract/seals.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { SealRecords } from '#shared/data/seal-records.ts';
import { callInForce } from '#shared/domain/call/call-in-force.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head'>;
  readonly seals: Pick<SealRecords, 'ofCall'>;
}

export const listSeals = ({ calls, seals }: Dependencies) =>
  handle(contract.listSeals, async ({ params }) => {
    const { head } = callInForce(await calls.head(params.callId));
    const items = (await seals.ofCall(head.callId)).map(({ number, through, sealedAt, root, count, withdrawn }) => ({
      ...{ number, through, sealedAt, root, count, withdrawn },
    }));
    return { body: { items } };
  });
