import type { Decide } from './facts.ts';

/** Decides nothing: no rule of a definition has been read yet. */
export const undecided: Decide = () => 'undecided';
