/** Everything of one submission. */
export const submissionObjectPrefix = (submissionId: string): string => `submissions/${submissionId}/`;

/** Keys are made of ids alone: names are people's, and may hold anything. */
export const attachmentObjectKey = (submissionId: string, attachmentId: string): string =>
  `${submissionObjectPrefix(submissionId)}${attachmentId}`;

const KEY = /^submissions\/([0-9a-z]{26})\/([0-9a-z]{26})$/;

/** The ids in a key; undefined for a key that is none of ours. */
export const parseAttachmentObjectKey = (key: string): { submissionId: string; attachmentId: string } | undefined => {
  const [, submissionId, attachmentId] = KEY.exec(key) ?? [];
  return submissionId === undefined || attachmentId === undefined ? undefined : { submissionId, attachmentId };
};
