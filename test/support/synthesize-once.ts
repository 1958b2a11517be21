import { synthesize } from '#infra/local/template/synthesize.ts';

/** Once, before several stacks start at the same time and each would bundle every function for itself. */
export const setup = async (): Promise<void> => {
  await synthesize();
};
