import * as contract from '#shared/contract/submissions.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { categoryInForce, categoryOfVersion, type Definitions } from '#shared/data/category-rules.ts';
import type { DeadlinesRepository } from '#shared/data/deadlines-repository.ts';
import type { IdempotencyKey, IdempotencyRepository, RememberedRequest } from '#shared/data/idempotency-repository.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { rulesInForce } from '#shared/data/rules-in-force.ts';
import type { SubmissionDrafts } from '#shared/data/submission-drafts.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { assertOpen } from '#shared/domain/deadline/assert-open.ts';
import { type DeadlineInForce, deadlineInForce } from '#shared/domain/deadline/deadline-in-force.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { actingUnit } from '#shared/domain/eligibility/acting-unit.ts';
import { withoutRecord } from '#shared/domain/eligibility/applicant.ts';
import { judge } from '#shared/domain/eligibility/judge.ts';
import { refusals } from '#shared/domain/eligibility/judgement.ts';
import { createdEntry } from '#shared/domain/history/submission-entries.ts';
import { inRole } from '#shared/domain/organization/in-role.ts';
import type { Earlier } from '#shared/domain/submission/copy-answers.ts';
import { knownOf } from '#shared/domain/submission/known-answers.ts';
import { etagOf, presentSubmission } from '#shared/domain/submission/present.ts';
import { type Beginning, startingAnswers } from '#shared/domain/submission/starting-answers.ts';
import type { Submission } from '#shared/domain/submission/submission.ts';
import { draftHead } from '#shared/domain/submission/transitions.ts';
import { handle } from '#shared/http/handle.ts';
import type { Locale } from '#shared/http/locale.ts';
import { reasonIn } from '#shared/http/refusal-reasons.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { noteOnTrail } from '#shared/runtime/trail.ts';
import { beginningFrom, rememberedBeginning } from './remembered-beginning.ts';

export interface Dependencies {
  readonly calls: Definitions & Pick<CallsRepository, 'head'>;
  readonly deadlines: Pick<DeadlinesRepository, 'grantedTo'>;
  readonly memberships: Pick<MembershipsRepository, 'ofSubject'>;
  readonly organizations: Pick<OrganizationsRepository, 'find'>;
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly drafts: Pick<SubmissionDrafts, 'createDraft' | 'undoCreation'>;
  readonly idempotency: IdempotencyRepository;
  readonly newSubmissionId: () => string;
}

/** A draft as it was created, how its answers came about, and until when it can be submitted. */
interface Created {
  readonly submission: Submission;
  readonly beginning: Beginning;
  readonly deadline: DeadlineInForce;
}

export const createSubmission = (dependencies: Dependencies) => {
  const { calls, deadlines, memberships, organizations, submissions, drafts, idempotency, newSubmissionId } =
    dependencies;

  /** In force for a unit in a category. */
  const deadlineOf = async (call: CallHead, of: { category: string; unitId: string }): Promise<DeadlineInForce> =>
    // The head says whether anything was granted in its call at all.
    deadlineInForce(
      call,
      call.lastClosesAt === undefined ? [] : await deadlines.grantedTo({ callId: call.callId, ...of }),
    );

  /** What an earlier request with the same key created. */
  const replayed = async (
    earlier: RememberedRequest,
    { call, digest, units }: { call: CallHead | undefined; digest: string; units: readonly string[] },
  ): Promise<Created> => {
    if (earlier.digest !== digest) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    const submission = await submissions.load(earlier.created.submissionId ?? '');
    if (submission === undefined || !units.includes(submission.head.unitId)) throw new DomainError('NOT_FOUND');
    if (call === undefined) throw new DomainError('NOT_FOUND');
    const deadline = await deadlineOf(call, submission.head);
    return { submission, beginning: beginningFrom(earlier.created), deadline };
  };

  /** A submission of the unit itself, of any call, with the form it was last checked against. */
  const copied = async (submissionId: string, unitId: string): Promise<Earlier> => {
    const earlier = await submissions.load(submissionId);
    if (earlier?.head.unitId !== unitId) {
      throw new DomainError('NOT_FOUND', { faults: [{ path: 'copyFrom', code: 'UNKNOWN' }] });
    }
    const { callId, callVersion, category } = earlier.head;
    const { form } = await categoryOfVersion(calls, callId, callVersion, category);
    return { answers: earlier.answers, form };
  };

  /** Taking a publication back writes the head and then looks for drafts; this looks at the head once the draft is there. One of the two sees the other. */
  const stillInForce = async ({ callId }: CallHead, category: string): Promise<boolean> => {
    const call = await calls.head(callId);
    if (call?.publishedVersion === undefined) return false;
    return categoryInForce(calls, call, category).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError) return false;
        throw error;
      },
    );
  };

  const reply = ({ submission, beginning, deadline }: Created, locale: Locale) => ({
    body: {
      ...presentSubmission(submission, 'all', deadline, reasonIn(locale)),
      dropped: [...beginning.dropped],
      filled: [...beginning.filled],
      notCopied: [...beginning.notCopied],
    },
    headers: { etag: etagOf(submission.head), location: `/submissions/${submission.head.submissionId}` },
  });

  return handle(
    contract.createSubmission,
    async ({ params: { callId }, headers, body, actor: { subject }, receivedAt, locale }) => {
      const sentKey = headers['idempotency-key'];
      const key: IdempotencyKey | undefined =
        sentKey === undefined ? undefined : { subject, operation: 'createSubmission', key: sentKey };
      const digest = canonicalDigest({ callId, body });
      const [call, roles, earlier] = await Promise.all([
        calls.head(callId),
        memberships.ofSubject(subject),
        key === undefined ? undefined : idempotency.find(key, receivedAt),
      ]);
      const units = inRole(roles, 'applicant');
      if (earlier !== undefined) return reply(await replayed(earlier, { call, digest, units }), locale);
      if (call?.publishedVersion === undefined) throw new DomainError('NOT_FOUND');
      const unitId = actingUnit(units, body.unitId);
      const [unit, deadline] = await Promise.all([
        organizations.find(unitId),
        deadlineOf(call, { category: body.category, unitId }),
      ]);
      assertOpen(call, deadline, receivedAt);

      const [rules, earlierAnswers] = await Promise.all([
        rulesInForce(calls, call, body.category),
        body.copyFrom === undefined ? undefined : copied(body.copyFrom, unitId),
      ]);
      const { category } = rules.place;
      const user = roles.find(({ organizationId, role }) => organizationId === unitId && role === 'applicant');
      const begun = startingAnswers(rules, {
        sent: body.answers ?? {},
        earlier: earlierAnswers,
        known: knownOf(unit, user),
      });
      // Whom the record alone bars would fill in a form for nothing.
      const { call: terms, place, decide } = rules;
      const applicant = unit ?? withoutRecord(unitId);
      const barred = refusals(judge({ terms, place, decide, window: call, unit: applicant, judgedAt: receivedAt }));
      const faults = [...barred, ...begun.faults];
      if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });

      const head = draftHead({
        submissionId: newSubmissionId(),
        callId,
        organiser: call.organiser,
        category: category.code,
        callVersion: rules.version,
        unitId,
        answered: Object.keys(begun.answers).length,
        createdAt: toInstant(receivedAt),
      });
      const remember =
        key === undefined
          ? undefined
          : idempotency.remembering(
              key,
              { digest, created: { submissionId: head.submissionId, ...rememberedBeginning(begun) } },
              receivedAt,
            );
      if (
        (await drafts.createDraft(head, begun.answers, createdEntry(head, subject, body.copyFrom), remember)) ===
          'keyTaken' &&
        key !== undefined
      ) {
        const winner = await idempotency.find(key, receivedAt);
        // It was taken back already, and its key with it.
        if (winner === undefined) throw new DomainError('CONFLICT');
        return reply(await replayed(winner, { call, digest, units }), locale);
      }
      if (!(await stillInForce(call, category.code))) {
        const outcome = await drafts.undoCreation(head, key === undefined ? undefined : idempotency.forgetting(key));
        throw new DomainError(outcome === 'undone' ? 'NOT_FOUND' : 'CONFLICT');
      }
      noteOnTrail({ submissionId: head.submissionId });
      return reply(
        { submission: { head, answers: begun.answers, attachments: [], partners: [] }, beginning: begun, deadline },
        locale,
      );
    },
  );
};
