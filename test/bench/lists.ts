import type { Report } from './figure.ts';
import { startOwnStores } from './flow-stores.ts';
import { grownLists, measureListPages, type PageCost } from './list-pages.ts';

/** Submissions of the call; LIST_SIZES=1000,5000 for a short run. */
const SIZES = (process.env.LIST_SIZES ?? '1000,10000,100000')
  .split(',')
  .map(Number)
  .sort((one, other) => one - other);

const LIMIT = 20;

/**
 * What a page of each list costs in calls of different sizes: as much in each.
 * @throws Error where a page costs more in a larger call, when all is reported
 */
export const benchLists = async (report: Report): Promise<void> => {
  const measured: Readonly<Record<string, PageCost>>[] = [];
  for (const count of SIZES) {
    const stores = await startOwnStores();
    try {
      const costs = await measureListPages(stores, stores.observer, { count, limit: LIMIT });
      measured.push(costs);
      report({
        name: `lists-${count}`,
        value: Object.fromEntries(Object.entries(costs).map(([list, { rru }]) => [list, rru])),
        unit: `read units of a page of ${LIMIT}, the dearest of the first three`,
        n: 1,
        against: `counted from the requests sent, by the published rules; ${count} submissions, half of them drafts, ten of a unit; late attempts of a tenth, and a hundredth as many extensions, changes of the call and other calls`,
        aim: 'the same in each call, but for 3 read units',
        detail: Object.fromEntries(Object.entries(costs).map(([list, { items }]) => [list, { items }])),
      });
    } finally {
      await stores.stop();
    }
  }
  const [smallest = {}, ...larger] = measured;
  const grown = larger.flatMap((costs) => grownLists(smallest, costs));
  if (grown.length > 0) throw new Error(`Pages cost more in larger calls: ${grown.join('; ')}`);
};
