import { spawnSync } from 'node:child_process';
import { CannotStart } from '../cannot-start.ts';

/** DynamoDB Local 3 is compiled for Java 17. */
const OLDEST_JAVA = 17;

const REMEDY = `install Java ${OLDEST_JAVA} or newer (for example "apt install openjdk-17-jre-headless" or "brew install openjdk@17") and put it on the PATH`;

/** @throws CannotStart when `java` is missing from the PATH or older than 17 */
export const requireJava = (): void => {
  // macOS has a stub that only says where to get a Java: it exits with 1.
  const { status, stderr, stdout } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (status !== 0) throw new CannotStart(`DynamoDB Local needs Java, and none was found: ${REMEDY}.`);
  const version = /version "(?:1\.)?(\d+)/.exec(`${stderr}${stdout}`)?.[1];
  if (version !== undefined && Number(version) < OLDEST_JAVA)
    throw new CannotStart(`DynamoDB Local needs Java ${OLDEST_JAVA}, and this is Java ${version}: ${REMEDY}.`);
};
