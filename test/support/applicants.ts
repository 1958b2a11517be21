import { type Applicant, withoutRecord } from '#shared/domain/eligibility/applicant.ts';

/** A unit whose record says nothing but what is given. */
export const applicant = (record: Partial<Applicant> = {}): Applicant => ({ ...withoutRecord('unit-1'), ...record });
