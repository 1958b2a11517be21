/**
 * One execution environment of a function, as a thread: loads the bundle once and answers one event after another.
 * Started by FunctionInstance; its process.env is the function's own.
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { InvocationRequest, ReportedError, ThreadMessage, ThreadSettings } from './function-messages.ts';

const settings: ThreadSettings = workerData;

const send = (message: ThreadMessage): void => parentPort?.postMessage(message);

const report = (error: unknown): ReportedError =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] }
    : { errorType: typeof error, errorMessage: String(error) };

const createContext = ({ requestId, deadline }: InvocationRequest) => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: settings.functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: settings.functionArn,
  memoryLimitInMB: String(settings.memoryMegabytes),
  awsRequestId: requestId,
  logGroupName: `/aws/lambda/${settings.functionName}`,
  logStreamName: 'local',
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

const loadHandler = async (): Promise<(event: unknown, context: unknown) => unknown> => {
  const loaded: Record<string, unknown> = await import(pathToFileURL(settings.file).href);
  const handler = loaded[settings.exportName];
  if (typeof handler !== 'function')
    throw new Error(`${settings.file} exports no function "${settings.exportName}": correct the handler's name.`);
  return (event, context) => handler(event, context);
};

try {
  const handler = await loadHandler();
  parentPort?.on('message', async (request: InvocationRequest) => {
    try {
      const result = await handler(JSON.parse(request.event), createContext(request));
      send({ kind: 'result', result: JSON.stringify(result) ?? 'null' });
    } catch (error) {
      send({ kind: 'failed', error: report(error) });
    }
  });
  send({ kind: 'ready' });
} catch (error) {
  send({ kind: 'initFailed', error: report(error) });
}
