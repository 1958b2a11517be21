import type { CallChanges } from '#shared/data/call-changes.ts';
import type { CallVersion } from '#shared/data/call-items.ts';
import {
  type CallPart,
  categoryPart,
  definitionPart,
  formPart,
  parseCategory,
  parseDefinition,
  parseForm,
} from '#shared/data/call-parts.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { Membership, MembershipsRepository } from '#shared/data/memberships-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import type { HistoryEntry } from '#shared/domain/history/entry.ts';
import type { HttpEvent, HttpHandler } from '#shared/http/operation-request.ts';
import { contentOf } from '#test/support/call-content.ts';
import { callHead, writtenCall } from '#test/support/calls.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';

/** Calls as the repository keeps them, in memory: what it guarantees, without a database. */
export const inMemoryCalls = () => {
  const heads = new Map<string, CallHead>();
  const versions = new Map<string, CallVersion>();
  const parts = new Map<string, CallPart>();
  const history: HistoryEntry[] = [];
  const at = (callId: string, revision: number) => (heads.get(callId)?.revision ?? 0) === revision;

  const repository: CallsRepository = {
    head: async (callId) => heads.get(callId),
    heads: async (callIds) => callIds.flatMap((callId) => heads.get(callId) ?? []),
    version: async (callId, version) => versions.get(`${callId}#${version}`),
    definition: async (_, content) => (await parseDefinition(parts.get(definitionPart(content)))).value,
    category: async (_, content, code) => {
      const part = parts.get(categoryPart(content, code));
      return part === undefined ? undefined : (await parseCategory(part)).value;
    },
    form: async (_, digest) => (await parseForm(parts.get(formPart(digest)))).value,
    pageOfPublished: async ({ limit, after, closesAfter = '', closesUpTo = '9' }) => {
      const positions = [...heads.values()]
        .filter((head) => head.publishedVersion !== undefined)
        .filter(({ closesAt }) => closesAt > closesAfter && closesAt <= closesUpTo)
        .map(({ callId, closesAt }) => ({ callId, closesAt }))
        .sort((one, other) => (one.closesAt + one.callId < other.closesAt + other.callId ? 1 : -1))
        .filter(({ callId, closesAt }) => after === undefined || closesAt + callId < after.closesAt + after.callId);
      const page = positions.slice(0, limit);
      const next = page.at(-1);
      return positions.length > limit && next !== undefined ? { positions: page, next } : { positions: page };
    },
  };

  const changes: Pick<CallChanges, 'saveVersionAtRevision' | 'replaceHeadAtRevision'> = {
    saveVersionAtRevision: async (head, version, revision, entry) => {
      if (!at(head.callId, revision)) return 'moved';
      heads.set(head.callId, head);
      versions.set(`${head.callId}#${version.version}`, version);
      for (const part of version.content.parts) parts.set(part.item, part);
      history.push(entry);
      return 'saved';
    },
    replaceHeadAtRevision: async (head, revision, entry) => {
      if (!at(head.callId, revision)) return 'moved';
      heads.set(head.callId, head);
      history.push(entry);
      return 'replaced';
    },
  };

  /** A call with one version, written as `overrides` say, published unless the head says otherwise. */
  const add = (head: Partial<CallHead> = {}, overrides: Record<string, unknown> = {}): CallHead => {
    const { definition, window, faults } = checkDefinition(writtenCall(overrides));
    if (definition === undefined) throw new Error(JSON.stringify(faults));
    const content = contentOf(definition);
    const added = callHead({ ...window, organiser: definition.organiser, ...head });
    const { callId, latestVersion: version, publishedVersion } = added;
    versions.set(`${callId}#${version}`, {
      callId,
      version,
      savedAt: '2022-02-20T02:00:00.000Z',
      savedBy: 'officer-1',
      window,
      content,
    });
    for (const part of content.parts) parts.set(part.item, part);
    const publishedContent = versions.get(`${callId}#${publishedVersion}`)?.content.digest;
    heads.set(callId, { ...added, publishedContent });
    return { ...added, publishedContent };
  };

  return { repository, changes, heads, versions, history, add };
};

export const inMemoryMemberships = (...members: Membership[]): Pick<MembershipsRepository, 'find' | 'ofSubject'> => ({
  find: async (subject, organizationId, role) =>
    members.find(
      (member) => member.subject === subject && member.organizationId === organizationId && member.role === role,
    ),
  ofSubject: async (subject) => members.filter((member) => member.subject === subject),
});

export const OFFICER: Membership = { subject: 'officer-1', organizationId: 'changde-kx', role: 'officer' };

/** Sends an event through a handler, as a user, and reads its reply. */
export const send = async (handler: HttpHandler, parts: Parameters<typeof httpEvent>[0] & { as?: string } = {}) => {
  const { as = 'officer-1', ...event } = parts;
  const sent: HttpEvent = httpEvent({ claims: { sub: as, token_use: 'access' }, ...event });
  const { statusCode, headers = {}, body } = await handler(sent, lambdaContext());
  return { status: statusCode, headers, body: body === undefined ? undefined : JSON.parse(body) };
};
