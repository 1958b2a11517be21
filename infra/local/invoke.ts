/** `npm run -s invoke -- EVENT [--set PATH=VALUE …]`: replays an event through its function's bundle against the running stack, and prints the result as JSON. */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { folderOf, JOB_IDS } from '../functions.ts';
import { CannotStart } from './cannot-start.ts';
import { FunctionError } from './functions/function-error.ts';
import { openFunctionLog } from './functions/function-log.ts';
import { startFunctions } from './functions/start-functions.ts';
import { readEvent, replaceParts } from './invoke/read-event.ts';
import { runAsProgram } from './run-as-program.ts';
import { readSettings } from './settings.ts';
import { ACCOUNT_ID } from './stack/local-account.ts';
import { isServing, readStackRecord, type StackRecord } from './stack/stack-file.ts';
import type { LocalModel } from './template/local-model.ts';
import { readModel } from './template/read-model.ts';
import { synthesize } from './template/synthesize.ts';

const HttpEvent = z.looseObject({ routeKey: z.string(), requestContext: z.looseObject({}) });

const readArguments = (): { name: string; replacements: string[] } => {
  const usage = 'Name an event: npm run -s invoke -- submissions/submit-submission --set pathParameters.submissionId=…';
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { set: { type: 'string', multiple: true, default: [] } },
    });
    const [name] = positionals;
    if (name !== undefined && positionals.length === 1) return { name, replacements: values.set };
  } catch (cause) {
    throw new CannotStart(usage, { cause });
  }
  throw new CannotStart(usage);
};

const findStack = async (): Promise<StackRecord> => {
  const { dataDir } = readSettings(process.env);
  const record = readStackRecord(dataDir);
  if (record !== undefined && (await isServing(record))) return record;
  throw new CannotStart(`No stack runs in ${dataDir}: run npm start first, in another terminal.`);
};

/** A request is received when it is replayed: its recorded time would make it late, or early. */
const receivedNow = (event: unknown): unknown => {
  const http = HttpEvent.safeParse(event).data;
  if (http === undefined) return event;
  return { ...http, requestContext: { ...http.requestContext, timeEpoch: Date.now() } };
};

/** The function behind an HTTP event's route; of any other event the job that its file is named after. */
const findFunction = ({ api, functions }: LocalModel, name: string, event: unknown): string => {
  const http = HttpEvent.safeParse(event).data;
  if (http !== undefined) {
    const route = api.routes.find(({ routeKey }) => routeKey === http.routeKey);
    if (route === undefined) throw new CannotStart(`The API has no route ${http.routeKey}.`);
    return route.functionName;
  }
  const folder = `jobs/${basename(name, '.json')}`;
  const job = JOB_IDS.find((each) => folderOf('jobs', each) === folder);
  // The function is called by its logical id: the construct's name, its own, and a hash.
  const found = functions.find((each) => job !== undefined && each.name.startsWith(`${job}Function`));
  if (found !== undefined) return found.name;
  throw new CannotStart(
    `"${name}" is no request to the API, and not called after a job: ${JOB_IDS.map((each) => folderOf('jobs', each)).join(', ')}.`,
  );
};

await runAsProgram(async () => {
  const { name, replacements } = readArguments();
  const event = replaceParts(receivedNow(readEvent(name)), replacements);
  const stack = await findStack();
  const account = { region: stack.region, accountId: ACCOUNT_ID, apiUrl: stack.url, sqsUrl: stack.sqsUrl };
  const model = readModel(await synthesize(), account);
  const functionName = findFunction(model, name, event);

  const log = openFunctionLog(stack.functionLog, false);
  const functions = startFunctions(model.functions, stack, log);
  try {
    const result = await functions.invoke(functionName, event);
    process.stdout.write(`${JSON.stringify(result ?? null, null, 2)}\n`);
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    throw new CannotStart(`${error.message} (its log: ${stack.functionLog})`, { cause: error });
  } finally {
    await functions.stop();
    await log.close();
  }
});
