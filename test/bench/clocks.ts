/** What some work took by the clock, and of the processor: the second hardly depends on what else the machine does. */
export interface Taken {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Begins to measure this process, with the threads that compile and collect for it. */
export const startClocks = (): (() => Taken) => {
  const cpu = process.cpuUsage();
  const start = performance.now();
  return () => {
    const wallMs = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    return { wallMs, cpuMs: (user + system) / 1_000 };
  };
};
