export type Direction = 'read' | 'write';

export interface RoundTrips {
  /** Call it as a request leaves; call what it gives as its reply has come. */
  begin(direction: Direction): () => void;
  all(): number;
  of(direction: Direction): number;
}

/**
 * Counts how often work waits for the network: the longest chain of requests in which each left after the one before was answered. Requests in flight at
 * the same time stand on the same link of the chain, however many they are.
 */
export const roundTrips = (): RoundTrips => {
  const links: Set<Direction>[] = [];
  let answered = 0;
  return {
    begin(direction) {
      const link = answered;
      const directions = links[link] ?? new Set();
      directions.add(direction);
      links[link] = directions;
      return () => {
        answered = Math.max(answered, link + 1);
      };
    },
    all: () => links.length,
    of: (direction) => links.filter((directions) => directions.has(direction)).length,
  };
};
