/** What a function's error looks like to who invoked it: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export interface ReportedError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** What a thread is started with. */
export interface ThreadSettings {
  /** The bundle's file, absolute. */
  file: string;
  exportName: string;
  functionName: string;
  functionArn: string;
  memoryMegabytes: number;
}

/** To the thread: one event; the next one only after its answer. */
export interface InvocationRequest {
  requestId: string;
  /** JSON, as Lambda hands events over: nothing but JSON gets through. */
  event: string;
  /** When the function's time is up, in ms. */
  deadline: number;
}

/** From the thread. */
export type ThreadMessage =
  | { kind: 'ready' }
  | { kind: 'initFailed'; error: ReportedError }
  | { kind: 'result'; result: string }
  | { kind: 'failed'; error: ReportedError };
