import * as z from 'zod';
import * as contract from '#shared/contract/calls.ts';
import { OrganizationId } from '#shared/contract/primitives.ts';
import type { CallChanges } from '#shared/data/call-changes.ts';
import { takeApart } from '#shared/data/call-content.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { windowInForce } from '#shared/data/window-in-force.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { type LocatedValue, parseLocatedYaml } from '#shared/domain/call/parse-yaml.ts';
import { headWithVersion, windowFaults } from '#shared/domain/call/publication.ts';
import { callETag, presentSavedCall } from '#shared/domain/call/saved-call.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { handle } from '#shared/http/handle.ts';
import { ifMatches } from '#shared/http/if-match.ts';
import { faultsToErrors } from '#shared/http/problem-reply.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head' | 'version'>;
  readonly changes: Pick<CallChanges, 'saveVersionAtRevision'>;
  readonly memberships: Pick<MembershipsRepository, 'ofSubject'>;
}

/** A save that another one overtook is tried once more on what that one left. */
const TRIES = 2;

/** The organiser a definition names, however wrong the rest of it is. */
const organiserOf = (input: unknown): string | undefined =>
  z.object({ organiser: OrganizationId }).safeParse(input).data?.organiser;

const organiserFaults = (head: CallHead | undefined, organiser: string | undefined): Fault[] =>
  head !== undefined && organiser !== undefined && organiser !== head.organiser
    ? [{ path: 'organiser', code: 'ORGANISER_CHANGED' }]
    : [];

/** JSON is written by programs, which have no use for lines. */
const unlocated = (value: unknown): LocatedValue => ({ value, locate: (faults) => [...faults] });

export const saveCall = ({ calls, changes, memberships }: Dependencies) => {
  /**
   * The call's head as an officer of its organiser finds it.
   *
   * @throws DomainError NOT_FOUND for who is not, PRECONDITION_FAILED where it is no longer what the caller saw
   */
  const headFor = async (callId: string, organisers: ReadonlySet<string>, ifMatch: string | undefined) => {
    const head = await calls.head(callId);
    if (head !== undefined && !organisers.has(head.organiser)) throw new DomainError('NOT_FOUND');
    if (ifMatch !== undefined && (head === undefined || !ifMatches(ifMatch, callETag(head)))) {
      throw new DomainError('PRECONDITION_FAILED');
    }
    return head;
  };

  return handle(contract.saveCall, async (request) => {
    const { actor, body, bodyFormat, headers, locale, rawBody, receivedAt } = request;
    const { callId } = request.params;
    const ifMatch = headers['if-match'];
    const roles = await memberships.ofSubject(actor.subject);
    const organisers = new Set(roles.flatMap(({ role, organizationId }) => (role === 'officer' ? organizationId : [])));
    // Who is no officer at all is told so before a definition is read: reading YAML is the dearest thing done here.
    if (organisers.size === 0) throw new DomainError('NOT_FOUND');
    let head = await headFor(callId, organisers, ifMatch);

    const { value: input, locate } = bodyFormat === 'yaml' ? parseLocatedYaml(rawBody) : unlocated(body);
    const organiser = organiserOf(input);
    if (head === undefined && organiser !== undefined && !organisers.has(organiser)) throw new DomainError('NOT_FOUND');
    const { definition, window, faults, warnings } = checkDefinition(input);
    if (definition === undefined) {
      throw new DomainError('VALIDATION_FAILED', { faults: locate([...organiserFaults(head, organiser), ...faults]) });
    }

    const { content, faults: oversized = [] } = takeApart(definition);
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const refused = [
        ...organiserFaults(head, organiser),
        ...(head === undefined ? [] : windowFaults(head, await windowInForce(calls, head), window)),
        ...oversized,
      ];
      if (content === undefined || refused.length > 0)
        throw new DomainError('VALIDATION_FAILED', { faults: locate(refused) });

      const saved = {
        callId,
        version: (head?.latestVersion ?? 0) + 1,
        savedAt: toInstant(receivedAt),
        savedBy: actor.subject,
        window,
        content,
      };
      const next = headWithVersion(head, { ...saved, organiser: definition.organiser });
      const entry = byOfficer(actor.subject, saved.savedAt, 'saved', { version: saved.version });
      if ((await changes.saveVersionAtRevision(next, saved, head?.revision ?? 0, entry)) === 'saved') {
        return {
          body: {
            ...presentSavedCall(next, { ...saved, window: next }),
            warnings: faultsToErrors(locate(warnings), locale),
          },
          headers: { etag: callETag(next) },
        };
      }
      head = await headFor(callId, organisers, ifMatch);
    }
    throw new DomainError('CONFLICT');
  });
};
