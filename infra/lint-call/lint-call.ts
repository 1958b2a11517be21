/** `npm run lint-call FILE`: what a PUT of this definition would find, before anybody sends it. */
import { CannotStart } from '../local/cannot-start.ts';
import { runAsProgram } from '../local/run-as-program.ts';
import { runLintCall } from './run-lint-call.ts';

/** As of other linters: 1 says that the file has errors, 2 that it was not read at all. */
const NOT_READ = 2;

await runAsProgram(async () => {
  try {
    const { lines, exitCode } = runLintCall(process.argv.slice(2));
    process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = exitCode;
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = NOT_READ;
  }
});
