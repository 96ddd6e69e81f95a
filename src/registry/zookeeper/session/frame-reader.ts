// SPDX-License-Identifier: Apache-2.0
// Cuts the bytes of one connection into answers. The library does this by joining all it holds with every chunk, keeps half
// an answer for the next connection, and takes answers of any size; here each byte is joined once, a reader serves one
// connection, and of an answer that is too large only the head is kept.

export type Frame =
  /** One whole answer, the four bytes of its length included. */
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** The head of an answer that is too large, with its length: what follows is swallowed. */
  | { readonly kind: 'too-large'; readonly head: Buffer }
  /** No server of ZooKeeper sends such a length; nothing behind it can be read. */
  | { readonly kind: 'malformed' };

const LENGTH_BYTES = 4;
/** Number of the request (4 bytes), transaction (8), error code (4): the shortest answer. */
const HEADER_BYTES = 16;

export class FrameReader {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #held = 0;
  /** How many bytes are to be held before anything more can be said. */
  #wanted = LENGTH_BYTES;
  /** How many bytes of an answer that is too large are still to come. */
  #toSwallow = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether an answer has begun and not ended. */
  get isInside(): boolean {
    return this.#held > 0 || this.#toSwallow > 0;
  }

  /** What became complete with `chunk`. After `malformed` there is nothing more to push. */
  push(chunk: Buffer): readonly Frame[] {
    const frames: Frame[] = [];
    let rest = this.#swallow(chunk);
    while (rest.length > 0) {
      const taken = rest.subarray(0, this.#wanted - this.#held);
      this.#parts.push(taken);
      this.#held += taken.length;
      rest = rest.subarray(taken.length);
      if (this.#held < this.#wanted) break;
      const frame = this.#complete();
      if (frame !== undefined) frames.push(frame);
      if (frame?.kind === 'malformed') break;
      rest = this.#swallow(rest);
    }
    return frames;
  }

  /** All that was wanted is held: the length of an answer, or an answer, or the head of one that is too large. */
  #complete(): Frame | undefined {
    const bytes = Buffer.concat(this.#parts, this.#held);
    const size = bytes.readInt32BE(0);
    if (size < HEADER_BYTES) return { kind: 'malformed' };
    const isTooLarge = size > this.#maxBytes;
    if (this.#held === LENGTH_BYTES) {
      this.#parts = [bytes];
      this.#wanted = LENGTH_BYTES + (isTooLarge ? HEADER_BYTES : size);
      return undefined;
    }
    this.#parts = [];
    this.#held = 0;
    this.#wanted = LENGTH_BYTES;
    if (!isTooLarge) return { kind: 'whole', bytes };
    this.#toSwallow = size - HEADER_BYTES;
    return { kind: 'too-large', head: bytes };
  }

  /** What is left of `chunk` behind the rest of an answer that is too large. */
  #swallow(chunk: Buffer): Buffer {
    const swallowed = Math.min(this.#toSwallow, chunk.length);
    this.#toSwallow -= swallowed;
    return chunk.subarray(swallowed);
  }
}
