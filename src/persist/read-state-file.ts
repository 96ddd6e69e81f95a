// SPDX-License-Identifier: Apache-2.0
// The state file as bytes, within a bound of size and time: a disk of the network may hang, and istiod waits.
import { readFile, stat } from 'node:fs/promises';
import type { Clock } from '../lib/clock.ts';
import { errorCode } from '../lib/error-code.ts';
import { refusal, type StateRefusal } from './refusal.ts';

export type StateReading =
  /** There is no file: the first start, or a volume that did not outlive the pod. */
  | { readonly kind: 'none' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly refusal: StateRefusal };

const DEADLINE_MS = 5_000;

/** Never rejects because of the file. */
export function readStateFile(path: string, maxBytes: number, clock: Clock): Promise<StateReading> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(DEADLINE_MS, () => resolve(unreadable(`no answer within ${DEADLINE_MS / 1000} s`)));
    read(path, maxBytes).then(resolve, reject).finally(cancel);
  });
}

async function read(path: string, maxBytes: number): Promise<StateReading> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return unreadable('it is no regular file');
    if (found.size > maxBytes) {
      return { kind: 'refused', refusal: refusal('STATE_TOO_LARGE', `${found.size} bytes, at most ${maxBytes}`) };
    }
    return { kind: 'bytes', bytes: await readFile(path) };
  } catch (error) {
    const code = errorCode(error);
    // What is no error of the system is a defect.
    if (code === '') throw error;
    return code === 'ENOENT' ? { kind: 'none' } : unreadable(code);
  }
}

function unreadable(why: string): StateReading {
  return { kind: 'refused', refusal: refusal('STATE_UNREADABLE', why) };
}
