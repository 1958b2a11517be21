import { describe, expect, test } from 'vitest';
import { Joint } from '#shared/domain/call/joint.ts';
import {
  jointState,
  namedPartners,
  namingFaults,
  partnersFaults,
  withConsent,
  withoutConsent,
} from '#shared/domain/submission/partners.ts';
import type { Partner } from '#shared/domain/submission/submission.ts';

const CONSENTED = '2022-03-10T00:00:00.000Z';
const joint = (written: Record<string, unknown> = {}): Joint =>
  Joint.parse({ allowed: true, clause: '通知 三.3', ...written });
const agreeing = (unitId: string): Partner => ({ unitId, name: `单位${unitId}`, consentedAt: CONSENTED });
const asked = (unitId: string): Partner => ({ unitId, name: `单位${unitId}` });

describe('naming partners', () => {
  const known = new Set(['a', 'b', 'c']);
  const faults = (named: readonly string[], terms = joint()) => namingFaults(terms, 'lead', named, known);

  test('takes known units, each once, in any number up to the most', () => {
    expect(faults(['a', 'b', 'c'], joint({ maxPartners: 3, minPartners: 3 }))).toEqual([]);
    expect(faults([], joint({ minPartners: 2 }))).toEqual([]);
  });

  test('lists every unit that is the lead, unknown or named twice, by its place', () => {
    expect(faults(['a', 'lead', 'nobody', 'a'])).toEqual([
      { path: 'partners[1]', code: 'DUPLICATE', params: { of: 'lead' } },
      { path: 'partners[2]', code: 'UNKNOWN_UNIT' },
      { path: 'partners[3]', code: 'DUPLICATE' },
    ]);
  });

  test('is refused where the notice says nothing of joint applications', () => {
    expect(namingFaults(undefined, 'lead', ['a'], known)).toStrictEqual([
      { path: 'partners', code: 'JOINT_NOT_ALLOWED' },
    ]);
    expect(partnersFaults(undefined, [])).toEqual([]);
  });

  test('is refused above the most, with the clause', () => {
    expect(faults(['a', 'b'], joint({ maxPartners: 1 }))).toEqual([
      { path: 'partners', code: 'TOO_MANY', params: { of: 'partners', limit: 1 }, clause: '通知 三.3' },
    ]);
  });

  test('is refused where joint applications are not allowed, and an empty list is not', () => {
    const none = Joint.parse({ allowed: false, clause: '通知 四' });
    expect(faults(['a'], none)).toEqual([{ path: 'partners', code: 'JOINT_NOT_ALLOWED', clause: '通知 四' }]);
    expect(faults([], none)).toEqual([]);
  });

  test('keeps name and consent of who stays, in the new order, and asks who is new', () => {
    expect(namedPartners([agreeing('a'), agreeing('b')], ['c', 'b'], (unitId) => `单位${unitId}`)).toEqual([
      asked('c'),
      agreeing('b'),
    ]);
  });

  test('asks again who was taken off and comes back', () => {
    const without = namedPartners([agreeing('a')], [], String);
    expect(namedPartners(without, ['a'], (unitId) => `单位${unitId}`)).toEqual([asked('a')]);
  });
});

describe('a submit', () => {
  test('asks for the consent of every partner, by place and name', () => {
    expect(partnersFaults(joint(), [agreeing('a'), asked('b')])).toEqual([
      { path: 'partners[1]', code: 'CONSENT_MISSING', params: { unit: '单位b' } },
    ]);
  });

  test('asks for the fewest partners and the most', () => {
    expect(partnersFaults(joint({ minPartners: 2 }), [agreeing('a')])).toEqual([
      { path: 'partners', code: 'TOO_FEW', params: { of: 'partners', limit: 2 }, clause: '通知 三.3' },
    ]);
    expect(partnersFaults(joint({ maxPartners: 1 }), [agreeing('a'), agreeing('b')])).toMatchObject([
      { path: 'partners', code: 'TOO_MANY' },
    ]);
  });

  test('refuses partners in a category that no longer takes any', () => {
    expect(partnersFaults({ allowed: false }, [agreeing('a')])).toEqual([
      { path: 'partners', code: 'JOINT_NOT_ALLOWED' },
    ]);
  });
});

describe('a consent', () => {
  test('stays as it was first given, and is taken back alone', () => {
    const once = withConsent([asked('a'), agreeing('b')], 'a', '2022-03-11T00:00:00.000Z');
    expect(withConsent(once, 'a', '2022-03-12T00:00:00.000Z')).toEqual(once);
    expect(withoutConsent(once, 'a')).toStrictEqual([asked('a'), agreeing('b')]);
    expect(withoutConsent([agreeing('a'), agreeing('b')], 'b')).toStrictEqual([agreeing('a'), asked('b')]);
  });
});

describe('what a head keeps of its partners', () => {
  test('differs with names, order and consents, and is nothing for none', () => {
    const lists: Partner[][] = [
      [asked('a'), asked('b')],
      [asked('b'), asked('a')],
      [agreeing('a'), asked('b')],
      [asked('a'), agreeing('b')],
      [asked('a')],
    ];
    expect(new Set(lists.map((list) => jointState(list)?.digest)).size).toBe(lists.length);
    expect(jointState([agreeing('a'), asked('b'), agreeing('c')])).toMatchObject({
      digest: expect.stringMatching(/^[\w-]{43}$/),
      consented: 2,
    });
    expect(jointState([])).toBeUndefined();
  });
});
