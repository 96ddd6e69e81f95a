// SPDX-License-Identifier: Apache-2.0
// Reads the body of an answer with a cap on what arrives and on what it unpacks to, so that neither an endless answer nor
// a small one that inflates to gigabytes is ever held in memory.
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** More bytes than allowed, packed or unpacked. */
export class TooManyBytes extends Error {}

/** A `Content-Encoding` that was not asked for. */
export class UnknownEncoding extends Error {}

/** The unpacked text. Rejects with TooManyBytes, UnknownEncoding, or whatever the stream or zlib says. */
export async function readBody(body: Readable, encoding: string | undefined, maxBytes: number): Promise<string> {
  // undici's body emits an error when it is ended early; without a listener that would end the process.
  body.on('error', () => {});
  const chunks: Buffer[] = [];
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) chunks.push(chunk);
  };
  switch (encoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      await pipeline(body, capped(maxBytes), collect);
      break;
    case 'gzip':
    case 'x-gzip':
      await pipeline(body, capped(maxBytes), createGunzip(), capped(maxBytes), collect);
      break;
    default:
      body.destroy();
      throw new UnknownEncoding();
  }
  return textOf(chunks);
}

/** Passes chunks on until there are too many bytes. */
function capped(maxBytes: number): (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (source) {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new TooManyBytes();
      yield chunk;
    }
  };
}

function textOf(chunks: readonly Buffer[]): string {
  try {
    const text = Buffer.concat(chunks).toString('utf8');
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } catch {
    // A string holds at most about 512 MiB, whatever `maxBytes` allows.
    throw new TooManyBytes();
  }
}
