import { createServer } from 'node:net';
import { CannotStart } from './cannot-start.ts';

/**
 * A port that is free on every interface: DynamoDB Local binds them all, and cannot be told to choose one itself.
 * @param port the port wanted, 0 for any
 * @throws CannotStart when the wanted port is taken or not allowed
 */
export const choosePort = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new CannotStart(
          `Port ${port} cannot be used (${cause.code}): stop the program that uses it, or choose another port.`,
          {
            cause,
          },
        ),
      ),
    );
    probe.listen({ port, exclusive: true }, () => {
      const address = probe.address();
      const chosen = typeof address === 'object' && address !== null ? address.port : port;
      probe.close(() => resolve(chosen));
    });
  });
