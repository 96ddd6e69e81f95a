// A Eureka server over real HTTP(S): it serves a FakeEurekaRegistry under /eureka and misbehaves as a test tells it to.
import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { FakeEurekaRegistry } from './fake-eureka-registry.ts';

export type Behaviour =
  | { readonly kind: 'serve'; readonly gzip?: boolean }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: string | Buffer;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Accepts the request and says nothing. */
  | { readonly kind: 'hang' }
  /** Sends the headers and the first bytes, then nothing more. */
  | { readonly kind: 'trickle' }
  /** Sends half of the right body and ends the connection. */
  | { readonly kind: 'half'; readonly gzip?: boolean };

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export class FakeEureka {
  readonly registry = new FakeEurekaRegistry();
  readonly requests: SeenRequest[] = [];
  behave: (request: SeenRequest) => Behaviour = () => ({ kind: 'serve' });
  /** Base URL, as applications configure it. */
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, scheme: string) {
    this.#server = server;
    this.url = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/eureka`;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response));
  }

  static async start(tls?: ServerOptions): Promise<FakeEureka> {
    const server = tls === undefined ? createServer() : createTlsServer(tls);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FakeEureka(server, tls === undefined ? 'http' : 'https');
  }

  /** Paths asked for so far, without the context path. */
  get paths(): readonly string[] {
    return this.requests.map(({ path }) => path.replace('/eureka/', ''));
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const request = { path: url, headers };
    this.requests.push(request);
    const behaviour = this.behave(request);
    switch (behaviour.kind) {
      case 'hang':
        return;
      case 'answer':
        response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body ?? '');
        return;
      case 'trickle':
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"applications":');
        return;
      case 'half':
      case 'serve':
        this.#serve(url, behaviour, response);
    }
  }

  #serve(
    url: string,
    behaviour: { readonly kind: 'serve' | 'half'; readonly gzip?: boolean },
    response: ServerResponse,
  ): void {
    const document = this.#document(new URL(url, 'http://fake').pathname);
    if (document === undefined) {
      response.writeHead(404).end();
      return;
    }
    const plain = Buffer.from(JSON.stringify(document));
    const body = behaviour.gzip === true ? gzipSync(plain) : plain;
    const encoding = behaviour.gzip === true ? { 'content-encoding': 'gzip' } : {};
    const headers = { 'content-type': 'application/json', 'content-length': String(body.length), ...encoding };
    response.writeHead(200, headers);
    if (behaviour.kind === 'serve') response.end(body);
    else response.write(body.subarray(0, body.length >> 1), () => response.destroy());
  }

  #document(path: string): unknown {
    if (path === '/eureka/apps') return this.registry.full();
    if (path === '/eureka/apps/delta') return this.registry.delta();
    const application = /^\/eureka\/apps\/([^/]+)$/.exec(path)?.[1];
    return application === undefined ? undefined : this.registry.application(decodeURIComponent(application));
  }
}
