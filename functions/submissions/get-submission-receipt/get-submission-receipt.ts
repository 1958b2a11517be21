import * as contract from '#shared/contract/signed-receipt.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import type { SignableReceipt, SignedReceiptsRepository } from '#shared/data/signed-receipts-repository.ts';
import type { StandingRepository } from '#shared/data/standing-repository.ts';
import { loadVisible } from '#shared/data/submission-access.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import { prefersPage } from '#shared/http/reply-format.ts';
import type { Signer } from '#shared/signing/signer.ts';
import { PAGE_POLICY, receiptPage } from './receipt-page.ts';
import { receiptTitles } from './receipt-titles.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly standings: StandingRepository;
  readonly receipts: SignedReceiptsRepository;
  readonly signer: Pick<Signer, 'sign'>;
  readonly calls: Pick<CallsRepository, 'version' | 'definition'>;
  readonly organizations: Pick<OrganizationsRepository, 'findAll'>;
}

export const getSubmissionReceipt = (dependencies: Dependencies) => {
  const { receipts, signer } = dependencies;

  /** An officer reads no more of what was withdrawn than of any draft. */
  const find = async (submissionId: string, subject: string, named: string | undefined): Promise<SignableReceipt> => {
    const { submission, view } = await loadVisible(dependencies, submissionId, subject);
    const receiptNo = named ?? submission.head.receiptNo;
    if (receiptNo === undefined || view === 'head') throw new DomainError('NOT_SUBMITTED');
    if (submission.head.erasedAt !== undefined) throw new DomainError('DATA_ERASED');
    const stored = await receipts.find(receiptNo);
    if (stored?.receipt.submissionId === submissionId) return stored;
    if (named === undefined) throw new Error('A submitted submission has no receipt');
    throw new DomainError('NOT_FOUND');
  };

  const signatureOf = async (stored: SignableReceipt): Promise<string> =>
    stored.jws ?? receipts.keepFirst(stored, await signer.sign(stored.text, 'shenbao-receipt+jwt'));

  return handle(contract.getSubmissionReceipt, async ({ params, query, actor, accept, locale }) => {
    const stored = await find(params.submissionId, actor.subject, query.receiptNo);
    const { receipt, withdrawnAt } = stored;
    const signed = {
      ...receipt,
      jws: await signatureOf(stored),
      ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
    };
    const vary = { vary: 'accept, accept-language' };
    const asPage = query.format === undefined ? prefersPage(accept) : query.format === 'html';
    if (!asPage) return { body: signed, headers: vary };
    return {
      page: receiptPage(signed, await receiptTitles(dependencies, receipt), locale),
      headers: {
        ...vary,
        'content-security-policy': PAGE_POLICY,
        'content-language': locale === 'zh' ? 'zh-CN' : 'en',
      },
    };
  });
};
