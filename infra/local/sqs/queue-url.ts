import { ACCOUNT_ID } from '../stack/local-account.ts';

/** A queue's URL on this machine. */
export const queueUrl = (sqsUrl: string, name: string): string => `${sqsUrl}/${ACCOUNT_ID}/${name}`;
