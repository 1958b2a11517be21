import type { DomainEvent } from '#shared/contract/events.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { Membership, MembershipsRepository } from '#shared/data/memberships-repository.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import type { TalliesRepository, TallyPage, TallyPosition } from '#shared/data/tallies-repository.ts';
import type { Tally } from '#shared/data/tally-items.ts';
import { categoryPlaces } from '#shared/domain/call/category-tree.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import type { AudiencePlace, Facts, MailMessage, Recipient } from '#shared/messages/queue-messages.ts';

/** Units whose members one message finds: some 4 reads each, so far inside a job's minute. */
const UNITS_PER_MESSAGE = 25;

/** Members of an organisation read at once. */
const MEMBERS_PER_PAGE = 100;

export interface AudiencePorts {
  readonly calls: Pick<CallsRepository, 'head' | 'definition'>;
  readonly memberships: Pick<MembershipsRepository, 'pageOfMembers'>;
  readonly organizations: Pick<OrganizationsRepository, 'pageOfManaged' | 'findAll'>;
  readonly submissions: Pick<SubmissionsRepository, 'heads'>;
  readonly tallies: Pick<TalliesRepository, 'pageOfCall' | 'ofUnits' | 'begunBy'>;
  /** The deadline in force for a submission, strongly consistent. */
  readonly deadlines: {
    ofSubmission(
      submission: Pick<SubmissionHead, 'callId' | 'category' | 'unitId'>,
    ): Promise<{ readonly deadline: { readonly closesAt: string } } | undefined>;
  };
}

type CallEvent = Exclude<DomainEvent, { type: 'webhook.ping' }>;

/** What one message of an audience leads to: mails, the rest of the audience, and how many members have no address. */
export interface Expansion {
  readonly letters: readonly MailMessage[];
  readonly next?: AudiencePlace | undefined;
  readonly withoutAddress: number;
}

interface Addressee {
  readonly organizationId: string;
  readonly facts?: Facts;
}

const scopeOf = (
  event: DomainEvent,
): { closesAt?: string | undefined; category?: string | undefined; unitId?: string | undefined } => {
  switch (event.type) {
    case 'call.closing-soon':
    case 'call.extended':
    case 'call.closed-early':
      return event.data;
    default:
      return {};
  }
};

/** Finds those who are written to of an event, a page of units at a time. */
export const expandAudience = (ports: AudiencePorts) => {
  const membersOf = async (organizationId: string, role: Recipient['role']): Promise<Membership[]> => {
    const members: Membership[] = [];
    let after: Parameters<typeof ports.memberships.pageOfMembers>[0]['after'];
    do {
      const page = await ports.memberships.pageOfMembers({ organizationId, after, limit: MEMBERS_PER_PAGE });
      members.push(...page.members.filter((member) => member.role === role));
      after = page.next;
    } while (after !== undefined);
    return members;
  };

  const lettersTo = async (
    event: DomainEvent,
    role: Recipient['role'],
    addressees: readonly Addressee[],
    next?: AudiencePlace,
  ): Promise<Expansion> => {
    const found = await Promise.all(
      addressees.map(async ({ organizationId, facts = {} }) => ({
        facts,
        members: await membersOf(organizationId, role),
      })),
    );
    const letters = found.flatMap(({ facts, members }) =>
      members.flatMap(({ email, subject, organizationId }): MailMessage[] =>
        email === undefined ? [] : [{ kind: 'letter', event, to: { subject, organizationId, role }, facts }],
      ),
    );
    const all = found.reduce((count, { members }) => count + members.length, 0);
    return { letters, next, withoutAddress: all - letters.length };
  };

  /** The drafts that the event's deadline is in force for; one granted a later deadline is not concerned. */
  const concerned = async (event: CallEvent, drafts: readonly SubmissionHead[]): Promise<SubmissionHead[]> => {
    const { closesAt, category } = scopeOf(event);
    const inScope = drafts.filter(
      (draft) => draft.status === 'draft' && (category ?? draft.category) === draft.category,
    );
    const inForce = await Promise.all(inScope.map((draft) => ports.deadlines.ofSubmission(draft)));
    return inScope.filter((_draft, place) => inForce[place]?.deadline.closesAt === closesAt);
  };

  /** The next tallies of a call, from as many of its partitions as make a page. */
  const someTallies = async (callId: string, from: TallyPosition): Promise<TallyPage> => {
    const tallies: Tally[] = [];
    let next: TallyPosition | undefined = from;
    do {
      const page: TallyPage = await ports.tallies.pageOfCall(callId, next, UNITS_PER_MESSAGE - tallies.length);
      tallies.push(...page.tallies);
      next = page.next;
    } while (next !== undefined && tallies.length < UNITS_PER_MESSAGE);
    return next === undefined ? { tallies } : { tallies, next };
  };

  const draftingUnits = async (
    event: CallEvent,
    from: { shard: number; unitId?: string | undefined },
  ): Promise<Expansion> => {
    const { callId } = event.data;
    const { unitId } = scopeOf(event);
    const start = from.unitId === undefined ? { shard: from.shard } : { shard: from.shard, unitId: from.unitId };
    const { tallies, next } =
      unitId === undefined
        ? await someTallies(callId, start)
        : { tallies: [...(await ports.tallies.ofUnits(callId, [unitId])).values()] };
    const ids = tallies.flatMap((tally) => tally.drafts);
    const drafts = await concerned(event, await ports.submissions.heads(ids));
    const byUnit = Map.groupBy(drafts, (draft) => draft.unitId);
    const addressees = [...byUnit].map(([organizationId, ofUnit]) => ({
      organizationId,
      facts: { drafts: ofUnit.map(({ category }) => ({ category })) },
    }));
    return lettersTo(event, 'applicant', addressees, next && { of: 'drafting', from: next });
  };

  /** Of these units, those of a kind that may apply in the event's scope. */
  const mayApply = async (event: CallEvent, unitIds: readonly string[]): Promise<string[]> => {
    const { callId } = event.data;
    const { category: code } = scopeOf(event);
    const content = (await ports.calls.head(callId))?.publishedContent;
    if (content === undefined) return [];
    const { categories } = await ports.calls.definition(callId, content);
    const kinds = new Set(
      categoryPlaces(categories).flatMap(({ category }) =>
        (code ?? category.code) === category.code ? category.applicants : [],
      ),
    );
    return (await ports.organizations.findAll(unitIds))
      .filter((unit) => unit.kinds.some((kind) => kinds.has(kind)))
      .map(({ organizationId }) => organizationId)
      .sort();
  };

  const idleUnits = async (event: CallEvent, after: string | undefined): Promise<Expansion> => {
    const { unitId } = scopeOf(event);
    const page = { managedBy: event.organiser, after, limit: UNITS_PER_MESSAGE };
    const { organizationIds, ended } =
      unitId === undefined ? await ports.organizations.pageOfManaged(page) : { organizationIds: [unitId], ended: true };
    const begun = await ports.tallies.begunBy(event.data.callId, organizationIds);
    const others = organizationIds.filter((id) => !begun.has(id));
    const idle = await mayApply(event, others);
    const last = ended ? undefined : organizationIds.at(-1);
    const addressees = idle.map((organizationId) => ({ organizationId, facts: { drafts: [] } }));
    return lettersTo(event, 'applicant', addressees, last === undefined ? undefined : { of: 'idle', after: last });
  };

  return async (event: DomainEvent, place: AudiencePlace): Promise<Expansion> => {
    switch (place.of) {
      case 'officers':
        return lettersTo(event, 'officer', [{ organizationId: place.organizationId }]);
      case 'units':
        return lettersTo(
          event,
          'applicant',
          place.unitIds.map((organizationId) => ({ organizationId })),
        );
      case 'drafting':
        return event.type === 'webhook.ping' ? { letters: [], withoutAddress: 0 } : draftingUnits(event, place.from);
      case 'idle':
        return event.type === 'webhook.ping' ? { letters: [], withoutAddress: 0 } : idleUnits(event, place.after);
    }
  };
};
