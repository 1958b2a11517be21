import * as z from 'zod';

/** Kinds of unit as the notices name them (市级学会, 高校科协, …): free words, matched exactly against a unit's record. */
export const UnitKind = z.string().min(1).max(40);
