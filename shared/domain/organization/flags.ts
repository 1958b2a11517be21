import { Key } from '#shared/domain/form/key.ts';

/** What notices ask of a unit's record again and again, by key, and the words for it. An organiser may use keys of its own besides. */
const KNOWN_FLAGS: Readonly<Record<string, string>> = {
  hasPartyBranch: '建有党组织',
  canIssueInvoices: '能开具税务发票',
  annualMeetingFiveYears: '连续五年以上举办学术年会',
};

/** The key of a flag that a roster names by its key or its words. */
export const flagKey = (name: string): string =>
  Object.entries(KNOWN_FLAGS).find(([, title]) => title === name)?.[0] ?? name;

/** The words for a flag; its key where it is an organiser's own. */
export const flagWords = (key: string): string => (Object.hasOwn(KNOWN_FLAGS, key) ? (KNOWN_FLAGS[key] ?? key) : key);

export const isFlagKey = (text: string): boolean => Key.safeParse(text).success;
