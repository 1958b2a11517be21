import type { ReportedError } from './function-messages.ts';

/** A function failed, ran out of time or did not load: what Lambda answers with the header X-Amz-Function-Error. */
export class FunctionError extends Error {
  override name = 'FunctionError';
  readonly reported: ReportedError;

  constructor(functionName: string, reported: ReportedError) {
    super(`${functionName}: ${reported.errorType}: ${reported.errorMessage}`);
    this.reported = reported;
  }
}
