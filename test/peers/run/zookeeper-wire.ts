// What passes between a client and a ZooKeeper server, read from the bytes in a proxy between them.
import type { Passed, TcpFaultProxy } from './tcp-fault-proxy.ts';

/** Operations as ZooKeeper numbers them. All but these change something, or re-send watches. */
export const READ_OPERATIONS: ReadonlyMap<number, string> = new Map([
  [3, 'exists'],
  [4, 'getData'],
  [12, 'getChildren2'],
  [100, 'auth'],
]);

/** With it anybody can take a session over. */
export interface SessionKey {
  readonly id: Buffer;
  readonly password: Buffer;
}

const LENGTH_BYTES = 4;

export class ZooKeeperWire {
  /** Number of the operation → how often it was asked for. The request for a session has none. */
  readonly operations = new Map<number, number>();
  /** Bytes of the longest request. */
  longestRequest = 0;
  /** Of the last handshake. */
  session: SessionKey | undefined;
  readonly #directions = new Map<string, Direction>();

  constructor(proxy: TcpFaultProxy) {
    proxy.observe((passed) => this.#take(passed));
  }

  /** Operations that are no reads, of which there should be none. */
  get writes(): readonly number[] {
    return [...this.operations.keys()].filter((operation) => !READ_OPERATIONS.has(operation));
  }

  #take({ connection, from, bytes }: Passed): void {
    const key = `${from} ${connection}`;
    const direction = this.#directions.get(key) ?? new Direction();
    this.#directions.set(key, direction);
    for (const [packet, isFirst] of direction.packets(bytes)) {
      if (from === 'client') this.#takeRequest(packet, isFirst);
      else if (isFirst) this.session = { id: packet.subarray(12, 20), password: packet.subarray(24, 40) };
    }
  }

  #takeRequest(packet: Buffer, isFirst: boolean): void {
    this.longestRequest = Math.max(this.longestRequest, packet.length);
    if (isFirst) return;
    const operation = packet.readInt32BE(8);
    this.operations.set(operation, (this.operations.get(operation) ?? 0) + 1);
  }
}

/** The bytes of one side of one connection, cut into packets. */
class Direction {
  #held = Buffer.alloc(0);
  #seen = 0;

  *packets(bytes: Buffer): Generator<readonly [packet: Buffer, isFirst: boolean]> {
    this.#held = Buffer.concat([this.#held, bytes]);
    while (this.#held.length >= LENGTH_BYTES) {
      const length = LENGTH_BYTES + this.#held.readInt32BE(0);
      if (this.#held.length < length) return;
      this.#seen++;
      yield [this.#held.subarray(0, length), this.#seen === 1];
      this.#held = this.#held.subarray(length);
    }
  }
}
