import { at, type Fault } from '#shared/domain/fault.ts';
import { duplicates } from './duplicates.ts';
import type { Joint } from './joint.ts';

/** What is wrong with what a call or a category says of joint applications. */
export const jointFaults = (joint: Joint | undefined, path: string): Fault[] => {
  if (joint?.allowed !== true) return [];
  const { minPartners, maxPartners, partners = [] } = joint;
  return [
    ...(minPartners > maxPartners ? [{ path: at(path, 'minPartners'), code: 'MINIMUM_ABOVE_MAXIMUM' as const }] : []),
    ...duplicates(partners.map((key, index) => ({ path: at(path, 'partners', index), key }))),
  ];
};
