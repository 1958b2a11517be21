import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DomainEvent, WEBHOOK_EVENTS } from '#shared/contract/events.ts';
import { eventOf, TellingEntry, tellingOf } from '#shared/domain/events/event-of-entry.ts';
import { audienceOf } from '#shared/messages/mail/audience.ts';

const SAMPLES = new URL('../../../events/messages/', import.meta.url);
const sampleOf = (name: string): unknown => JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8'));

describe('the samples of events', () => {
  it('are one for each type', () => {
    expect(readdirSync(SAMPLES).sort()).toEqual(
      [...WEBHOOK_EVENTS, 'webhook.ping'].map((type) => `${type}.json`).sort(),
    );
  });

  it.each(readdirSync(SAMPLES))('%s is as the schema says, and has nothing besides', (name) => {
    const sample = sampleOf(name);
    expect(DomainEvent.parse(sample)).toEqual(sample);
    expect(sample).toMatchObject({ type: name.replace(/\.json$/, '') });
  });
});

const entry = (subject: string, action: string, details: Record<string, unknown> = {}): TellingEntry =>
  TellingEntry.parse({ subject, entry: '00000007', at: '2022-03-21T02:36:52.859Z', by: 'somebody', action, details });

const organiser = 'changde-kexie';
const callId = 'changde-2022';

describe('an event of an entry', () => {
  it('has the id of its entry and nothing personal of it', () => {
    const telling = tellingOf(
      entry('call#changde-2022', 'extended', { closesAt: '2022-04-02T10:00:00.000Z', by: 'x' }),
    );
    if (telling === undefined) throw new Error('It makes an event');
    const event = eventOf(telling, { organiser, callId });
    expect(event.id).toBe('call#changde-2022/00000007');
    expect(JSON.stringify(event)).not.toMatch(/somebody|"x"/);
  });

  it('names the partner that consents beside the unit that leads', () => {
    const telling = tellingOf(entry(`submission#${'0'.repeat(26)}`, 'consented', { unitId: 'partner' }));
    if (telling === undefined) throw new Error('It makes an event');
    const belonging = { organiser, callId, submissionId: '0'.repeat(26), category: '1', unitId: 'lead' };
    expect(eventOf(telling, belonging).data).toMatchObject({ unitId: 'lead', partner: 'partner' });
  });

  it('is made of no save, and of nothing that belongs to neither a call nor a submission', () => {
    expect(tellingOf(entry('submission#abc', 'answers-saved'))).toBeUndefined();
    expect(() => tellingOf(entry('unit#abc', 'saved'))).toThrow('neither a call nor a submission');
  });
});

describe('who is written to', () => {
  it.each([
    ['call.closing-soon', ['drafting']],
    ['call.closed', ['officers']],
    ['call.sealed', ['officers']],
    ['call.extended', ['units', 'officers']],
    ['call.closed-early', ['drafting', 'officers']],
    ['submission.submitted', ['units']],
    ['submission.created', []],
    ['call.published', []],
  ])('of %s: %s', (type, places) => {
    expect(audienceOf(DomainEvent.parse(sampleOf(`${type}.json`))).map(({ of }) => of)).toEqual(places);
  });

  it('of a submit are the partners too, each unit once', () => {
    const event = DomainEvent.parse(sampleOf('submission.submitted.json'));
    expect(audienceOf(event, ['partner', 'changde-huaxue'])).toEqual([
      { of: 'units', unitIds: ['changde-huaxue', 'partner'] },
    ]);
  });
});
