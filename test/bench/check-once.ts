/** A process of its own that meets a stored form for the first time, and says what reading it and checking answers took, and once more for the next form. Argument: `table` or nothing. */
import { parseForm } from '#shared/data/call-parts.ts';
import { packText } from '#shared/data/packed-json.ts';
import { checkSixty } from './check-sixty.ts';
import { startClocks, type Taken } from './clocks.ts';
import { sixtyAnswers, sixtyFields } from './sixty-fields.ts';

const table = process.argv[2] === 'table';
const item = { packed: packText(JSON.stringify(sixtyFields({ table }))) };
const answers: unknown = JSON.parse(JSON.stringify(sixtyAnswers({ table })));
// What parses a form is loaded with the first one; here before it, as imports have a figure of their own.
await import('#shared/domain/form/definition.ts');

const checkUnseen = async (): Promise<Taken> => {
  const stop = startClocks();
  const { value: form } = await parseForm(item);
  checkSixty(form, answers);
  return stop();
};

// The second time it is the same definition read anew: unseen to all that remembers forms, though not to the compiler.
process.stdout.write(JSON.stringify({ first: await checkUnseen(), next: await checkUnseen() }));
