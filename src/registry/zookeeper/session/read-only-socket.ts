// SPDX-License-Identifier: Apache-2.0
// What the library takes for its socket. Every packet passes through it, and nothing but reads leaves it: whatever the
// library does or comes to do, and whoever calls it, Footbridge never writes to a registry.
import type { LibrarySocket } from 'node-zookeeper-client';
import { runOurs } from './our-code.ts';

/** exists, getData, getChildren2 and auth, as ZooKeeper numbers its operations. */
const ALLOWED_OPERATIONS: ReadonlySet<number> = new Set([3, 4, 12, 100]);
/** Behind the length of the packet and the number of the request. */
const OPERATION_OFFSET = 8;

export class ReadOnlySocket implements LibrarySocket {
  readonly #send: (packet: Buffer) => void;
  readonly #onDestroy: () => void;
  #hasAskedForSession = false;

  /** `onDestroy`: the library finds that answers do not fit its requests. */
  constructor(send: (packet: Buffer) => void, onDestroy: () => void) {
    this.#send = send;
    this.#onDestroy = onDestroy;
  }

  /** Always true: few and small requests are under way, and what the library holds back it may lose. */
  write(packet: Buffer): boolean {
    // The first packet asks for the session and has no operation.
    const isAllowed = !this.#hasAskedForSession || ALLOWED_OPERATIONS.has(packet.readInt32BE(OPERATION_OFFSET));
    this.#hasAskedForSession = true;
    runOurs(() => {
      if (!isAllowed) throw new Error(`ZooKeeper operation ${packet.readInt32BE(OPERATION_OFFSET)} is never sent`);
      this.#send(packet);
    });
    return true;
  }

  /** The library's pings hang on this timer. They are not missed: what is asked each third of the timeout needs an answer. */
  setTimeout(): void {}

  destroy(): void {
    this.#onDestroy();
  }
}
