import type { Organization } from '#shared/contract/organizations.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { inRole } from './in-role.ts';

export interface KeeperPorts {
  readonly memberships: {
    ofSubject(subject: string): Promise<readonly { organizationId: string; role: 'officer' | 'applicant' }[]>;
  };
  readonly organizations: {
    find(organizationId: string): Promise<Organization | undefined>;
    findAll(organizationIds: readonly string[]): Promise<readonly Organization[]>;
  };
}

/** Whose officers change a record: the organiser that made it; an organiser that nobody made keeps its own. Undefined: whoever runs the system alone. */
export const keeperOf = ({ organizationId, organiser, managedBy }: Organization): string | undefined =>
  managedBy ?? (organiser ? organizationId : undefined);

/** The organisers a subject is an officer of, in order of their ids; an officer of what is no organiser (any more) keeps nothing. */
export const organisersOf = async (ports: KeeperPorts, subject: string): Promise<string[]> => {
  const roles = await ports.memberships.ofSubject(subject);
  const ids = inRole(roles, 'officer');
  const found = await ports.organizations.findAll([...new Set(ids)]);
  return found.flatMap(({ organizationId, organiser }) => (organiser ? organizationId : [])).sort();
};

/** An organisation, the organiser that keeps its record, and all organisers of an officer of that one. */
export interface Keeping {
  readonly organization: Organization;
  readonly keeper: string;
  readonly organisers: readonly string[];
}

/**
 * As whom a subject keeps an organisation's record.
 *
 * @throws DomainError NOT_FOUND where it is unknown or kept by others
 */
export const keepingOf = async (ports: KeeperPorts, organizationId: string, subject: string): Promise<Keeping> => {
  const [organisers, organization] = await Promise.all([
    organisersOf(ports, subject),
    ports.organizations.find(organizationId),
  ]);
  const keeper = organization && keeperOf(organization);
  if (organization === undefined || keeper === undefined || !organisers.includes(keeper)) {
    throw new DomainError('NOT_FOUND');
  }
  return { organization, keeper, organisers };
};

/**
 * An organisation whose record the subject keeps.
 *
 * @throws DomainError NOT_FOUND where it is unknown or kept by others
 */
export const keptOrganization = async (
  ports: KeeperPorts,
  organizationId: string,
  subject: string,
): Promise<Organization> => (await keepingOf(ports, organizationId, subject)).organization;

/**
 * The organiser that is to keep a new record: the one named, or the officer's only one.
 *
 * @param organisers those the actor is an officer of
 * @throws DomainError NOT_FOUND where there is none or the named one is not among them, VALIDATION_FAILED where one of several has to be named
 */
export const newKeeper = (organisers: readonly string[], named: string | undefined): string => {
  const [only, ...others] = organisers;
  if (only === undefined || (named !== undefined && !organisers.includes(named))) throw new DomainError('NOT_FOUND');
  if (named !== undefined) return named;
  if (others.length > 0) {
    throw new DomainError('VALIDATION_FAILED', { faults: [{ path: 'managedBy', code: 'REQUIRED' }] });
  }
  return only;
};
