// Stands between the bridge and a Eureka server and, on command, behaves as a broken network or a broken server does.
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Teardown } from './teardown.ts';

/** What the server behind it would have answered. */
export interface TrueAnswer {
  readonly status: number;
  /** Without any encoding. */
  readonly body: string;
}

/** Answers a request in its own way, or not at all. `ask` asks the server behind the proxy. */
export type Misbehaviour = (outgoing: ServerResponse, ask: () => Promise<TrueAnswer>) => void;

/** `pass`: as if it were not there. `refuse`: 503 to everything. `swallow`: connections open, requests never answered. */
export type FaultMode = 'pass' | 'refuse' | 'swallow' | Misbehaviour;

export class FaultProxy {
  readonly port: number;
  #mode: FaultMode = 'pass';

  private constructor(port: number) {
    this.port = port;
  }

  static async start(teardown: Teardown, targetPort: number): Promise<FaultProxy> {
    const server = createServer((incoming, outgoing) => proxy.#handle(incoming, outgoing, targetPort));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy: FaultProxy = new FaultProxy((server.address() as AddressInfo).port);
    teardown.add('the fault proxy', () => {
      server.close();
      server.closeAllConnections();
    });
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/eureka`;
  }

  setMode(mode: FaultMode): void {
    this.#mode = mode;
  }

  #handle(incoming: IncomingMessage, outgoing: ServerResponse, targetPort: number): void {
    if (this.#mode === 'swallow') return;
    if (this.#mode === 'refuse') {
      outgoing.writeHead(503, { 'content-type': 'text/html' }).end('<html>Service Unavailable</html>');
      return;
    }
    const { method, url, headers } = incoming;
    if (this.#mode !== 'pass') {
      this.#mode(outgoing, () => trueAnswer(`http://127.0.0.1:${targetPort}${url}`));
      return;
    }
    const onward = request({ host: '127.0.0.1', port: targetPort, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }
}

async function trueAnswer(url: string): Promise<TrueAnswer> {
  const answer = await fetch(url, { headers: { accept: 'application/json', 'accept-encoding': 'identity' } });
  return { status: answer.status, body: await answer.text() };
}
