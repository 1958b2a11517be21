import { fillWorld } from './world-content.ts';
import { type Stores, startStores } from './world-stores.ts';

/** The fixture world that events/ were recorded in. Call `stop` when done. */
export const startWorld = async (): Promise<Stores> => {
  const stores = await startStores();
  await fillWorld(stores);
  return stores;
};
