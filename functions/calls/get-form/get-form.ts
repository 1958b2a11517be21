import * as contract from '#shared/contract/calls.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { callInForce } from '#shared/domain/call/call-in-force.ts';
import { secondsFresh } from '#shared/domain/call/freshness.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import { formSchema } from '#shared/domain/form/json-schema.ts';
import { formPresentation } from '#shared/domain/form/presentation.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'category' | 'form'>;
}

export const getForm = ({ calls }: Dependencies) =>
  handle(contract.getForm, async ({ params, receivedAt }) => {
    const { head, version, content } = callInForce(await calls.head(params.callId));
    const { callId } = head;
    const record = await calls.category(callId, content, params.code);
    if (record === undefined) throw new DomainError('NOT_FOUND');
    const { call, place } = record;
    const { category } = place;
    const form = withDeclarations(await calls.form(callId, record.form), call, place);
    return {
      body: {
        callId,
        version,
        category: category.code,
        title: form.title,
        schema: formSchema(form, category.fixed),
        presentation: { ...formPresentation(form) },
      },
      headers: { 'cache-control': `public, max-age=${secondsFresh([head], receivedAt)}` },
    };
  });
