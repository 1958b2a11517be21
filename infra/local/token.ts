/** `npm run -s token -- NAME [PASSWORD [NEW-PASSWORD]]`: prints an access token of the running stack, and nothing else. */
import { CannotStart } from './cannot-start.ts';
import { fetchAccessToken } from './identity/fetch-access-token.ts';
import { signInByPassword } from './identity/sign-in-by-password.ts';
import { runAsProgram } from './run-as-program.ts';
import { DEMO_MEMBERS } from './seed/demo-people.ts';
import { readSettings } from './settings.ts';
import { readStackRecord } from './stack/stack-file.ts';

await runAsProgram(async () => {
  const names = DEMO_MEMBERS.map(({ name }) => name);
  const [name, password, newPassword] = process.argv.slice(2);
  if (name === undefined || (password === undefined && !names.includes(name)))
    throw new CannotStart(
      `Name one of the demo users: ${names.join(', ')}; anybody else with a password: NAME PASSWORD, and at the first sign-in NAME PASSWORD NEW-PASSWORD.`,
    );
  const { dataDir } = readSettings(process.env);
  const record = readStackRecord(dataDir);
  if (!record) throw new CannotStart(`No stack has been started in ${dataDir}: run npm start first.`);
  const asking =
    password === undefined
      ? fetchAccessToken(record.issuer, name)
      : signInByPassword(record, { name, password, newPassword });
  const token = await asking.catch((cause: Error) => {
    throw new CannotStart(cause.message, { cause });
  });
  process.stdout.write(`${token}\n`);
});
