/** Of 26 characters as real ones are, and readable: no i, l, o or u. */
const id = (name: string): string => name.padEnd(26, '0');

/** The calls of the fixture world, all of them the Changde call as its notice prints it but for the deadline. */
export const CALLS = {
  /** In force, its deadline far off. */
  open: 'changde-2022',
  /** Saved, never published. */
  saved: 'changde-2022-saved',
  /** Published, and nobody has a draft. */
  mistaken: 'changde-2022-mistaken',
  /** In force, its deadline far off; to be closed early. */
  closing: 'changde-2022-closing',
  /** Its printed deadline has passed; the close is not recorded yet. */
  past: 'changde-2022-past',
  /** Its printed deadline has passed, and it is sealed. */
  sealed: 'changde-2022-sealed',
} as const;

/** The account of the fixture world: of the demo secretary's unit, made by the demo officer's organiser. */
export const ACCOUNT = { username: 'huaxue-2', subject: 'account-huaxue-2' } as const;

/** The webhooks of the demo officer's organiser: one to be called, one to be deleted. */
export const WEBHOOKS = ['archive', 'unwanted'] as const;

/** The submissions of the fixture world by what is to happen to them; all are of the demo secretary's unit, in category 1. */
export const SUBMISSIONS = {
  /** Complete, its file admitted; only read. */
  ready: id('draft0ready'),
  /** As complete; to be submitted. */
  sending: id('draft0send'),
  /** With answers and without a file; to be worked on. */
  begun: id('draft0began'),
  /** To be deleted. */
  unwanted: id('draft0spare'),
  /** Its file is announced and was not sent. */
  awaiting: id('draft0expects'),
  /** Its file was sent and not proven yet. */
  arriving: id('draft0came'),
  /** Its file is to be removed. */
  detaching: id('draft0detach'),
  /** Names a partner, which has not consented yet. */
  inviting: id('shared0named'),
  /** Names a partner, which has consented and is to take it back. */
  agreed: id('shared0agreed'),
  /** Deleted; its file is still in the bucket. */
  deleted: id('draft0erased'),
  /** Submitted; only read. */
  submitted: id('sent0kept'),
  /** Submitted; to be withdrawn. */
  withdrawing: id('sent0taken0back'),
  /** Submitted to the call that has closed. */
  past: id('past0sent'),
  /** Submitted to the call that is sealed. */
  sealed: id('kept0sent'),
  /** Left as a draft in the call that has closed. */
  left: id('past0draft'),
} as const;

/** The exports of the fixture world. */
export const EXPORTS = {
  /** Done, with one file. */
  ready: id('exp0rt0ready'),
  /** To be asked for by a test, since exports expire by the real clock of the job. */
  asked: id('exp0rt0asked'),
} as const;

/** The one file of a submission that has one. */
export const attachmentOf = (submissionId: string): string => `f${submissionId}`.slice(0, 26);

/** The receipt of a submitted submission. */
export const receiptOf = (submissionId: string): string => `r${submissionId}`.slice(0, 26);
