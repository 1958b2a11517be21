/** `npm run verify-receipt FILE …`: whether a receipt is genuine and in the seal of its call, without asking anybody. */
import { runCheckingProgram } from '../local/run-checking-program.ts';
import { runVerifyReceipt } from './run-verify-receipt.ts';

await runCheckingProgram(runVerifyReceipt);
