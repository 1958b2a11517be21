/** `npm run lint-call FILE`: what a PUT of this definition would find, before anybody sends it. */
import { runCheckingProgram } from '../local/run-checking-program.ts';
import { runLintCall } from './run-lint-call.ts';

await runCheckingProgram(runLintCall);
