import * as contract from '#shared/contract/exports.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { unknownCategory } from '#shared/data/category-rules.ts';
import type { ExportsRepository } from '#shared/data/exports-repository.ts';
import { headForOfficer } from '#shared/data/head-for-officer.ts';
import type { IdempotencyKey, IdempotencyRepository, RememberedRequest } from '#shared/data/idempotency-repository.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { type Export, newExport } from '#shared/domain/export/export.ts';
import { presentExport } from '#shared/domain/export/present.ts';
import { exportFailureIn } from '#shared/http/export-failures.ts';
import { handle } from '#shared/http/handle.ts';
import type { Locale } from '#shared/http/locale.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'version' | 'category'>;
  readonly memberships: Pick<MembershipsRepository, 'find'>;
  readonly exports: Pick<ExportsRepository, 'find' | 'createWith'>;
  readonly idempotency: IdempotencyRepository;
  readonly newExportId: () => string;
}

export const createExport = ({ calls, memberships, exports, idempotency, newExportId }: Dependencies) => {
  const assertCategory = async ({ callId, publishedContent, latestVersion }: CallHead, code: string): Promise<void> => {
    const content = publishedContent ?? (await calls.version(callId, latestVersion))?.content.digest;
    const category = content === undefined ? undefined : await calls.category(callId, content, code);
    if (category === undefined) throw unknownCategory();
  };

  /** What an earlier request with the same key created. */
  const replayed = async (earlier: RememberedRequest, digest: string): Promise<Export> => {
    if (earlier.digest !== digest) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    const one = await exports.find(earlier.created.exportId ?? '');
    if (one === undefined) throw new DomainError('NOT_FOUND');
    return one;
  };

  const reply = (one: Export, receivedAt: number, locale: Locale) => ({
    body: presentExport(one, receivedAt, exportFailureIn(locale)),
    headers: { location: `/exports/${one.exportId}` },
  });

  return handle(
    contract.createExport,
    async ({ params: { callId }, headers, body, actor: { subject }, receivedAt, locale }) => {
      const sentKey = headers['idempotency-key'];
      const key: IdempotencyKey | undefined =
        sentKey === undefined ? undefined : { subject, operation: 'createExport', key: sentKey };
      const digest = canonicalDigest({ callId, body });
      const call = await headForOfficer({ calls, memberships }, callId, subject);
      const earlier = key === undefined ? undefined : await idempotency.find(key, receivedAt);
      if (earlier !== undefined) return reply(await replayed(earlier, digest), receivedAt, locale);
      if (body.category !== undefined) await assertCategory(call, body.category);

      const one = newExport({ exportId: newExportId(), callId, organiser: call.organiser, ...body }, receivedAt);
      const created = { exportId: one.exportId };
      const remember = key === undefined ? [] : [idempotency.remembering(key, { digest, created }, receivedAt)];
      if (!(await exports.createWith(one, remember))) {
        const winner = key === undefined ? undefined : await idempotency.find(key, receivedAt);
        if (winner === undefined) throw new DomainError('CONFLICT');
        return reply(await replayed(winner, digest), receivedAt, locale);
      }
      return reply(one, receivedAt, locale);
    },
  );
};
