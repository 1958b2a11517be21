import type { RefusalReason, ScanState } from '#shared/contract/attachment-states.ts';
import type { Answers } from '#shared/domain/form/definition.ts';

/** `expected`: announced, its bytes not proven yet. What is removed is no longer part of a submission. */
type AttachmentState = 'expected' | 'admitted' | 'refused';

/** What the client said of a file before sending it; the bytes are proven against it. */
export interface DeclaredFile {
  /** Key of the material it answers. */
  readonly material: string;
  readonly filename: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface Attachment extends DeclaredFile {
  readonly attachmentId: string;
  readonly state: AttachmentState;
  /** Of a refused one. */
  readonly reason?: RefusalReason | undefined;
  /** Of an admitted one: the version of the object whose bytes were proven. */
  readonly versionId?: string | undefined;
  /** Of an admitted one: when; absent of what was admitted before this was kept. */
  readonly admittedAt?: string | undefined;
  /** What is known of malware in it, from the announcement on; absent where uploads were not scanned then and nothing was said of it since. */
  readonly scan?: ScanState | undefined;
  /** The `contentRevision` that announcing it made; files announced before there was a history have none. */
  readonly announcedIn?: number | undefined;
  readonly createdAt: string;
}

/** What a head keeps of its partners, so that a reader can tell whether it has read all of them as one write left them. */
export interface JointState {
  /** Of who is named, in which order, and who consented when. */
  readonly digest: string;
  /** How many consented. */
  readonly consented: number;
}

/** What every step decides on, kept small: 1 KB at most, so that a submit stays cheap. Times are instants. */
export interface SubmissionHead {
  readonly submissionId: string;
  readonly callId: string;
  /** Organiser of the call, which never changes: whose officers may read. */
  readonly organiser: string;
  readonly category: string;
  /** The version in force when it was last checked. */
  readonly callVersion: number;
  readonly unitId: string;
  readonly status: 'draft' | 'submitted';
  /** Which answers item is current; a withdrawal starts the next one and leaves what was submitted as it was. */
  readonly edition: number;
  /** Moves with every saved change of the answers; the ETag. */
  readonly answersRevision: number;
  /** Moves with every change of answers, attachments, partners, consents or status: a submit is bound to the one it read. */
  readonly contentRevision: number;
  /** Fields with an answer. */
  readonly answered: number;
  /** Attachments that are not removed, whatever their state. */
  readonly attachmentCount: number;
  /** Of a joint application. */
  readonly joint?: JointState | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Of a submitted one, with its receipt, the digest of its answers and the codes of the nodes it counts under. */
  readonly submittedAt?: string | undefined;
  readonly receiptNo?: string | undefined;
  readonly answersDigest?: string | undefined;
  readonly countedIn?: readonly string[] | undefined;
  /** Of a submitted one that counts against the limits of its partners too. */
  readonly partnersCounted?: true | undefined;
  /** Of a submitted one: when malware was first found in one of its files. */
  readonly malwareFoundAt?: string | undefined;
  /** Of one whose answers, files and their names are deleted, since their time has passed. */
  readonly erasedAt?: string | undefined;
  /** Of a draft: its last saves, which the history has not got yet. The next other change takes them along. */
  readonly saves?: readonly KeptSave[] | undefined;
}

/** What the history tells of a save. */
export interface KeptSave {
  /** The content's revision that it led to. */
  readonly revision: number;
  /** An instant. */
  readonly at: string;
  /** Subject of the applicant. */
  readonly by: string;
  readonly answersRevision: number;
  readonly answered: number;
  /** Of the call, that it was checked against. */
  readonly version: number;
}

/** All that a refused late submit leaves behind. */
export interface LateAttempts {
  readonly first: string;
  readonly last: string;
  readonly count: number;
  /** ms that the last one came after the deadline in force then; absent of what was kept before this was. */
  readonly howLate?: number | undefined;
}

/** Of which submission. */
export interface LateSubmission extends LateAttempts {
  readonly submissionId: string;
  readonly unitId: string;
  readonly category: string;
  readonly howLate: number;
}

/** A unit that applies together with the lead. */
export interface Partner {
  readonly unitId: string;
  /** As it was when it was named. */
  readonly name: string;
  /** Instant; absent while its consent is awaited. */
  readonly consentedAt?: string | undefined;
}

export interface Submission {
  readonly head: SubmissionHead;
  readonly answers: Answers;
  readonly attachments: readonly Attachment[];
  readonly partners: readonly Partner[];
  readonly late?: LateAttempts | undefined;
}
