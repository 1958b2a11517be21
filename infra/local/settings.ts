import * as z from 'zod';
import { CannotStart } from './cannot-start.ts';

const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4_000),
  DATA_DIR: z.string().min(1).default('.local'),
  FRESH: z.enum(['', '0', '1']).default('0'),
  CALL_CLOSES: z.iso
    .datetime({ offset: true, error: 'give an instant such as 2030-04-01T00:00:00+08:00 or 2030-03-31T16:00:00Z' })
    .transform((text) => new Date(text).toISOString())
    .optional(),
  TICK_SECONDS: z.coerce.number().min(0.1).max(86_400).default(60),
  LOGS: z.enum(['', '0', '1']).default('0'),
});

/** How `npm start` was asked to run. */
export interface LocalSettings {
  port: number;
  dataDir: string;
  fresh: boolean;
  /** ISO instant that stands for the example call's deadline. */
  callCloses?: string;
  tickSeconds: number;
  showLogs: boolean;
}

/** @throws CannotStart that names the variable and what it takes */
export const readSettings = (environment: Record<string, string | undefined>): LocalSettings => {
  const parsed = Settings.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new CannotStart(`The settings cannot be used: ${faults.join('; ')}.`);
  }
  const { PORT, DATA_DIR, FRESH, CALL_CLOSES, TICK_SECONDS, LOGS } = parsed.data;
  return {
    port: PORT,
    dataDir: DATA_DIR,
    fresh: FRESH === '1',
    ...(CALL_CLOSES === undefined ? {} : { callCloses: CALL_CLOSES }),
    tickSeconds: TICK_SECONDS,
    showLogs: LOGS === '1',
  };
};
