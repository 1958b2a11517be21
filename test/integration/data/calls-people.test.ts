import { beforeAll, describe, expect, it } from 'vitest';
import { type MembershipsRepository, membershipsRepository } from '#shared/data/memberships-repository.ts';
import { type OrganizationsRepository, organizationsRepository } from '#shared/data/organizations-repository.ts';
import { freshTables } from '#test/support/dynamodb.ts';
import { organization } from '#test/support/organizations.ts';

let memberships: MembershipsRepository;
let organizations: OrganizationsRepository;

beforeAll(async () => {
  const { db, tables } = await freshTables(['memberships', 'organizations']);
  memberships = membershipsRepository(db, tables.memberships);
  organizations = organizationsRepository(db, tables.organizations);
});

describe('membershipsRepository', () => {
  it('finds a role of exactly this subject, organisation and kind, until it is taken away', async () => {
    const officer = { subject: 'sub-1', organizationId: 'changde-kx', role: 'officer' } as const;
    await memberships.put(officer);
    expect(await memberships.find('sub-1', 'changde-kx', 'officer')).toEqual(officer);
    expect(await memberships.find('sub-1', 'changde-kx', 'applicant')).toBeUndefined();
    expect(await memberships.find('sub-1', 'changde', 'officer')).toBeUndefined();
    expect(await memberships.find('sub-2', 'changde-kx', 'officer')).toBeUndefined();
    await memberships.remove(officer);
    expect(await memberships.find('sub-1', 'changde-kx', 'officer')).toBeUndefined();
  });

  it('lists all roles of a subject and nobody else’s', async () => {
    await Promise.all(
      (['u-1', 'u-2'] as const).flatMap((organizationId) =>
        (['applicant', 'officer'] as const).map((role) => memberships.put({ subject: 'many', organizationId, role })),
      ),
    );
    await memberships.put({ subject: 'many-too', organizationId: 'u-1', role: 'officer' });
    const roles = await memberships.ofSubject('many');
    expect(roles.map(({ organizationId, role }) => `${organizationId} ${role}`)).toEqual([
      'u-1 applicant',
      'u-1 officer',
      'u-2 applicant',
      'u-2 officer',
    ]);
    expect(await memberships.ofSubject('nobody')).toEqual([]);
  });
});

describe('organizationsRepository', () => {
  it('gives back what was put, the last time it was put', async () => {
    const unit = { organizationId: 'u-1', name: '化学学会', kinds: ['市级学会'], organiser: false };
    await organizations.put(unit);
    await organizations.put({ ...unit, kinds: ['市级学会', '学会服务站'] });
    expect(await organizations.find('u-1')).toEqual(
      organization({ ...unit, kinds: ['市级学会', '学会服务站'], revision: 2 }),
    );
    expect(await organizations.find('u-9')).toBeUndefined();
  });

  it('finds more of them at once than one batch can hold', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `many-${index}`);
    await Promise.all(
      ids.map((organizationId) => organizations.put({ organizationId, name: 'x', kinds: [], organiser: true })),
    );
    const found = await organizations.findAll([...ids, 'nobody']);
    expect(new Set(found.map(({ organizationId }) => organizationId))).toEqual(new Set(ids));
    expect(await organizations.findAll([])).toEqual([]);
  });
});
