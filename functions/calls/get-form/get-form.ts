import * as contract from '#shared/contract/calls.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import { secondsFresh } from '#shared/domain/call/freshness.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import { formSchema } from '#shared/domain/form/json-schema.ts';
import { formPresentation } from '#shared/domain/form/presentation.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'definition' | 'form'>;
}

export const getForm = ({ calls }: Dependencies) =>
  handle(contract.getForm, async ({ params, receivedAt }) => {
    const head = await calls.head(params.callId);
    if (head?.publishedVersion === undefined) throw new DomainError('NOT_FOUND');
    const { callId, publishedVersion: version } = head;
    const definition = await calls.definition(callId, version);
    const place = findCategory(definition.categories, params.code);
    if (place === undefined) throw new DomainError('NOT_FOUND');
    const { category } = place;
    const form = withDeclarations(await calls.form(callId, version, category.form), definition, place);
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
