import * as z from 'zod';

/** A bare date (the end of that day for a deadline, its start for an opening), or an instant with offset or Z. */
export const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
