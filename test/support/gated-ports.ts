/** Called before and after each call of a port, in the order of the calls: it may wait, and it may throw, as if the process had died there. */
export type Gate = (moment: 'before' | 'after', port: string) => Promise<void>;

/** What gives its lines one by one: each is a call of its own. */
const STREAMS = new Set(['lines', 'entries', 'withdrawn']);

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

async function* streamed(stream: unknown, gate: Gate, name: string): AsyncGenerator<unknown> {
  if (!isStream(stream)) throw new Error(`${name} is no stream`);
  await gate('before', name);
  for await (const item of stream) {
    yield item;
    await gate('before', name);
  }
}

/** A port whose every call passes the gate. */
const gatedPort = <Port extends object>(port: Port, gate: Gate): Port =>
  new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const call = (args: readonly unknown[]): unknown => Reflect.apply(value, target, args);
      if (STREAMS.has(String(name))) return (...args: unknown[]) => streamed(call(args), gate, String(name));
      return async (...args: unknown[]) => {
        await gate('before', String(name));
        const result = await call(args);
        await gate('after', String(name));
        return result;
      };
    },
  });

/** Ports by name, each of them gated. */
export const gatedPorts = <Ports extends Readonly<Record<string, object>>>(ports: Ports, gate: Gate): Ports =>
  new Proxy(ports, {
    get(target, name) {
      const port: unknown = Reflect.get(target, name);
      return typeof port === 'object' && port !== null ? gatedPort(port, gate) : port;
    },
  });
