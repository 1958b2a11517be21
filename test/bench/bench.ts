/** `npm run bench`, or `npm run bench -- NAME …`: every figure as a line of JSON. README.md says what each one means. */
import type { Report } from './figure.ts';

// Before anything reads it: the functions' own log lines are no figures.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

const BENCHES: Readonly<Record<string, () => Promise<(report: Report) => Promise<void>>>> = {
  'submit-cost': async () => (await import('./submit-cost.ts')).benchSubmitCost,
  bill: async () => (await import('./bill.ts')).benchBill,
  'idle-month': async () => (await import('./idle-month.ts')).benchIdleMonth,
  lists: async () => (await import('./lists.ts')).benchLists,
  cold: async () => (await import('./cold.ts')).benchCold,
  'cold-functions': async () => (await import('./cold-functions.ts')).benchColdFunctions,
  forms: async () => (await import('./forms.ts')).benchForms,
  bundles: async () => (await import('./bench-bundles.ts')).benchBundles,
  export: async () => (await import('./export.ts')).benchExport,
  seal: async () => (await import('./seal.ts')).benchSeal,
  rush: async () => (await import('./rush.ts')).benchRush,
  'last-hour': async () => (await import('./last-hour.ts')).benchLastHour,
  'hot-keys': async () => (await import('./hot-keys.ts')).benchHotKeys,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(
    `There is no bench named ${unknown.join(' or ')}: choose among ${Object.keys(BENCHES).join(', ')}.\n`,
  );
  process.exit(2);
}

for (const [name, load] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const bench = await load();
  await bench((figure) => process.stdout.write(`${JSON.stringify(figure)}\n`));
}
