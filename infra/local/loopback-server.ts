import type { Server } from 'node:http';
import { CannotStart } from './cannot-start.ts';

/** How long a request under way may go on once the server is told to close, in ms. */
const CLOSE_GRACE = 5_000;

/**
 * Listens on 127.0.0.1 only: a local stack must never be reachable from the network.
 * @param port the port, 0 for any free one
 * @returns the port listened on
 * @throws CannotStart that names the port when it is taken
 */
export const listenOnLoopback = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = `Port ${port} on 127.0.0.1 is taken: stop the program that uses it, or choose another port.`;
      reject(cause.code === 'EADDRINUSE' ? new CannotStart(taken, { cause }) : cause);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/**
 * Stops accepting, drops idle keep-alive sockets at once and gives requests under way five seconds to finish.
 * May be called again.
 */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!server.listening) {
      resolve();
      return;
    }
    const cutOff = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE);
    // A keep-alive socket that becomes idle after close() would otherwise stay until the client lets go of it.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close((error) => {
      clearTimeout(cutOff);
      clearInterval(sweep);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
