import { CannotStart } from './cannot-start.ts';
import { runAsProgram } from './run-as-program.ts';

/** As of linters: 1 says that what was checked does not hold, 2 that it was not read at all. */
const NOT_READ = 2;

/** Runs a program that checks files: prints what `check` finds in those of the command line, and ends with its exit code. */
export const runCheckingProgram = (
  check: (args: string[]) => { readonly lines: readonly string[]; readonly exitCode: number },
): Promise<void> =>
  runAsProgram(async () => {
    try {
      const { lines, exitCode } = check(process.argv.slice(2));
      process.stdout.write(`${lines.join('\n')}\n`);
      process.exitCode = exitCode;
    } catch (error) {
      if (!(error instanceof CannotStart)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = NOT_READ;
    }
  });
