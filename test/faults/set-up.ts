import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { type FaultsWorld, faultsWorld } from './faults-world.ts';

/** Gives a test file its world, from its first test to its last. */
export const setUpFaultsWorld = (): (() => FaultsWorld) => {
  let world: FaultsWorld;
  beforeAll(async () => {
    world = await faultsWorld();
  });
  afterAll(() => world.close());
  beforeEach(() => {
    // Pauses before retries are drawn by it: how long they are is not what is asked here.
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });
  return () => world;
};
