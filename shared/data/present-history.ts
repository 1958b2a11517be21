import { type ActingPerson, actingPerson } from '#shared/domain/history/actors.ts';
import type { PresentedActor, ToldEntry } from '#shared/domain/history/present.ts';
import type { ActorNames } from './actor-names.ts';
import type { RecordedEntry } from './history-items.ts';

/** Whose a history is, and whom the reader may know: the people of these organisations, or all. */
interface Reading {
  readonly organiser: string;
  readonly unitId?: string;
  readonly knows: (organizationId: string) => boolean;
}

/** Entries of a history with who they are by, in the reader's eyes: of other organisations' people only whom they acted for. */
export const withActors = async (
  names: ActorNames,
  entries: readonly RecordedEntry[],
  { knows, ...belonging }: Reading,
): Promise<readonly ToldEntry[]> => {
  const people = entries.map((entry) => actingPerson(entry, belonging));
  const known = people.flatMap((person) => (person !== undefined && knows(person.organizationId) ? person : []));
  const nameOf = await names.of(known);
  const present = (person: ActingPerson): PresentedActor => {
    const { subject, organizationId } = person;
    if (!knows(organizationId)) return { organizationId };
    const name = nameOf(person);
    return { organizationId, subject, ...(name === undefined ? {} : { name }) };
  };
  return entries.map((entry, place) => {
    const person = people[place];
    return person === undefined ? { entry } : { entry, by: present(person) };
  });
};
