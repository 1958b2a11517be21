/** `npm run verify-receipt FILE …`: whether a receipt is genuine and in the seal of its call, without asking anybody. */
import { CannotStart } from '../local/cannot-start.ts';
import { runAsProgram } from '../local/run-as-program.ts';
import { runVerifyReceipt } from './run-verify-receipt.ts';

/** 1 says that something does not hold, 2 that a file was not read at all. */
const NOT_READ = 2;

await runAsProgram(async () => {
  try {
    const { lines, exitCode } = runVerifyReceipt(process.argv.slice(2));
    process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = exitCode;
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = NOT_READ;
  }
});
