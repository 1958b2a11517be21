import fc from 'fast-check';
import { stringify } from 'yaml';
import { writtenCall } from '#test/unit/calls/read-call.ts';

const CHANGDE = writtenCall('changde-2022');

type Holder = unknown[] | Record<string, unknown>;
interface Slot {
  readonly holder: Holder;
  readonly step: string | number;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every key and every item of a value. */
const slotsOf = (value: unknown): Slot[] => {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, step) => [{ holder: value, step }, ...slotsOf(item)]);
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([step, inner]) => [{ holder: value, step }, ...slotsOf(inner)]);
};

const remove = ({ holder, step }: Slot): void => {
  if (Array.isArray(holder)) holder.splice(Number(step), 1);
  else delete holder[step];
};

const replace = ({ holder, step }: Slot, value: unknown): void => {
  Reflect.set(holder, step, value);
};

const rename = (slot: Slot, key: string): void => {
  if (Array.isArray(slot.holder)) return;
  const value = slot.holder[slot.step];
  remove(slot);
  slot.holder[key] = value;
};

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0.5, 1e9, '', 'nonsense', '字'.repeat(30_000), [], {}, [null], [{}]),
  fc.constantFrom<unknown>({ kind: 'range', min: '9', max: '1', unit: '元' }, { categories: [{}] }),
);
/** Which of a value's parts, counted round: evenly, as most parts lie far down. */
const anywhere = fc.noBias(fc.nat(999_999));
const blow = fc.oneof(
  fc.record({ at: anywhere, how: fc.constant('remove' as const) }),
  fc.record({ at: anywhere, how: fc.constant('replace' as const), value: junk }),
  fc.record({
    at: anywhere,
    how: fc.constant('rename' as const),
    key: fc.constantFrom('titel', 'unknownKey', `long${'x'.repeat(100)}`, '标题'),
  }),
);

const writers: readonly ((value: unknown) => string)[] = [
  (value) => stringify(value),
  (value) => `# 注释\n---\n${stringify(value, { collectionStyle: 'flow' })}`,
  (value) => stringify(value).replaceAll('\n', '\r\n'),
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, '\t'),
];

/** The Changde call with up to so many of its parts removed, renamed or replaced by what does not belong there. */
export const brokenDefinition = (most: number) =>
  fc.array(blow, { minLength: 1, maxLength: most }).map((blows): unknown => {
    const value = structuredClone(CHANGDE);
    for (const each of blows) {
      const slots = slotsOf(value);
      const slot = slots[each.at % slots.length];
      if (slot === undefined) continue;
      if (each.how === 'remove') remove(slot);
      else if (each.how === 'rename') rename(slot, each.key);
      else replace(slot, structuredClone(each.value));
    }
    return value;
  });

/** The same as YAML and as JSON of several hands. */
export const brokenText = fc
  .record({ value: brokenDefinition(6), write: fc.constantFrom(...writers) })
  .map(({ value, write }) => write(value));
