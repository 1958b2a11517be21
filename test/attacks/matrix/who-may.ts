import type { OperationId } from '#shared/contract/operations.ts';
import { ACCOUNT, attachmentOf, CALLS, EXPORTS, receiptOf, SUBMISSIONS } from '#test/support/world-ids.ts';
import {
  OTHER_ACCOUNT,
  OTHER_CALLS,
  OTHER_EXPORT,
  OWNER_NAMES,
  OWNERS,
  type OwnerName,
  type State,
  submissionOf,
} from './matrix-world.ts';
import {
  any,
  applicant,
  applicantOfOne,
  type Belonging,
  every,
  everybody,
  keeper,
  member,
  ORGANISERS,
  officer,
  officerOfAny,
  PEOPLE,
  partner,
  type Rule,
  UNITS,
} from './people.ts';

/** A thing that an operation is tried on: the recorded request with these parts put in. */
export interface Target {
  readonly name: string;
  /** Undefined: there is no such thing, so nobody may. */
  readonly about: Belonging | undefined;
  /** Decides in place of the operation's own rule. */
  readonly may?: Rule;
  /** Everybody knows that it is there, so a refusal need not look as one of what is unknown. */
  readonly isPublic?: boolean;
  /** Its refusal says which part names nothing, so it is compared with those of this kind alone. */
  readonly kind?: 'copy';
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a JSON body. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Of a body that is text. */
  readonly replaced?: readonly [string, string];
}

export interface Entry {
  readonly may: Rule;
  readonly targets: readonly Target[];
}

const NO_ID = '0'.repeat(26);
const FIRST: Belonging = { organiser: ORGANISERS.first };
const OTHER: Belonging = { organiser: ORGANISERS.other };

type Parts = Omit<Target, 'name' | 'about' | 'params'>;

/** The same call of either organiser, one that is not published, and none. */
const calls = (state: keyof typeof OTHER_CALLS, parts: Parts & Pick<Target, 'params'> = {}): Target[] => {
  const of = (callId: string) => ({ ...parts, params: { callId, ...parts.params } });
  return [
    { name: 'the first organiser’s', about: FIRST, ...of(CALLS[state]) },
    { name: 'the other organiser’s', about: OTHER, ...of(OTHER_CALLS[state]) },
    { name: 'unknown', about: undefined, ...of('no-such-call') },
  ];
};

/** The first organiser’s call that is not published. */
const unpublished: Target = { name: 'not published', about: FIRST, params: { callId: CALLS.saved } };

/** Without what there is none of: once for each operation is enough. */
const those = (targets: readonly Target[]): Target[] => targets.filter(({ about }) => about !== undefined);

/** What anybody reads of a call that is published, and nobody of one that is not. */
const published = (state: 'open' | 'sealed', params: Readonly<Record<string, string>> = {}): Target[] => [
  { name: 'published', about: {}, params: { callId: CALLS[state], ...params } },
  { name: 'not published', about: undefined, params: { callId: CALLS.saved, ...params } },
  { name: 'unknown', about: undefined, params: { callId: 'no-such-call', ...params } },
];

const belongingOf = (owner: OwnerName): Belonging => {
  const { unitId, organiser } = OWNERS[owner];
  return { unitId, organiser, partners: [UNITS.partner] };
};

/** A submission in a state, of each owner, and none. */
const submissions = (
  state: State,
  parts: Parts = {},
  paramsOf: (submissionId: string) => Readonly<Record<string, string>> = () => ({}),
): Target[] => {
  const of = (submissionId: string) => ({ ...parts, params: { submissionId, ...paramsOf(submissionId) } });
  return [
    ...OWNER_NAMES.map((owner) => ({
      name: `${owner}, ${state}`,
      about: belongingOf(owner),
      ...of(submissionOf(owner, state)),
    })),
    { name: `unknown instead of ${state}`, about: undefined, ...of(NO_ID) },
    { name: `deleted instead of ${state}`, about: undefined, ...of(SUBMISSIONS.deleted) },
    { name: `misspelt instead of ${state}`, about: undefined, ...of('%2e%2e') },
  ];
};

/** A file of a submission; another submission's file under one's own; none. */
const files = (state: State, parts: Parts = {}): Target[] => [
  ...submissions(state, parts, (submissionId) => ({ attachmentId: attachmentOf(submissionId) })),
  ...(['otherUnits', 'otherOrganisers'] as const).map((owner) => ({
    ...parts,
    name: `a file of ${owner} under one’s own submission, ${state}`,
    about: undefined,
    params: {
      submissionId: submissionOf('own', state),
      attachmentId: attachmentOf(submissionOf(owner, state)),
    },
  })),
  {
    ...parts,
    name: `no file under one’s own submission, ${state}`,
    about: undefined,
    params: { submissionId: submissionOf('own', state), attachmentId: NO_ID },
  },
];

const record = (organizationId: string, kept: string): Belonging => ({ organizationId, keeper: kept });

/** Records of either organiser, their own, and none. */
const organizations = (parts: Parts & Pick<Target, 'params'> = {}): Target[] => {
  const of = (organizationId: string) => ({ ...parts, params: { organizationId, ...parts.params } });
  const { first, other } = ORGANISERS;
  return [
    { name: 'a unit of the first organiser', about: record(UNITS.own, first), ...of(UNITS.own) },
    { name: 'a unit of the other organiser', about: record(UNITS.foreign, other), ...of(UNITS.foreign) },
    { name: 'the first organiser', about: record(first, first), ...of(first) },
    { name: 'the other organiser', about: record(other, other), ...of(other) },
    { name: 'unknown', about: undefined, ...of('no-such-unit') },
  ];
};

const ACCOUNT_UNIT = 'changde-huaxue';

/** An account of either organiser; one of the other organiser under one's own unit; none. */
const accounts = (): Target[] => {
  const of = (organizationId: string, username: string) => ({ params: { organizationId, username } });
  const { first, other } = ORGANISERS;
  return [
    { name: 'own', about: record(ACCOUNT_UNIT, first), ...of(ACCOUNT_UNIT, ACCOUNT.username) },
    { name: 'other', about: record(UNITS.foreign, other), ...of(UNITS.foreign, OTHER_ACCOUNT.username) },
    { name: 'other under own unit', about: undefined, ...of(ACCOUNT_UNIT, OTHER_ACCOUNT.username) },
    { name: 'own under other unit', about: undefined, ...of(UNITS.foreign, ACCOUNT.username) },
    { name: 'unknown', about: undefined, ...of(ACCOUNT_UNIT, 'nobody') },
    { name: 'unknown unit', about: undefined, ...of('no-such-unit', ACCOUNT.username) },
  ];
};

const webhooks = (name = 'archive'): Target[] => {
  const of = (organizationId: string, hook: string) => ({ params: { organizationId, name: hook } });
  return [
    { name: 'own', about: FIRST, ...of(ORGANISERS.first, name) },
    { name: 'other', about: OTHER, ...of(ORGANISERS.other, name) },
    { name: 'of an unknown organiser', about: undefined, ...of('no-such-organiser', name) },
  ];
};

const NO_WEBHOOK: Target = {
  name: 'unknown',
  about: undefined,
  params: { organizationId: ORGANISERS.first, name: 'no-such-hook' },
};

/** Acting for a unit that is named: one's own, others', none. */
const actingFor = (place: 'query' | 'fields', parts: Omit<Target, 'name' | 'about'> = {}): Target[] => {
  const named = (unitId: string) => ({ ...parts, [place]: { ...parts[place], unitId } });
  return [
    ...Object.values(UNITS).map((unitId) => ({ name: `for ${unitId}`, about: { unitId }, ...named(unitId) })),
    { name: 'for an unknown unit', about: undefined, ...named('no-such-unit') },
  ];
};

const judged = (unitId: string, kept: string, organiser: string, callId: string): Target => ({
  name: `${unitId} for ${callId}`,
  about: { unitId, keeper: kept, organiser },
  params: { callId },
  query: { category: '1', unitId },
});

const readsAnswers = any(applicant, partner);
const reads = any(readsAnswers, officer);

const filesOfDrafts = those(files('draft')).map((target) => ({ ...target, may: readsAnswers }));

/**
 * Who may, of what: everybody else is refused. The rules are those of the README and the contract, written anew here and not taken from the code that
 * keeps them.
 */
export const WHO_MAY = {
  listCalls: { may: everybody, targets: [{ name: 'the list', about: {} }] },
  getCall: { may: everybody, targets: published('open') },
  getCallVersion: { may: officer, targets: [...calls('saved'), ...those(calls('open'))] },
  getForm: { may: everybody, targets: published('open', { code: '1' }) },
  getEligibility: {
    may: any(applicant, every(officer, keeper)),
    targets: [
      { name: 'for one’s only unit', about: {}, may: applicantOfOne, isPublic: true },
      judged(UNITS.own, ORGANISERS.first, ORGANISERS.first, CALLS.open),
      judged(UNITS.other, ORGANISERS.first, ORGANISERS.first, CALLS.open),
      judged(UNITS.own, ORGANISERS.first, ORGANISERS.other, OTHER_CALLS.open),
      judged(UNITS.foreign, ORGANISERS.other, ORGANISERS.first, CALLS.open),
      judged(UNITS.foreign, ORGANISERS.other, ORGANISERS.other, OTHER_CALLS.open),
      { ...judged('no-such-unit', '', '', CALLS.open), about: undefined },
      ...[CALLS.saved, OTHER_CALLS.saved, 'no-such-call'].flatMap((callId) => [
        { ...judged(UNITS.own, '', '', callId), about: undefined },
        { name: `for one’s only unit for ${callId}`, about: undefined, params: { callId } },
      ]),
    ],
  },
  getProgress: {
    may: officer,
    // Nobody can have begun what is not published.
    targets: [...calls('open'), { ...unpublished, about: undefined }],
  },
  getTimeline: {
    may: everybody,
    targets: [...calls('open'), { ...unpublished, may: officer }],
  },
  saveCall: {
    may: officer,
    targets: [
      { name: 'new, of the first organiser', about: FIRST, params: { callId: 'new-call' } },
      {
        name: 'new, of the other organiser',
        about: OTHER,
        params: { callId: 'new-call' },
        replaced: [ORGANISERS.first, ORGANISERS.other],
      },
      { name: 'the first organiser’s', about: FIRST, params: { callId: CALLS.saved } },
      {
        name: 'the other organiser’s',
        about: OTHER,
        params: { callId: OTHER_CALLS.saved },
        replaced: [ORGANISERS.first, ORGANISERS.other],
      },
      {
        name: 'new, of an unknown organiser',
        about: undefined,
        params: { callId: 'new-call' },
        replaced: [ORGANISERS.first, 'no-such-organiser'],
      },
    ],
  },
  publishCall: { may: officer, targets: calls('saved') },
  unpublishCall: { may: officer, targets: calls('mistaken') },
  createAnnexUpload: {
    may: officer,
    targets: [
      ...calls('open').map((target) => ({ ...target, fields: { organiser: target.about?.organiser } })),
      {
        name: 'the other organiser’s call in one’s own name',
        about: undefined,
        params: { callId: OTHER_CALLS.open },
        fields: { organiser: ORGANISERS.first },
      },
      {
        name: 'the first organiser’s call in one’s own name',
        about: undefined,
        params: { callId: CALLS.open },
        fields: { organiser: ORGANISERS.other },
      },
    ].map((target) =>
      target.fields.organiser === undefined ? { ...target, fields: { organiser: 'no-such-organiser' } } : target,
    ),
  },
  getAnnex: { may: everybody, targets: published('open', { key: 'guide' }) },
  getCallHistory: { may: officer, targets: [...calls('open'), unpublished] },
  getRetention: { may: officer, targets: [...calls('open'), unpublished] },
  extendCall: {
    may: officer,
    targets: calls('past').map((target) => ({
      ...target,
      // A deadline is granted to a unit that the organiser knows.
      fields: { unitId: target.about === OTHER ? UNITS.foreign : UNITS.own },
    })),
  },
  listExtensions: { may: officer, targets: [...calls('open'), unpublished] },
  closeCall: { may: officer, targets: calls('open') },
  listLateAttempts: { may: officer, targets: [...calls('past'), unpublished] },

  createSubmission: {
    may: applicant,
    targets: [
      { name: 'for one’s only unit', about: {}, may: applicantOfOne, isPublic: true },
      ...actingFor('fields'),
      ...[CALLS.saved, OTHER_CALLS.saved, 'no-such-call'].flatMap((callId) => [
        { name: `for one’s only unit in ${callId}`, about: undefined, params: { callId } },
        { name: `for a unit in ${callId}`, about: undefined, params: { callId }, fields: { unitId: UNITS.own } },
      ]),
      ...['otherUnits' as const, 'otherOrganisers' as const].map((owner) => ({
        name: `as a copy of ${owner}`,
        about: undefined,
        kind: 'copy' as const,
        fields: { unitId: UNITS.own, copyFrom: submissionOf(owner, 'draft') },
      })),
      { name: 'as a copy of nothing', about: undefined, kind: 'copy', fields: { unitId: UNITS.own, copyFrom: NO_ID } },
    ],
  },
  listSubmissions: {
    may: applicant,
    targets: [
      { name: 'of one’s only unit', about: {}, may: applicantOfOne, isPublic: true },
      ...actingFor('query', { query: { limit: '5' } }),
    ],
  },
  getSubmission: { may: reads, targets: [...submissions('draft'), ...those(submissions('submitted'))] },
  deleteSubmission: { may: applicant, targets: submissions('draft') },
  saveAnswers: { may: applicant, targets: submissions('draft', { headers: { 'if-match': '*' } }) },
  savePartners: { may: applicant, targets: submissions('draft') },
  consentToSubmission: {
    may: partner,
    targets: [
      ...submissions('inviting', { fields: { unitId: UNITS.partner } }),
      {
        name: 'for a unit that is not named',
        about: undefined,
        params: { submissionId: submissionOf('own', 'inviting') },
        fields: { unitId: UNITS.other },
      },
    ],
  },
  takeBackConsent: { may: partner, targets: submissions('draft') },
  validateSubmission: { may: applicant, targets: submissions('draft') },
  submitSubmission: { may: applicant, targets: submissions('draft') },
  withdrawSubmission: { may: applicant, targets: submissions('submitted') },
  getSubmissionReceipt: {
    may: reads,
    targets: [
      ...submissions('submitted'),
      {
        name: 'another’s receipt under one’s own submission',
        about: undefined,
        params: { submissionId: submissionOf('own', 'submitted') },
        query: { receiptNo: receiptOf(submissionOf('otherUnits', 'submitted')) },
      },
    ],
  },
  getSubmissionHistory: {
    may: reads,
    // Whose a deleted draft was is kept, and its unit reads what became of it: it is no unknown thing here.
    targets: [...submissions('draft'), ...those(submissions('submitted'))].filter(
      ({ name }) => !name.startsWith('deleted'),
    ),
  },
  listCallSubmissions: { may: officer, targets: [...calls('open'), unpublished] },

  createAttachment: { may: applicant, targets: submissions('inviting') },
  renewAttachmentUpload: { may: applicant, targets: files('inviting') },
  getAttachment: { may: reads, targets: [...files('submitted'), ...filesOfDrafts] },
  deleteAttachment: { may: applicant, targets: files('draft') },

  listSeals: { may: everybody, targets: published('sealed') },
  getSeal: {
    may: everybody,
    targets: [
      ...published('sealed', { number: '1' }),
      { name: 'not sealed', about: undefined, params: { callId: CALLS.open, number: '1' } },
    ],
  },
  getSealRoster: { may: officer, targets: calls('sealed') },

  checkReceipt: {
    may: everybody,
    targets: [
      { name: 'given', about: {}, params: { receiptNo: receiptOf(submissionOf('own', 'submitted')) } },
      { name: 'unknown', about: undefined, params: { receiptNo: NO_ID } },
    ],
  },
  listSigningKeys: { may: everybody, targets: [{ name: 'the keys', about: {} }] },

  createExport: { may: officer, targets: [...calls('open'), unpublished] },
  getExport: {
    may: officer,
    targets: [
      { name: 'own', about: FIRST, params: { exportId: EXPORTS.ready } },
      { name: 'other', about: OTHER, params: { exportId: OTHER_EXPORT } },
      { name: 'unknown', about: undefined, params: { exportId: NO_ID } },
    ],
  },

  getAccount: { may: everybody, targets: [{ name: 'one’s own', about: {} }] },

  listOrganizations: { may: officerOfAny, targets: [{ name: 'the list', about: {} }] },
  importOrganizations: {
    may: officer,
    targets: [
      { name: 'of one’s own', about: {}, may: officerOfAny, replaced: ['changde-', 'new-'] },
      { name: 'the first’s', about: FIRST, query: { managedBy: ORGANISERS.first }, replaced: ['changde-', 'new-'] },
      { name: 'the other’s', about: OTHER, query: { managedBy: ORGANISERS.other }, replaced: ['changde-', 'new-'] },
      { name: 'an unknown one’s', about: undefined, query: { managedBy: 'no-such-organiser' } },
    ],
  },
  getOrganization: { may: any(member, keeper), targets: organizations() },
  saveOrganization: {
    may: keeper,
    targets: [
      ...organizations().filter(({ name }) => name !== 'unknown'),
      {
        name: 'new, kept by the first organiser',
        about: record('new-unit', ORGANISERS.first),
        params: { organizationId: 'new-unit' },
        fields: { managedBy: ORGANISERS.first },
      },
      {
        name: 'new, kept by the other organiser',
        about: record('new-unit', ORGANISERS.other),
        params: { organizationId: 'new-unit' },
        fields: { managedBy: ORGANISERS.other },
      },
      {
        name: 'new, kept by none',
        about: undefined,
        params: { organizationId: 'new-unit' },
        fields: { managedBy: 'no-such-organiser' },
      },
    ],
  },
  listMembers: { may: keeper, targets: organizations() },
  saveMember: { may: keeper, targets: organizations({ params: { subject: 'new-person' } }) },
  removeMember: {
    may: keeper,
    targets: [
      {
        name: 'own',
        about: record(UNITS.own, ORGANISERS.first),
        params: { organizationId: UNITS.own, subject: PEOPLE.colleague.subject },
      },
      {
        name: 'other',
        about: record(UNITS.foreign, ORGANISERS.other),
        params: { organizationId: UNITS.foreign, subject: OTHER_ACCOUNT.subject },
      },
      {
        name: 'another unit’s member',
        about: undefined,
        params: { organizationId: UNITS.own, subject: OTHER_ACCOUNT.subject },
      },
      { name: 'nobody', about: undefined, params: { organizationId: UNITS.own, subject: 'nobody' } },
      { name: 'unknown unit', about: undefined, params: { organizationId: 'no-such-unit', subject: 'nobody' } },
    ],
  },
  createAccount: {
    may: keeper,
    targets: organizations().map((target, place) => ({ ...target, fields: { username: `new-${place}` } })),
  },
  listAccounts: { may: keeper, targets: organizations() },
  resetAccount: { may: keeper, targets: accounts() },
  disableAccount: { may: keeper, targets: accounts() },
  enableAccount: { may: keeper, targets: accounts() },

  listWebhooks: { may: officer, targets: webhooks() },
  saveWebhook: { may: officer, targets: webhooks('new-hook') },
  deleteWebhook: { may: officer, targets: [...webhooks('unwanted'), NO_WEBHOOK] },
  testWebhook: { may: officer, targets: [...webhooks(), NO_WEBHOOK] },
  renewWebhookSecret: { may: officer, targets: [...webhooks(), NO_WEBHOOK] },
} as const satisfies Record<OperationId, Entry>;
