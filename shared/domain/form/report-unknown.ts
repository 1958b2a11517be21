import { at, shownKey } from '#shared/domain/fault.ts';
import type { FaultList } from '#shared/domain/fault-list.ts';
import type { JsonObject } from '#shared/domain/json-object.ts';

/** Reports the keys of an object that nothing asked for; `path` is where the object lies. */
export const reportUnknown = (
  sent: JsonObject,
  isKnown: (key: string) => boolean,
  path: string,
  faults: FaultList,
): void => {
  for (const key of Object.keys(sent)) {
    if (faults.isFull) return;
    if (!isKnown(key)) faults.add({ path: at(path, shownKey(key)), code: 'UNKNOWN' });
  }
};
