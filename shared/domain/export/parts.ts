/** What a part of an archive holds at most: it is made anew where making it broke off, and unpacked by a person. */
export const MOST_SUBMISSIONS = 500;
export const MOST_BYTES = 1024 ** 3;

/** A submission as the plan looks at it: its id and the bytes of its attachments. */
export interface Planned {
  readonly submissionId: string;
  readonly bytes: number;
}

/**
 * Puts submissions into parts in their order: a part is closed when the next one would make it too many or too large, so one whose attachments are larger than
 * a part is a part of its own. Nothing but the part being filled is held.
 */
export const partsOf = () => {
  let ids: string[] = [];
  let total = 0;
  const close = (): string[] => {
    const closed = ids;
    ids = [];
    total = 0;
    return closed;
  };
  return {
    /** @returns the part that this submission closes, without it */
    add({ submissionId, bytes }: Planned): string[] | undefined {
      const isFull = ids.length > 0 && (ids.length >= MOST_SUBMISSIONS || total + bytes > MOST_BYTES);
      const closed = isFull ? close() : undefined;
      ids.push(submissionId);
      total += bytes;
      return closed;
    },
    /** @returns the last part, where there is one */
    end: (): string[] | undefined => (ids.length === 0 ? undefined : close()),
  };
};
