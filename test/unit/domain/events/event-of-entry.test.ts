import { describe, expect, test } from 'vitest';
import { eventOf, type Telling, TellingEntry, tellingOf } from '#shared/domain/events/event-of-entry.ts';

const AT = '2022-03-21T02:36:52.859Z';
const submissionId = '0'.repeat(26);
const entryOf = (subject: string, action: string, details?: Record<string, unknown>): TellingEntry =>
  TellingEntry.parse({ subject, entry: '00000007', at: AT, action, details });
const told = (telling: Telling | undefined): Telling => {
  if (telling === undefined) throw new Error('It makes an event');
  return telling;
};

describe('an entry of a history', () => {
  test.each([
    ['published', 'call.published'],
    ['publication-restored', 'call.published'],
    ['unpublished', 'call.unpublished'],
    ['opened', 'call.opened'],
    ['closing-soon', 'call.closing-soon'],
    ['closed', 'call.closed'],
    ['extended', 'call.extended'],
    ['closed-early', 'call.closed-early'],
    ['sealed', 'call.sealed'],
    ['version-saved', undefined],
    ['created', undefined],
  ])('of a call, %s, makes the event %s', (action, type) => {
    const entry = entryOf('call#changde-2022', action);
    expect(tellingOf(entry)).toStrictEqual(type && { entry, type, kind: 'call', id: 'changde-2022' });
  });

  test.each([
    ['created', 'submission.created'],
    ['submitted', 'submission.submitted'],
    ['withdrawn', 'submission.withdrawn'],
    ['consented', 'submission.consented'],
    ['consent-taken-back', 'submission.consent-taken-back'],
    ['answers-saved', undefined],
    ['opened', undefined],
  ])('of a submission, %s, makes the event %s', (action, type) => {
    const entry = entryOf(`submission#${submissionId}`, action);
    expect(tellingOf(entry)).toStrictEqual(type && { entry, type, kind: 'submission', id: submissionId });
  });

  test.each(['unit#abc', 'call#', 'submission', 'call#ABC', 'a call#abc', 'call#abc/x', 'call#a#b', ''])(
    'of %j is a fault: it belongs to neither a call nor a submission',
    (subject) => {
      expect(() => tellingOf(entryOf(subject, 'opened'))).toThrow('neither a call nor a submission');
    },
  );

  test.each(['7', '00000007x', 'x00000007', '00000007#other', '#verdict'])('has no key such as %j', (entry) => {
    expect(TellingEntry.safeParse({ subject: 'call#a', entry, at: AT, action: 'opened' }).success).toBe(false);
  });

  test('can be the verdict on a file, beside the revision that announced it', () => {
    const verdict = { subject: 'submission#a', entry: '00000007#verdict', at: AT, action: 'attachment-admitted' };
    expect(TellingEntry.parse(verdict)).toStrictEqual({ ...verdict, details: {} });
  });
});

describe('an event', () => {
  const belonging = { organiser: 'changde-kx', callId: 'changde-2022' };

  test('says what its entry says and whose it is, and nothing besides', () => {
    const details = { closesAt: '2022-04-02T10:00:00.000Z', unitId: 'unit-1', reason: '疫情', by: 'user-1' };
    const { by: _, ...data } = details;
    const telling = told(tellingOf(entryOf('call#changde-2022', 'extended', details)));
    expect(eventOf(telling, belonging)).toStrictEqual({
      ...{ id: 'call#changde-2022/00000007', type: 'call.extended', at: AT, organiser: 'changde-kx' },
      data: { callId: 'changde-2022', ...data },
    });
  });

  test('of a submission names its lead, and the partner that consented by its own name', () => {
    const ofSubmission = { ...belonging, submissionId, category: '2-1', unitId: 'unit-1' };
    const { organiser: _, ...ids } = ofSubmission;
    const consented = told(tellingOf(entryOf(`submission#${submissionId}`, 'consented', { unitId: 'unit-2' })));
    expect(eventOf(consented, ofSubmission)).toStrictEqual({
      ...{ id: `submission#${submissionId}/00000007`, type: 'submission.consented', at: AT, organiser: 'changde-kx' },
      data: { ...ids, partner: 'unit-2' },
    });
  });

  test('is none where the entry lacks what it has to say', () => {
    const telling = told(tellingOf(entryOf('call#changde-2022', 'extended', {})));
    expect(() => eventOf(telling, belonging)).toThrow('closesAt');
  });
});
