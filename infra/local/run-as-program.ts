import { CannotStart } from './cannot-start.ts';

/** The major version of Lambda's nodejs24.x. */
const NODE_MAJOR = 24;

const requireNode = (): void => {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) !== NODE_MAJOR)
    throw new CannotStart(
      `This is Node ${node}, and Lambda runs Node ${NODE_MAJOR}: run it by npm (npm start), which takes the Node ${NODE_MAJOR} that npm ci installed.`,
    );
};

/** Runs a program's main part; what its user can put right is said in one line, without a stack trace. */
export const runAsProgram = async (main: () => Promise<void>): Promise<void> => {
  try {
    requireNode();
    await main();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof CannotStart) process.stderr.write(`${error.message}\n`);
    else console.error(error);
  }
};
