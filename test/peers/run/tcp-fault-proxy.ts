// Stands between a client and a server of any protocol over TCP and, on command, behaves as a broken network does.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Teardown } from './teardown.ts';

export type TcpFault =
  | { readonly kind: 'pass' }
  /** Connections open, and nothing comes through in either direction, now or later; not even that one side has gone. */
  | { readonly kind: 'black-hole' }
  /** Every piece arrives so much later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Connections are closed as soon as they open. */
  | { readonly kind: 'refuse' }
  /** What the server says arrives as other bytes. */
  | { readonly kind: 'garble' };

export interface Passed {
  /** Connections are counted from 1. */
  readonly connection: number;
  readonly from: 'client' | 'server';
  readonly bytes: Buffer;
}

export class TcpFaultProxy {
  readonly port: number;
  readonly #pairs = new Set<Pair>();
  readonly #observers: ((passed: Passed) => void)[] = [];
  #fault: TcpFault = { kind: 'pass' };
  #accepted = 0;
  #answerBytesLeft = Number.POSITIVE_INFINITY;
  #targetPort: number;

  private constructor(port: number, targetPort: number) {
    this.port = port;
    this.#targetPort = targetPort;
  }

  static async start(teardown: Teardown, targetPort: number): Promise<TcpFaultProxy> {
    const server = createServer((client) => proxy.#accept(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy: TcpFaultProxy = new TcpFaultProxy((server.address() as AddressInfo).port, targetPort);
    teardown.add('the TCP fault proxy', () => {
      server.close();
      proxy.cut();
    });
    return proxy;
  }

  /** As clients are told, `HOST:PORT`. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Connections that were ever accepted. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Holds for open connections and for those to come. */
  setFault(fault: TcpFault): void {
    this.#fault = fault;
    for (const pair of this.#pairs) this.#endHalfGone(pair);
  }

  /** Connections to come lead there; those that are open stay where they are. */
  setTarget(port: number): void {
    this.#targetPort = port;
  }

  /** Ends every connection at once. */
  cut(): void {
    for (const pair of this.#pairs) pair.end();
  }

  /** Lets so many more bytes of the server through, over all connections, then ends every connection, once. */
  cutAfter(answerBytes: number): void {
    this.#answerBytesLeft = answerBytes;
  }

  /** Tells of all bytes that come from either side, whether or not they are let through. */
  observe(observer: (passed: Passed) => void): void {
    this.#observers.push(observer);
  }

  #accept(client: Socket): void {
    if (this.#fault.kind === 'refuse') {
      client.destroy();
      return;
    }
    this.#accepted++;
    const connection = this.#accepted;
    const server = connect(this.#targetPort, '127.0.0.1');
    const pair = new Pair(client, server, () => this.#endHalfGone(pair));
    this.#pairs.add(pair);
    client.on('data', (bytes: Buffer) => this.#pass({ connection, from: 'client', bytes }, server));
    server.on('data', (bytes: Buffer) => this.#pass({ connection, from: 'server', bytes }, client));
  }

  #endHalfGone(pair: Pair): void {
    if (pair.isWhole || this.#fault.kind === 'black-hole') return;
    pair.end();
    this.#pairs.delete(pair);
  }

  #pass(passed: Passed, target: Socket): void {
    for (const observer of this.#observers) observer(passed);
    switch (this.#fault.kind) {
      case 'black-hole':
      case 'refuse':
        return;
      case 'delay':
        setTimeout(() => target.write(passed.bytes), this.#fault.ms).unref();
        return;
      case 'garble':
        target.write(passed.from === 'server' ? passed.bytes.map((byte) => byte ^ 0xa5) : passed.bytes);
        return;
      case 'pass':
        this.#write(passed, target);
    }
  }

  #write({ from, bytes }: Passed, target: Socket): void {
    if (from === 'client' || bytes.length < this.#answerBytesLeft) {
      target.write(bytes);
      if (from === 'server') this.#answerBytesLeft -= bytes.length;
      return;
    }
    const last = bytes.subarray(0, this.#answerBytesLeft);
    this.#answerBytesLeft = Number.POSITIVE_INFINITY;
    target.write(last, () => this.cut());
  }
}

/** The two halves of one connection. */
class Pair {
  readonly #halves: readonly Socket[];

  /** `onHalfGone` is called for each half. */
  constructor(client: Socket, server: Socket, onHalfGone: () => void) {
    this.#halves = [client, server];
    for (const half of this.#halves) {
      half.setNoDelay();
      half.on('error', () => {});
      half.once('close', onHalfGone);
    }
  }

  get isWhole(): boolean {
    return this.#halves.every(({ closed }) => !closed);
  }

  end(): void {
    for (const half of this.#halves) half.destroy();
  }
}
