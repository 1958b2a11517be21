import { ACCOUNT, attachmentOf, CALLS, EXPORTS, receiptOf, SUBMISSIONS } from '#test/support/world-ids.ts';
import {
  OTHER_ACCOUNT,
  OTHER_CALLS,
  OTHER_EXPORT,
  OWNER_NAMES,
  OWNERS,
  submissionOf,
  UNIT_NAMES,
} from './matrix-world.ts';
import {
  any,
  applicant,
  type Belonging,
  keeper,
  member,
  ORGANISERS,
  officer,
  PEOPLE,
  type Person,
  partner,
  type Rule,
  UNITS,
} from './people.ts';

/** A text that tells of something, and who may be told of that. */
interface Confidential {
  readonly text: string;
  readonly about: Belonging;
  readonly may: Rule;
}

const each = (texts: readonly string[], about: Belonging, may: Rule): Confidential[] =>
  texts.map((text) => ({ text, about, may }));

const idsOf = (submissionId: string): string[] => {
  const alongside = [attachmentOf(submissionId), receiptOf(submissionId)];
  // A seal, which everybody may see, says by id where each part of its roster begins; this one is the first of the only part.
  return submissionId === SUBMISSIONS.sealed ? alongside : [submissionId, ...alongside];
};

const DEMO_UNIT = 'changde-huaxue';

const SUBMITTED_THINGS = [
  ...OWNER_NAMES.flatMap((owner) => {
    const { unitId, organiser } = OWNERS[owner];
    const about = { unitId, organiser, partners: [UNITS.partner] };
    return (['draft', 'inviting', 'submitted'] as const).map((state) => ({ id: submissionOf(owner, state), about }));
  }),
  ...Object.values(SUBMISSIONS).map((id) => ({ id, about: { unitId: DEMO_UNIT, organiser: ORGANISERS.first } })),
];

const keptBy = (unit: keyof typeof UNITS): string => (unit === 'foreign' ? ORGANISERS.other : ORGANISERS.first);

const UNIT_KEYS = ['own', 'other', 'partner', 'foreign'] as const;

/** Ids and names that are told to nobody but those who read what they belong to. */
const CONFIDENTIAL: readonly Confidential[] = [
  ...SUBMITTED_THINGS.flatMap(({ id, about }) => each(idsOf(id), about, any(applicant, partner, officer))),
  ...each([CALLS.saved], { organiser: ORGANISERS.first }, officer),
  ...each([OTHER_CALLS.saved], { organiser: ORGANISERS.other }, officer),
  ...each([EXPORTS.ready], { organiser: ORGANISERS.first }, officer),
  ...each([OTHER_EXPORT], { organiser: ORGANISERS.other }, officer),
  ...each(Object.values(ACCOUNT), { organizationId: DEMO_UNIT, keeper: ORGANISERS.first }, any(member, keeper)),
  ...each(
    Object.values(OTHER_ACCOUNT),
    { organizationId: UNITS.foreign, keeper: ORGANISERS.other },
    any(member, keeper),
  ),
  // People are named to their own organisation, and to whoever keeps its record.
  ...Object.values(PEOPLE).flatMap(({ subject, roles }: Person) =>
    roles.flatMap(({ organizationId }) => {
      const unit = UNIT_KEYS.find((key) => UNITS[key] === organizationId);
      const kept = unit === undefined ? organizationId : keptBy(unit);
      return each([subject], { organizationId, keeper: kept }, any(member, keeper));
    }),
  ),
  // Each of the units names the partner in a submission, and so each knows it, and is known to it.
  ...UNIT_KEYS.filter((unit) => unit !== 'partner').flatMap((unit) =>
    each(
      [UNITS[unit], UNIT_NAMES[unit]],
      { organizationId: UNITS[unit], keeper: keptBy(unit), partners: [UNITS.partner] },
      any(member, keeper, partner),
    ),
  ),
];

/** What a reply tells somebody of what is not theirs to know; what they said themselves when they asked tells them nothing. */
export const toldTo = (person: Person, asked: string, reply: string): string[] =>
  CONFIDENTIAL.filter(
    ({ text, about, may }) => reply.includes(text) && !asked.includes(text) && !may(person, about),
  ).map(({ text }) => text);
