/**
 * `npm run demo`: a fresh stack on free ports plays the whole path, told in plain sentences. With `-- --until-recorded` it also waits out the drain of
 * 120 s, until the scheduled function has recorded the close.
 */
import { parseArgs } from 'node:util';
import { actor } from './demo/actor.ts';
import { createNarrator } from './demo/narrator.ts';
import { attach, type Cast, fillIn, leaveDraft, pass, publish, record, showCall, submit } from './demo/play.ts';
import { runAsProgram } from './run-as-program.ts';
import { startStack } from './start-stack.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** From publication to the deadline, in ms: the scenes before it take some ten seconds on a small machine. */
const CALL_LASTS = 60_000;

await runAsProgram(async () => {
  const narrator = createNarrator();
  const { values } = parseArgs({ options: { 'until-recorded': { type: 'boolean', default: false } } });
  const untilRecorded = values['until-recorded'];
  process.stdout.write(`申报系统演示：从发布通知到截止，约${untilRecorded ? '四' : '两'}分钟。\n`);
  const starting = startStack({ callLasts: CALL_LASTS, tickSeconds: 5 });
  stopOnSignals(async () => (await starting).stop());
  const stack = await starting;
  try {
    const cast: Cast = {
      anyone: actor(stack.url),
      officer: actor(stack.url, await stack.token('officer')),
      secretary: actor(stack.url, await stack.token('secretary')),
      otherSecretary: actor(stack.url, await stack.token('secretary-2')),
    };
    const { closesAt } = await showCall(cast, narrator);
    await publish(cast, narrator);
    const submissionId = await fillIn(cast, narrator);
    await attach(cast, narrator, submissionId);
    const receiptNo = await submit(cast, narrator, submissionId);
    const draftId = await leaveDraft(cast, narrator);
    await pass(cast, narrator, { closesAt, draftId, submissionId, receiptNo });
    if (untilRecorded) await record(cast, narrator);
    process.stdout.write('\n演示完毕。\n');
  } finally {
    await stack.stop();
  }
});
