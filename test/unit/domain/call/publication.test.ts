import { describe, expect, it } from 'vitest';
import { headPublishing, headWithVersion, windowFaults } from '#shared/domain/call/publication.ts';
import { callETag, presentSavedCall } from '#shared/domain/call/saved-call.ts';
import { callHead, NO_REMINDERS } from '#test/support/calls.ts';

const { opensAt, closesAt, opensAtLocal, closesAtLocal, closesText, timezone } = callHead();
const window = { opensAt, closesAt, opensAtLocal, closesAtLocal, closesText, timezone };
const later = { ...window, closesAt: '2022-04-15T16:00:00.000Z', closesText: '2022年4月15日24:00（Asia/Shanghai）' };
const digest = '1'.repeat(64);
const at = '2022-03-05T01:00:00.000Z';

const written = { callId: 'changde-2022', organiser: 'changde-kx', revision: 4, latestVersion: 2, ...window };

describe('saving a version of a call', () => {
  it('begins the call with the first one', () => {
    expect(headWithVersion(undefined, { callId: 'changde-2022', organiser: 'changde-kx', version: 1, window })).toEqual(
      { callId: 'changde-2022', organiser: 'changde-kx', revision: 1, latestVersion: 1, ...window },
    );
  });

  it('takes its window over while none is in force', () => {
    const saved = { callId: 'changde-2022', organiser: 'changde-kx', version: 3, window: later };
    expect(headWithVersion(written, saved)).toEqual({ ...written, ...later, revision: 5, latestVersion: 3 });
  });

  it('leaves the window of the one in force as it is', () => {
    const saved = { callId: 'changde-2022', organiser: 'changde-kx', version: 2, window: later };
    expect(headWithVersion(callHead(), saved)).toEqual(callHead({ revision: 3, latestVersion: 2 }));
  });

  it('is answered with its own window, and whether it is the one in force', () => {
    const told = {
      callId: 'changde-2022',
      revision: 2,
      opensAt,
      closesAt: later.closesAt,
      closesAtLocal,
      closesText: later.closesText,
    };
    expect(presentSavedCall(callHead(), { version: 1, window: later })).toEqual({
      ...told,
      version: 1,
      published: true,
    });
    expect(presentSavedCall(callHead(), { version: 2, window: later })).toEqual({
      ...told,
      version: 2,
      published: false,
    });
    expect(callETag(callHead())).toBe('"2"');
  });
});

describe('publishing a version of a call', () => {
  const version = { version: 2, window: later, content: { digest } };

  it('sets its window and its reminders for the first time', () => {
    expect(headPublishing(written, version, { before: ['7d', '24h', '90min'], withoutDraft: true }, at)).toEqual({
      ...written,
      ...later,
      revision: 5,
      publishedVersion: 2,
      publishedContent: digest,
      publishedAt: at,
      reminders: { before: [604_800_000, 86_400_000, 5_400_000], withoutDraft: true },
      deadlineSetAt: at,
    });
  });

  it('moves no deadline of the one in force', () => {
    const { closesAt: moved } = headPublishing(callHead(), version, NO_REMINDERS, at);
    expect(moved).toBe(closesAt);
  });

  const set = '2022-02-20T02:00:00.000Z';
  const inForce = callHead({ reminders: { before: [7_200_000, 3_600_000], withoutDraft: false }, deadlineSetAt: set });

  it.each([
    ['from when the deadline was set, where it says the same of them', inForce, ['2h', '60min'], set],
    ['anew, where it says another', inForce, ['2h', '30min'], at],
    ['anew, where it says one more', inForce, ['2h', '60min', '30min'], at],
    ['anew, where nobody knows when the deadline was set', { ...inForce, deadlineSetAt: undefined }, ['2h', '1h'], at],
    ['anew, where the one in force has none on record', callHead({ deadlineSetAt: set }), [], at],
    ['anew, where none was in force', { ...inForce, publishedVersion: undefined }, ['2h', '1h'], at],
  ])('counts reminders %s', (_, head, before, expected) => {
    expect(headPublishing(head, version, { before, withoutDraft: false }, at).deadlineSetAt).toBe(expected);
  });
});

describe('the window of a version after publication', () => {
  const extended = callHead({ closesAt: later.closesAt });

  it.each([
    ['any, while none is in force', undefined, later, []],
    ['that of the one in force', window, window, []],
    ['the deadline that holds by now', window, later, []],
    ['another deadline', window, { ...window, closesAt: '2022-05-01T16:00:00.000Z' }, ['closes']],
    ['another opening', window, { ...window, opensAt: '2022-03-02T16:00:00.000Z' }, ['opens']],
    ['another zone', window, { ...window, timezone: 'Asia/Urumqi' }, ['timezone']],
  ])('may say %s or is told what differs', (_, inForce, next, paths) => {
    expect(windowFaults(extended, inForce, next)).toEqual(paths.map((path) => ({ path, code: 'WINDOW_CHANGED' })));
  });
});
