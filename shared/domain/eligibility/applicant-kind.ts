import type { Category } from '#shared/domain/call/definition.ts';
import type { Fault } from '#shared/domain/fault.ts';

/** Whether a unit of these kinds may apply in a category: its kinds are matched exactly against the notice's words. */
export const applicantFaults = (category: Category, unitKinds: readonly string[]): readonly Fault[] => {
  if (category.applicants.some((kind) => unitKinds.includes(kind))) return [];
  return [
    {
      path: 'unitId',
      code: 'APPLICANT_KIND',
      params: { expected: category.applicants.join('、') },
      ...(category.clause === undefined ? {} : { clause: category.clause }),
    },
  ];
};
