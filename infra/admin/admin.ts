/** `npm run admin -- COMMAND`: first organisations, officers and applicants, on AWS with the deployer's credentials or on the local stack. */
import { CannotStart } from '../local/cannot-start.ts';
import { runAsProgram } from '../local/run-as-program.ts';
import { adminTarget } from './admin-target.ts';
import { runAdmin } from './run-admin.ts';

/** What AWS, the network or a missing login says is for the caller to put right; one line tells it. */
const unreachable = (cause: unknown): CannotStart =>
  new CannotStart(`The tables cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });

await runAsProgram(async () => {
  const lines = await runAdmin(process.argv.slice(2), adminTarget).catch((error: unknown) => {
    throw error instanceof CannotStart ? error : unreachable(error);
  });
  for (const line of lines) process.stdout.write(`${line}\n`);
});
