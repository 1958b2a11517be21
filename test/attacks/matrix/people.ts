import type { Role } from '#shared/contract/membership.ts';

/** Two organisers, and units of theirs. The first is the demo organiser of the fixture world; all else is the matrix's own. */
export const ORGANISERS = { first: 'changde-kexie', other: 'lixian-kexie' } as const;
export const UNITS = {
  /** Of the first organiser; whose things `own` are. */
  own: 'changde-wuli',
  /** Of the first organiser. */
  other: 'changde-shengwu',
  /** Of the first organiser; named as a partner. */
  partner: 'changde-tumu',
  /** Of the other organiser. */
  foreign: 'lixian-huaxue',
} as const;

/** The first organiser's officer in the fixture world. */
export const FIRST_OFFICER = 'demo-officer';

export interface Person {
  readonly subject: string;
  readonly roles: readonly { readonly organizationId: string; readonly role: Role }[];
}

const person = (subject: string, role?: Role, organizationId?: string): Person => ({
  subject,
  roles: role === undefined || organizationId === undefined ? [] : [{ role, organizationId }],
});

/** Who asks. Whoever is not signed in is the gateway's, and has a test of its own. */
export const PEOPLE = {
  maker: person('wuli-1', 'applicant', UNITS.own),
  colleague: person('wuli-2', 'applicant', UNITS.own),
  otherUnit: person('shengwu-1', 'applicant', UNITS.other),
  partner: person('tumu-1', 'applicant', UNITS.partner),
  foreignUnit: person('lixian-1', 'applicant', UNITS.foreign),
  officer: person(FIRST_OFFICER, 'officer', ORGANISERS.first),
  otherOfficer: person('lixian-officer', 'officer', ORGANISERS.other),
  /** Applies for the organiser itself, which makes nobody an officer. */
  clerk: person('kexie-clerk', 'applicant', ORGANISERS.first),
  /** Is an officer of what is no organiser, which makes nobody its applicant or keeper. */
  unitOfficer: person('wuli-officer', 'officer', UNITS.own),
  /** Was applicant of the unit and officer of the organiser, and is neither. */
  removed: person('wuli-gone'),
  /** Signed in, and member of nothing. */
  nobody: person('stranger'),
} as const satisfies Record<string, Person>;

/** What a request is about, as far as it decides who may. */
export interface Belonging {
  /** Of a submission, or the one that is asked about. */
  readonly unitId?: string;
  readonly partners?: readonly string[];
  /** Of a call, or of a submission's or an export's call. */
  readonly organiser?: string;
  /** Of an organisation's record. */
  readonly keeper?: string;
  /** An organisation itself. */
  readonly organizationId?: string;
}

/** Whether somebody may, of something that is there. */
export type Rule = (who: Person, about: Belonging) => boolean;

const has = ({ roles }: Person, asked: Role, organizationId: string | undefined): boolean =>
  roles.some((one) => one.role === asked && one.organizationId === organizationId);

export const everybody: Rule = () => true;
export const applicant: Rule = (who, { unitId }) => has(who, 'applicant', unitId);
/** Whoever acts for one unit alone need not name it. */
export const applicantOfOne: Rule = ({ roles }) => roles.filter(({ role }) => role === 'applicant').length === 1;
export const partner: Rule = (who, { partners = [] }) => partners.some((unitId) => has(who, 'applicant', unitId));
export const officer: Rule = (who, { organiser }) => has(who, 'officer', organiser);
export const keeper: Rule = (who, about) => has(who, 'officer', about.keeper);
export const officerOfAny: Rule = (who) => Object.values(ORGANISERS).some((one) => has(who, 'officer', one));
export const member: Rule = ({ roles }, about) =>
  roles.some(({ organizationId }) => organizationId === about.organizationId);
export const any =
  (...rules: readonly Rule[]): Rule =>
  (who, about) =>
    rules.some((rule) => rule(who, about));
export const every =
  (...rules: readonly Rule[]): Rule =>
  (who, about) =>
    rules.every((rule) => rule(who, about));
