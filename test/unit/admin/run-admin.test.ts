import { describe, expect, it } from 'vitest';
import type { AdminTarget } from '#infra/admin/admin-target.ts';
import { runAdmin, USAGE } from '#infra/admin/run-admin.ts';
import type { Membership } from '#shared/data/memberships-repository.ts';
import type { Organization } from '#shared/data/organizations-repository.ts';
import { organization } from '#test/support/organizations.ts';

const target = () => {
  const organizations = new Map<string, Organization>();
  let members: Membership[] = [];
  const same = (one: Membership) => (other: Membership) => JSON.stringify(one) === JSON.stringify(other);
  const repositories: AdminTarget = {
    organizations: {
      find: async (id) => organizations.get(id),
      put: async (basics) => {
        organizations.set(basics.organizationId, organization(basics));
      },
    },
    memberships: {
      ofSubject: async (subject) => members.filter((member) => member.subject === subject),
      put: async (member) => {
        members = [...members.filter((other) => !same(member)(other)), member];
      },
      remove: async (member) => {
        members = members.filter((other) => !same(member)(other));
      },
    },
  };
  return { run: (...argv: string[]) => runAdmin(argv, () => repositories), organizations };
};

describe('npm run admin', () => {
  it('makes the first organiser and its first officer', async () => {
    const { run, organizations } = target();
    await run('add-organization', '--id', 'changde-kx', '--name', '常德市科协', '--organiser');
    await run('add-member', '--organization', 'changde-kx', '--role', 'officer', '--subject', 'sub-1');
    expect(organizations.get('changde-kx')).toMatchObject({
      organizationId: 'changde-kx',
      name: '常德市科协',
      kinds: [],
      organiser: true,
    });
    expect(await run('list-members', '--subject', 'sub-1')).toEqual(['officer of changde-kx']);
  });

  it('adds a unit of several kinds', async () => {
    const { run, organizations } = target();
    await run('add-organization', '--id', 'u-1', '--name', '化学学会', '--kind', '市级学会', '--kind', '学会服务站');
    expect(organizations.get('u-1')?.kinds).toEqual(['市级学会', '学会服务站']);
  });

  it('gives the record of a unit to an organiser that there is', async () => {
    const { run, organizations } = target();
    const unit = ['add-organization', '--id', 'u-1', '--name', '化学学会', '--managed-by'];
    await run('add-organization', '--id', 'changde-kx', '--name', '常德市科协', '--organiser');
    await run(...unit, 'changde-kx');
    expect(organizations.get('u-1')).toMatchObject({ managedBy: 'changde-kx', organiser: false });
    await expect(run(...unit, 'u-1')).rejects.toThrow('no organiser u-1');
    await expect(run(...unit, 'nobody')).rejects.toThrow('no organiser nobody');
  });

  it('takes a role away again', async () => {
    const { run } = target();
    const member = ['--organization', 'u-1', '--role', 'applicant', '--subject', 'sub-1'];
    await run('add-organization', '--id', 'u-1', '--name', '化学学会');
    await run('add-member', ...member);
    await run('remove-member', ...member);
    expect(await run('list-members', '--subject', 'sub-1')).toEqual(['sub-1 acts for nobody']);
  });

  it('makes nobody officer of a unit that publishes no calls', async () => {
    const { run } = target();
    await run('add-organization', '--id', 'u-1', '--name', '化学学会');
    await expect(run('add-member', '--organization', 'u-1', '--role', 'officer', '--subject', 's')).rejects.toThrow(
      'publishes no calls',
    );
  });

  it('tells how it is used', async () => {
    expect(await target().run()).toEqual([USAGE]);
  });

  it.each([
    [['add-member', '--organization', 'nobody', '--role', 'applicant', '--subject', 's'], 'no organisation nobody'],
    [['add-member', '--role', 'chief'], '--organization is needed'],
    [['add-member', '--role', 'chief'], '--role: '],
    [['list-members', '--subject', 's', '--organiser'], '--organiser is not one of its options'],
    [['add-organization', '--id', 'Not An Id', '--name', 'x'], '--id: '],
    [['list-members', 'twice'], 'One command at a time'],
    [['drop-tables'], 'no command'],
    [['list-members', '--sub', 's'], '--sub'],
  ])('says in one line what is wrong with %j', async (argv, message) => {
    await expect(target().run(...argv)).rejects.toThrow(message);
  });
});
