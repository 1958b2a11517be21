import { vi } from 'vitest';

/** Gives functions that are loaded from now on this environment: what has read another one is loaded anew. */
export const stubEnvironment = (environment: Readonly<Record<string, string | undefined>>): void => {
  for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value);
  vi.resetModules();
};

/** Forgets the environment, and the modules that have read it: files share a worker's modules. */
export const forgetEnvironment = (): void => {
  vi.unstubAllEnvs();
  vi.resetModules();
};
