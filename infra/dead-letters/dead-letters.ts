/** `npm run dead-letters -- COMMAND`: what jobs gave up, listed and tried again, on AWS with the deployer's credentials or on the local stack. */
import { CannotStart } from '../local/cannot-start.ts';
import { runAsProgram } from '../local/run-as-program.ts';
import { runDeadLetters } from './run-dead-letters.ts';
import { deadLettersTarget } from './target.ts';

/** What AWS, the network or a missing login says is for the caller to put right; one line tells it. */
const unreachable = (cause: unknown): CannotStart =>
  new CannotStart(`The queues cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });

await runAsProgram(async () => {
  const lines = await runDeadLetters(process.argv.slice(2), deadLettersTarget).catch((error: unknown) => {
    throw error instanceof CannotStart ? error : unreachable(error);
  });
  for (const line of lines) process.stdout.write(`${line}\n`);
});
