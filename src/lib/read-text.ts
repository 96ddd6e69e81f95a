// SPDX-License-Identifier: Apache-2.0
// A text that a person named, read whole, with a sentence where that fails.
import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { errorCode } from './error-code.ts';

export type TextReading =
  | { readonly kind: 'text'; readonly text: string }
  /** `message` is a sentence that begins with the path. */
  | { readonly kind: 'unreadable'; readonly message: string };

/** Never rejects. */
export function readTextFile(path: string): Promise<TextReading> {
  return settled(path, readFile(path, 'utf8'));
}

/** The same; `-` is standard input. */
export function readInput(path: string): Promise<TextReading> {
  return path === '-' ? settled(path, readStream(process.stdin)) : readTextFile(path);
}

async function settled(path: string, reading: Promise<string>): Promise<TextReading> {
  try {
    return { kind: 'text', text: await reading };
  } catch (error) {
    return { kind: 'unreadable', message: `${path} cannot be read: ${errorCode(error) || String(error)}.` };
  }
}
