/** `npm run -s token -- NAME`: prints an access token of a demo user of the running stack, and nothing else. */
import { CannotStart } from './cannot-start.ts';
import { fetchAccessToken } from './identity/fetch-access-token.ts';
import { runAsProgram } from './run-as-program.ts';
import { DEMO_MEMBERS } from './seed/demo-people.ts';
import { readSettings } from './settings.ts';
import { readStackRecord } from './stack/stack-file.ts';

await runAsProgram(async () => {
  const names = DEMO_MEMBERS.map(({ name }) => name);
  const [name] = process.argv.slice(2);
  if (name === undefined || !names.includes(name))
    throw new CannotStart(`Name one of the demo users: ${names.join(', ')}.`);
  const { dataDir } = readSettings(process.env);
  const record = readStackRecord(dataDir);
  if (!record) throw new CannotStart(`No stack has been started in ${dataDir}: run npm start first.`);
  const token = await fetchAccessToken(record.issuer, name).catch((cause: Error) => {
    throw new CannotStart(cause.message, { cause });
  });
  process.stdout.write(`${token}\n`);
});
