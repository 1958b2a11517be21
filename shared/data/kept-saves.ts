import * as z from 'zod';
import type { KeptSave } from '#shared/domain/submission/submission.ts';

/** Saves in one head at most: with them it stays within the kilobyte that a write unit pays for. */
export const MOST_KEPT_SAVES = 4;

const Stored = z.tuple([z.int(), z.string(), z.string(), z.int(), z.int(), z.int()]);

/** A save as heads and entries carry it: a JSON list, since names would be most of it. */
const packSave = ({ revision, at, by, answersRevision, answered, version }: KeptSave): string =>
  JSON.stringify([revision, at, by, answersRevision, answered, version]);

/** Reads what `packSave` wrote. */
export const PackedSave = z.string().transform((text): KeptSave => {
  const [revision, at, by, answersRevision, answered, version] = Stored.parse(JSON.parse(text));
  return { revision, at, by, answersRevision, answered, version };
});

/** An item's attribute: nothing where there are none. */
export const savesAttribute = (saves: readonly KeptSave[] = []): { saves?: string[] } =>
  saves.length === 0 ? {} : { saves: saves.map(packSave) };
