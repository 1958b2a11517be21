/** `npm start`: the whole system on this machine, with the Changde call open. */
import { CannotStart } from './cannot-start.ts';
import { nextSteps } from './next-steps.ts';
import { runAsProgram } from './run-as-program.ts';
import { EXAMPLE_CALL_ID } from './seed/example-call.ts';
import { readSettings } from './settings.ts';
import { type Stack, startStack } from './start-stack.ts';
import { stopOnSignals } from './stop-on-signals.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const describeCall = ({ call }: Stack, callCloses: string | undefined): void => {
  say(`Call ${EXAMPLE_CALL_ID}: ${call.status}, deadline ${call.closesText} (${call.closesAt})`);
  if (call.isNew) return;
  const afresh = 'To start afresh: FRESH=1 npm start, or delete the data directory.';
  if (callCloses !== undefined) say(`It was there already, so CALL_CLOSES changed nothing. ${afresh}`);
  else if (call.status === 'closed' || call.status === 'sealed') say(`Its deadline has passed. ${afresh}`);
};

await runAsProgram(async () => {
  const settings = readSettings(process.env);
  const { callCloses } = settings;
  if (callCloses !== undefined && Date.parse(callCloses) <= Date.now())
    throw new CannotStart(`CALL_CLOSES is ${callCloses}, which has passed: give an instant to come.`);
  say('Starting; after a change of the sources that takes up to a minute, since the functions are bundled anew.');
  const starting = startStack(settings);
  stopOnSignals(async () => (await starting).stop());
  const stack = await starting;
  describeCall(stack, callCloses);
  say(nextSteps(stack.record));
  say(`ready ${stack.url}`);
});
