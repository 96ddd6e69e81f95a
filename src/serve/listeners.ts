// SPDX-License-Identifier: Apache-2.0
// The ports: one in plaintext, or one with TLS and beside it, for the time of a change, a second one in plaintext. Behind all of them is
// the same server.
import { type Server, ServerCredentials } from '@grpc/grpc-js';
import type { Cancel } from '../lib/clock.ts';
import { hostPortText } from '../lib/host-port.ts';
import type { Access } from './access/access.ts';
import { createTlsListener, type TlsListener } from './access/tls-listener.ts';
import type { ServeOptions } from './options.ts';

export interface Listening {
  readonly port: number;
  /** Of the second one, in plaintext. */
  readonly plaintextPort: number | undefined;
}

export class Listeners {
  readonly #server: Server;
  readonly #access: Access;
  readonly #options: ServeOptions;
  #tls: TlsListener | undefined;
  #endFollowing: Cancel = () => {};

  constructor(server: Server, access: Access, options: ServeOptions) {
    this.#server = server;
    this.#access = access;
    this.#options = options;
  }

  /** Rejects when an address cannot be had or a file cannot be used; the error says which and why. */
  async listen(): Promise<Listening> {
    const { address, port, plaintextPort, access } = this.#options;
    this.#endFollowing = await this.#access.open(access);
    if (access.tls === undefined) return { port: await this.#plaintext(address, port), plaintextPort: undefined };
    return {
      port: await this.#encrypted(address, port, access.tls.minVersion),
      plaintextPort: plaintextPort === undefined ? undefined : await this.#plaintext(address, plaintextPort),
    };
  }

  /** Accepts no connection any more; resolves when every stream and connection is gone. */
  stop(): Promise<void> {
    this.#tls?.stopListening();
    return new Promise((resolve, reject) => {
      this.#server.tryShutdown((error) => {
        this.#endFollowing();
        if (error) reject(error);
        else resolve();
      });
    });
  }

  close(): void {
    this.#endFollowing();
    this.#tls?.close();
  }

  #plaintext(host: string, port: number): Promise<number> {
    const address = hostPortText({ host, port });
    return new Promise((resolve, reject) => {
      this.#server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
        if (error) reject(cannotListen(address, reasonOf(error), error));
        else resolve(bound);
      });
    });
  }

  async #encrypted(host: string, port: number, minVersion: '1.2' | '1.3'): Promise<number> {
    const { certificate } = this.#access;
    if (certificate === undefined) throw new Error('there is no certificate to serve with');
    // What comes here is encrypted already.
    const injector = this.#server.createConnectionInjector(ServerCredentials.createInsecure());
    const tls = createTlsListener({
      certificate,
      minVersion,
      onConnection: (connection) => injector.injectConnection(connection),
      onRefused: (peer, why) => this.#access.rejected(peer, 'handshake', why),
    });
    this.#tls = tls;
    this.#access.askWhetherEncrypted((peer) => tls.serves(peer));
    this.#access.onCertificate((renewed) => tls.use(renewed));
    try {
      return await tls.listen(host, port);
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      throw cannotListen(hostPortText({ host, port }), cause.message, cause);
    }
  }
}

function cannotListen(address: string, why: string, cause: Error): Error {
  return new Error(`cannot listen on ${address}: ${why}`, { cause });
}

/** `No address added out of total 1 resolved errors: [listen EADDRINUSE: …]` → `listen EADDRINUSE: …` */
function reasonOf({ message }: Error): string {
  const list = message.indexOf('errors: [');
  return list < 0 ? message : message.slice(list + 'errors: ['.length, -1);
}
