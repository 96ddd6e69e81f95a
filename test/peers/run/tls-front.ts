// Stands before a server as a load balancer that ends TLS does, and shows whatever certificate a test gives it.
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { Issued } from '../../fakes/authority.ts';
import type { Teardown } from './teardown.ts';

export class TlsFront {
  readonly port: number;
  readonly #show: (certificate: Issued) => void;
  readonly #connections: Set<Socket>;

  private constructor(port: number, show: (certificate: Issued) => void, connections: Set<Socket>) {
    this.port = port;
    this.#show = show;
    this.#connections = connections;
  }

  static async start(teardown: Teardown, targetPort: number, { cert, key }: Issued): Promise<TlsFront> {
    const connections = new Set<Socket>();
    const server = createServer({ cert, key }, (client) => {
      const onward = connect(targetPort, '127.0.0.1');
      for (const [socket, other] of [
        [client, onward],
        [onward, client],
      ] as const) {
        connections.add(socket);
        // A side that fails says so by its end, which the other side is told.
        socket.on('error', () => undefined);
        socket.once('close', () => {
          connections.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    // Clients that do not trust it are the business of the test.
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const show = (certificate: Issued) => server.setSecureContext({ cert: certificate.cert, key: certificate.key });
    const front = new TlsFront((server.address() as AddressInfo).port, show, connections);
    teardown.add('what ends TLS', () => {
      server.close();
      front.cut();
    });
    return front;
  }

  /** To everybody, from now on: connections of before are ended. */
  show(certificate: Issued): void {
    this.#show(certificate);
    this.cut();
  }

  /** Ends every connection at once. */
  cut(): void {
    for (const socket of this.#connections) socket.destroy();
  }
}
