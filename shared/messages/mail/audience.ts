import type { DomainEvent } from '#shared/contract/events.ts';
import type { AudiencePlace } from '#shared/messages/queue-messages.ts';

const officersOf = ({ organiser }: DomainEvent): AudiencePlace => ({ of: 'officers', organizationId: organiser });
const drafting: AudiencePlace = { of: 'drafting', from: { shard: 0 } };

/**
 * Where those are found who are written to of an event; empty for an event nobody is written to.
 *
 * @param partners the units named in the submission that the event is about, besides its lead
 */
export const audienceOf = (event: DomainEvent, partners: readonly string[] = []): AudiencePlace[] => {
  switch (event.type) {
    case 'call.closing-soon':
      return event.data.withoutDraft ? [drafting, { of: 'idle' }] : [drafting];
    case 'call.extended':
    case 'call.closed-early': {
      const { unitId } = event.data;
      // A unit is told of what is granted to it alone also where it has begun nothing yet.
      return [unitId === undefined ? drafting : { of: 'units', unitIds: [unitId] }, officersOf(event)];
    }
    case 'call.closed':
    case 'call.sealed':
      return [officersOf(event)];
    case 'submission.submitted':
    case 'submission.withdrawn':
    case 'submission.consented':
    case 'submission.consent-taken-back':
      return [{ of: 'units', unitIds: [...new Set([event.data.unitId, ...partners])] }];
    case 'submission.malware-found':
      return [
        { of: 'units', unitIds: [...new Set([event.data.unitId, ...partners])] },
        // Of a draft officers see the head alone.
        ...(event.data.status === 'submitted' ? [officersOf(event)] : []),
      ];
    case 'call.published':
    case 'call.unpublished':
    case 'call.opened':
    case 'submission.created':
    case 'webhook.ping':
      return [];
  }
};

export const isWrittenTo = (event: DomainEvent): boolean => audienceOf(event).length > 0;

/** Whether units are reminded of a deadline that has passed by `now` (ms): a mail that was held up so long says nothing that still helps. */
export const isOverdue = (event: DomainEvent, now: number): boolean =>
  event.type === 'call.closing-soon' && Date.parse(event.data.closesAt) <= now;
