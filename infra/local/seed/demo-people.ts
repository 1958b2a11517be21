import type { Role } from '#shared/contract/membership.ts';
import type { OrganizationRecord } from '#shared/contract/organization-record.ts';
import type { DemoUser } from '../identity/start-identity.ts';

/** Kinds of unit are those the Changde notice names. */
export interface DemoOrganization extends Partial<Omit<OrganizationRecord, 'name' | 'kinds'>> {
  organizationId: string;
  name: string;
  kinds: string[];
  organiser: boolean;
  /** The organiser that keeps its record. */
  managedBy?: string;
}

export interface DemoMember extends DemoUser {
  organizationId: string;
  role: Role;
  /** Where mail for this role goes: shown on the page of mails. */
  email: string;
}

/** The organiser of the Changde call and three units that may apply. The university's is made up, and so is what is on record of the units: calls ask for it. */
export const DEMO_ORGANIZATIONS: readonly DemoOrganization[] = [
  { organizationId: 'changde-kexie', name: '常德市科学技术协会', kinds: [], organiser: true },
  {
    organizationId: 'changde-huaxue',
    name: '常德市化学学会',
    kinds: ['市级学会', '学会服务站'],
    foundedOn: '2022-01-10',
    rating: { grade: '3A', validUntil: '2029-12-31' },
    flags: ['hasPartyBranch', 'canIssueInvoices'],
    organiser: false,
    managedBy: 'changde-kexie',
  },
  {
    organizationId: 'changde-nongxue',
    name: '常德市农学会',
    kinds: ['市级学会', '学会联合体'],
    flags: ['hasPartyBranch'],
    organiser: false,
    managedBy: 'changde-kexie',
  },
  {
    organizationId: 'yuanjiang-xueyuan-kexie',
    name: '沅江学院科协',
    kinds: ['高校科协'],
    rating: { grade: '2A', validUntil: '2021-12-31' },
    sanctions: [{ reason: '申报材料弄虚作假', from: '2019-01-01', until: '2021-12-31' }],
    overdue: [{ what: '2021年度项目总结报告', since: '2022-01-01' }],
    organiser: false,
    managedBy: 'changde-kexie',
  },
];

/** Who can have a token of the local stack, and for whom they act. */
export const DEMO_MEMBERS: readonly DemoMember[] = [
  {
    name: 'officer',
    subject: 'demo-officer',
    organizationId: 'changde-kexie',
    role: 'officer',
    email: 'officer@demo.example',
  },
  {
    name: 'secretary',
    subject: 'demo-secretary',
    organizationId: 'changde-huaxue',
    role: 'applicant',
    email: 'secretary@demo.example',
  },
  {
    name: 'secretary-2',
    subject: 'demo-secretary-2',
    organizationId: 'changde-nongxue',
    role: 'applicant',
    email: 'secretary-2@demo.example',
  },
  {
    name: 'secretary-3',
    subject: 'demo-secretary-3',
    organizationId: 'yuanjiang-xueyuan-kexie',
    role: 'applicant',
    email: 'secretary-3@demo.example',
  },
];
