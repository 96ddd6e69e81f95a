// SPDX-License-Identifier: Apache-2.0
// What a route answers, and how it is sent: whole texts, or long ones in pieces. Pieces are made while they are sent, one
// turn of the event loop for each, so that a long page neither stops the streams to istiod nor fills the memory.
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Iterable<string>;
}

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

export function textReply(body: string, status = 200): Reply {
  return { status, contentType: TEXT, body };
}

export function htmlReply(body: Iterable<string>, status = 200): Reply {
  return { status, contentType: 'text/html; charset=utf-8', body };
}

/** YAML is sent as plain text: browsers show it instead of saving it. */
export function dataReply(body: Iterable<string>, format: 'json' | 'yaml'): Reply {
  return { status: 200, contentType: format === 'json' ? JSON_TYPE : TEXT, body };
}

const PIECE_LENGTH = 32_768;

/**
 * The bytes of a text in pieces. The first one is made at once, so that a defect there can still be answered properly;
 * on a later one `onFailure` must end the connection, because a cut text would look like a whole one.
 */
export function textStream(pieces: Iterable<string>, onFailure: (cause: unknown) => void): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.iterator]();
  let next = nextPiece(iterator);
  const encoder = new TextEncoder();
  let isCancelled = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await nextTurn();
        if (isCancelled) return;
        try {
          if (next !== '') controller.enqueue(encoder.encode(next));
          next = next === '' ? '' : nextPiece(iterator);
          if (next === '') controller.close();
        } catch (cause) {
          onFailure(cause);
          controller.close();
        }
      },
      cancel() {
        isCancelled = true;
        iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Short pieces joined; '' at the end. */
function nextPiece(iterator: Iterator<string>): string {
  let text = '';
  while (text.length < PIECE_LENGTH) {
    const step = iterator.next();
    if (step.done === true) break;
    text += step.value;
  }
  return text;
}
