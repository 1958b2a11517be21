import * as contract from '#shared/contract/calls.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { headForOfficer } from '#shared/data/head-for-officer.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { presentCall } from '#shared/domain/call/present.ts';
import { callETag } from '#shared/domain/call/saved-call.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'version' | 'definition' | 'form'>;
  readonly memberships: Pick<MembershipsRepository, 'find'>;
}

export const getCallVersion = ({ calls, memberships }: Dependencies) =>
  handle(contract.getCallVersion, async ({ params, actor, receivedAt }) => {
    const head = await headForOfficer({ calls, memberships }, params.callId, actor.subject);
    const stored = await calls.version(head.callId, params.version);
    if (stored === undefined) throw new DomainError('NOT_FOUND');
    const { version, content } = stored;
    const [definition, ...forms] = await Promise.all([
      calls.definition(head.callId, content.digest),
      ...content.forms.map(async ({ key, digest }) => [key, await calls.form(head.callId, digest)] as const),
    ]);
    const published = version === head.publishedVersion;
    return {
      body: {
        call: presentCall(head, { version, window: published ? head : stored.window, definition }, receivedAt),
        published,
        definition: { ...definition, forms: Object.fromEntries(forms) },
      },
      headers: { etag: callETag(head) },
    };
  });
