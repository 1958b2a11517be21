import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { CategoryNode } from '#shared/domain/call/definition.ts';
import { deadlineWords } from '#shared/domain/deadline/deadline-words.ts';
import { fill } from '#shared/http/fill.ts';
import type { Locale } from '#shared/http/locale.ts';
import type { Letter } from '#shared/messages/queue-messages.ts';
import { type MailBody, mailBody, type Words } from './mail-body.ts';
import { LIST_MARK, type MailTopic, SCOPES } from './mail-texts.ts';

export interface ComposePorts {
  readonly calls: Pick<CallsRepository, 'head' | 'version' | 'definition'>;
  readonly organizations: Pick<OrganizationsRepository, 'findAll'>;
}

/** Drafts a reminder names; a unit with more knows where to look. */
const DRAFTS_NAMED = 10;

const topicOf = ({ event, to, facts }: Letter): MailTopic | undefined => {
  switch (event.type) {
    case 'call.closing-soon':
      return facts.drafts?.length === 0 ? 'call.closing-soon to idle units' : event.type;
    case 'call.extended':
      return to.role === 'officer' ? 'call.extended to officers' : event.type;
    case 'call.closed-early':
      return to.role === 'officer' ? 'call.closed-early to officers' : event.type;
    case 'call.closed':
      // Only what the whole call has come to is counted.
      return event.data.submissions === undefined ? 'call.closed for some' : event.type;
    case 'submission.malware-found':
      return to.role === 'officer'
        ? 'submission.malware-found to officers'
        : event.data.status === 'draft'
          ? 'submission.malware-found in a draft'
          : event.type;
    case 'call.sealed':
    case 'submission.submitted':
    case 'submission.withdrawn':
    case 'submission.consented':
    case 'submission.consent-taken-back':
      return event.type;
    case 'call.published':
    case 'call.unpublished':
    case 'call.opened':
    case 'submission.created':
    case 'webhook.ping':
      return undefined;
  }
};

const titlesOf = (nodes: readonly CategoryNode[]): [string, string][] =>
  nodes.flatMap((node) => [[node.code, node.title], ...('categories' in node ? titlesOf(node.categories) : [])]);

const figures = (data: Readonly<Record<string, unknown>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  );

/** What an event says in either language, with the names of what it has ids of. */
const wordsOf = (
  { event, to, facts }: Letter,
  call: CallHead,
  title: string,
  titles: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): Readonly<Record<Locale, Words>> => {
  const data: Readonly<Record<string, unknown>> = event.data;
  const text = (key: string): string | undefined => (typeof data[key] === 'string' ? data[key] : undefined);
  const nameOf = (id: string | undefined): string => (id === undefined ? '—' : (names.get(id) ?? id));
  const titleOf = (code: string | undefined): string => (code === undefined ? '—' : (titles.get(code) ?? code));
  const [category, unitId] = [text('category'), text('unitId')];
  const closesAt = text('closesAt') ?? call.closesAt;
  const scope =
    unitId === undefined
      ? category === undefined
        ? 'call'
        : 'category'
      : category === undefined
        ? 'unit'
        : 'unitInCategory';
  const drafts = facts.drafts ?? [];

  const inLocale = (locale: Locale): Words => {
    const named = { category: titleOf(category), for: nameOf(unitId) };
    return {
      ...figures(data),
      ...named,
      call: title,
      unit: nameOf(to.organizationId),
      lead: nameOf(unitId),
      partner: nameOf(text('partner')),
      receipt: text('receiptNo') ?? '—',
      threat: text('threat') ?? '—',
      closes: deadlineWords(closesAt, call.timezone)[locale],
      at: deadlineWords(event.at, call.timezone)[locale],
      scope: fill(SCOPES[scope][locale], named),
      ...(facts.drafts !== undefined && { count: drafts.length }),
      categories: [...new Set(drafts.map((draft) => titleOf(draft.category)))]
        .slice(0, DRAFTS_NAMED)
        .join(LIST_MARK[locale]),
    };
  };
  return { zh: inLocale('zh'), en: inLocale('en') };
};

/** Writes the mail of a letter; undefined where there is nothing to write, or no longer a call to write of. */
export const composeMail =
  ({ calls, organizations }: ComposePorts) =>
  async (letter: Letter): Promise<MailBody | undefined> => {
    const { event, to } = letter;
    const topic = topicOf(letter);
    if (topic === undefined || event.type === 'webhook.ping') return undefined;
    const call = await calls.head(event.data.callId);
    if (call === undefined) return undefined;
    const content = call.publishedContent ?? (await calls.version(call.callId, call.latestVersion))?.content.digest;
    if (content === undefined) return undefined;
    const data: Readonly<Record<string, unknown>> = event.data;
    const ids = [to.organizationId, data.unitId, data.partner].filter((id) => typeof id === 'string');
    const [{ title, categories }, found] = await Promise.all([
      calls.definition(call.callId, content),
      organizations.findAll([...new Set(ids)]),
    ]);
    const names = new Map(found.map(({ organizationId, name }) => [organizationId, name]));
    return mailBody(topic, wordsOf(letter, call, title, new Map(titlesOf(categories)), names));
  };
