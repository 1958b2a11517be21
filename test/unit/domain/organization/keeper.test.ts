import { describe, expect, test } from 'vitest';
import {
  type AccountPorts,
  accountOf,
  accountsMadeBy,
  assertMadeAgain,
  changeableAccount,
  type Person,
  requireDirectory,
} from '#shared/domain/organization/accounts.ts';
import { inRole } from '#shared/domain/organization/in-role.ts';
import { keeperOf, keepingOf, keptOrganization, newKeeper, organisersOf } from '#shared/domain/organization/keeper.ts';
import { keeperFor, organizationETag, withRecord } from '#shared/domain/organization/save-record.ts';
import { organization } from '#test/support/organizations.ts';

const refusedAs = (code: string) => expect.objectContaining({ code });

const ORGANISATIONS = [
  organization({ organizationId: 'kx', organiser: true }),
  organization({ organizationId: 'other-kx', organiser: true }),
  organization({ organizationId: 'unit-1', managedBy: 'kx' }),
  organization({ organizationId: 'unit-2', managedBy: 'other-kx' }),
  organization({ organizationId: 'unit-3' }),
  organization({ organizationId: 'was-kx', organiser: false }),
];
const person = (overrides: Partial<Person> = {}): Person => ({
  ...{ username: 'name', subject: 'user-1', madeBy: 'kx', enabled: true, state: 'active' },
  ...overrides,
});

/** Officers and applicants of the organisations above, and people who can sign in. */
const world = (
  roles: Readonly<Record<string, readonly (readonly [id: string, role: 'officer' | 'applicant'])[]>>,
  people: readonly Person[] = [],
): AccountPorts<{ find(username: string): Promise<Person | undefined> }> => ({
  memberships: {
    ofSubject: async (subject) =>
      (roles[subject] ?? []).map(([organizationId, role]) => ({ organizationId, role, name: '丙某某' })),
  },
  organizations: {
    find: async (id) => ORGANISATIONS.find(({ organizationId }) => organizationId === id),
    findAll: async (ids) => ORGANISATIONS.filter(({ organizationId }) => ids.includes(organizationId)).reverse(),
  },
  directory: { find: async (username) => people.find((one) => one.username === username) },
});

describe('who keeps a record', () => {
  test('is the organiser that made it, of an organiser nobody made itself, and otherwise nobody', () => {
    const kept = ORGANISATIONS.map((one) => [one.organizationId, keeperOf(one)]);
    expect(Object.fromEntries(kept)).toEqual({
      ...{ kx: 'kx', 'other-kx': 'other-kx', 'unit-1': 'kx', 'unit-2': 'other-kx' },
      ...{ 'unit-3': undefined, 'was-kx': undefined },
    });
  });

  test('is an officer of organisers alone, once each and in order', async () => {
    const officer = world({
      'user-1': [
        ['other-kx', 'officer'],
        ['kx', 'officer'],
        ['unit-1', 'applicant'],
        ['was-kx', 'officer'],
        ['kx', 'officer'],
      ],
    });
    expect(await organisersOf(officer, 'user-1')).toEqual(['kx', 'other-kx']);
    expect(await organisersOf(officer, 'user-2')).toEqual([]);
    expect(
      inRole(
        [
          { organizationId: 'a', role: 'x' },
          { organizationId: 'b', role: 'y' },
        ],
        'y',
      ),
    ).toEqual(['b']);
  });

  test('keeps what one of them made, and finds nothing else', async () => {
    const officer = world({ 'user-1': [['kx', 'officer']] });
    const kept = await keepingOf(officer, 'unit-1', 'user-1');
    expect(kept).toEqual({ organization: ORGANISATIONS[2], keeper: 'kx', organisers: ['kx'] });
    expect(await keptOrganization(officer, 'unit-1', 'user-1')).toBe(ORGANISATIONS[2]);
    for (const id of ['unit-2', 'unit-3', 'other-kx', 'unknown'])
      await expect(keepingOf(officer, id, 'user-1')).rejects.toThrow(refusedAs('NOT_FOUND'));
    await expect(keepingOf(officer, 'unit-1', 'user-2')).rejects.toThrow(refusedAs('NOT_FOUND'));
  });

  test('of a new record is the one that is named, or the only one', () => {
    expect(newKeeper(['kx'], undefined)).toBe('kx');
    expect(newKeeper(['kx', 'other-kx'], 'other-kx')).toBe('other-kx');
    expect(() => newKeeper([], undefined)).toThrow(refusedAs('NOT_FOUND'));
    expect(() => newKeeper(['kx'], 'other-kx')).toThrow(refusedAs('NOT_FOUND'));
    expect(() => newKeeper(['kx', 'other-kx'], undefined)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', faults: [{ path: 'managedBy', code: 'REQUIRED' }] }),
    );
  });

  test('of a record that is there does not change with who is named', () => {
    const [, , unit, others] = ORGANISATIONS;
    expect(keeperFor(unit, ['kx', 'other-kx'], 'other-kx')).toBe('kx');
    expect(keeperFor(undefined, ['kx'], undefined)).toBe('kx');
    expect(() => keeperFor(others, ['kx'], undefined)).toThrow(refusedAs('NOT_FOUND'));
    expect(() => keeperFor(ORGANISATIONS[4], ['kx'], undefined)).toThrow(refusedAs('NOT_FOUND'));
  });
});

describe('a saved record', () => {
  const record = { name: '医学会', kinds: ['市级学会'], flags: [], sanctions: [], overdue: [] };

  test('makes an organisation that organises nothing, kept by who made it', () => {
    expect(withRecord('unit-9', undefined, 'kx', { ...record, managedBy: 'kx' })).toStrictEqual({
      ...record,
      ...{ organizationId: 'unit-9', managedBy: 'kx', organiser: false, revision: 1 },
    });
  });

  test('replaces the one before, and neither who keeps it nor whether it may publish', () => {
    const current = organization({ organizationId: 'kx', organiser: true, revision: 7, phone: '0736-7712345' });
    const saved = withRecord('kx', current, 'kx', record);
    expect(saved).toStrictEqual({
      ...record,
      ...{ organizationId: 'kx', managedBy: undefined, organiser: true, revision: 8 },
    });
    expect(organizationETag(saved)).toBe('"8"');
  });

  test('is refused with all that is wrong, and where another is named to keep it', () => {
    const faults = [
      { path: 'managedBy', code: 'MANAGER_CHANGED' },
      { path: 'name', code: 'TOO_SHORT', params: { limit: 1 } },
    ];
    expect(() => withRecord('unit-1', ORGANISATIONS[2], 'kx', { ...record, name: '', managedBy: 'other-kx' })).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', faults }),
    );
  });
});

describe('accounts', () => {
  test('are shown with the role of their person, and a name where there is one', () => {
    const shown = { username: 'name', subject: 'user-1', enabled: true, state: 'active' };
    expect(accountOf(person(), { role: 'applicant' })).toStrictEqual({ ...shown, role: 'applicant' });
    expect(accountOf(person(), { role: 'officer', name: '丙某某' })).toStrictEqual({
      ...{ ...shown, role: 'officer', name: '丙某某' },
    });
  });

  test('are those of members that one of the organisers made, in the order of the members', () => {
    const member = (subject: string) => ({ subject, organizationId: 'unit-1', role: 'applicant' as const });
    const people = ['user-1', 'user-2', 'user-3'].map((subject, place) =>
      person({ subject, username: subject, madeBy: [undefined, 'kx', 'elsewhere'][place] }),
    );
    const more = person({ subject: 'user-5', username: 'user-5', madeBy: 'other-kx' });
    const bySubject = new Map([...people, more].map((one) => [one.subject, one]));
    const members = ['user-5', 'user-4', 'user-3', 'user-2', 'user-1'].map(member);
    expect(accountsMadeBy(['kx', 'other-kx'], members, bySubject).map(({ username }) => username)).toEqual([
      ...['user-5', 'user-2'],
    ]);
  });

  test('are made again while nobody has used them and they act for this unit alone', () => {
    const begun = person({ state: 'initialPassword' });
    const ours = { organizationId: 'unit-1', organisers: ['kx'] };
    const again = (one: Person, ids: readonly string[], mine = ours) =>
      assertMadeAgain(
        one,
        ids.map((organizationId) => ({ organizationId })),
        mine,
      );
    expect(() => again(begun, [])).not.toThrow();
    expect(() => again(begun, ['unit-1'])).not.toThrow();
    for (const attempt of [
      () => again(begun, ['unit-1', 'unit-2']),
      () => again({ ...begun, state: 'active' }, ['unit-1']),
      () => again({ ...begun, madeBy: 'other-kx' }, ['unit-1']),
      () => again({ ...begun, madeBy: undefined }, ['unit-1']),
    ])
      expect(attempt).toThrow(refusedAs('ACCOUNT_EXISTS'));
  });

  test('are elsewhere where people sign in with another provider', () => {
    expect(() => requireDirectory(undefined)).toThrow(refusedAs('ACCOUNTS_ELSEWHERE'));
    expect(requireDirectory('directory')).toBe('directory');
  });
});

describe('an account that an officer may change', () => {
  const asked = { organizationId: 'unit-1', username: 'name' };
  const officer = { officer: [['kx', 'officer']] } as const;
  const change = (roles: Parameters<typeof world>[0], one: Person = person(), of = asked) =>
    changeableAccount(world({ ...officer, ...roles }, [one]), of, 'officer');

  test('is that of a member whose organisations are all kept by the officer’s organisers', async () => {
    const { person: found, member } = await change({
      'user-1': [
        ['kx', 'officer'],
        ['unit-1', 'applicant'],
        ['unit-1', 'applicant'],
      ],
    });
    expect(found).toEqual(person());
    expect(member).toEqual({ organizationId: 'unit-1', role: 'applicant', name: '丙某某' });
  });

  test.each<[string, string, () => Promise<unknown>]>([
    ['of a unit that others keep', 'NOT_FOUND', () => change({}, person(), { ...asked, organizationId: 'unit-2' })],
    ['nobody has', 'NOT_FOUND', () => change({}, person({ username: 'another' }))],
    ['of nobody in the unit', 'NOT_FOUND', () => change({ 'user-1': [['kx', 'applicant']] })],
    [
      'that another organiser made',
      'ACCOUNT_NOT_YOURS',
      () => change({ 'user-1': [['unit-1', 'applicant']] }, person({ madeBy: 'other-kx' })),
    ],
    [
      'that acts for a unit of another organiser too',
      'ACCOUNT_NOT_YOURS',
      () =>
        change({
          'user-1': [
            ['unit-1', 'applicant'],
            ['unit-2', 'applicant'],
          ],
        }),
    ],
    [
      'that acts for what nobody keeps',
      'ACCOUNT_NOT_YOURS',
      () =>
        change({
          'user-1': [
            ['unit-1', 'applicant'],
            ['unit-3', 'applicant'],
          ],
        }),
    ],
  ])('is none %s: %s', async (_, code, changing) => {
    await expect(changing()).rejects.toThrow(refusedAs(code));
  });

  test('is elsewhere where people sign in with another provider', async () => {
    const elsewhere = { ...world(officer), directory: undefined };
    await expect(changeableAccount(elsewhere, asked, 'officer')).rejects.toThrow(refusedAs('ACCOUNTS_ELSEWHERE'));
  });
});
