// SPDX-License-Identifier: Apache-2.0
// A file that only its owner may read, whole or not at all: whoever reads it never sees half of it, and a failure leaves
// what was there.
import { stat } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { errorCode } from './error-code.ts';

export type FileWritten =
  | { readonly kind: 'written' }
  /** `why` is a code of the system, or a few words. */
  | { readonly kind: 'failed'; readonly why: string };

/** Replaces a regular file, and nothing else: renaming over a device would take it away from everybody. */
export async function writePrivateFile(path: string, text: string): Promise<FileWritten> {
  try {
    if (await isTakenBySomethingElse(path)) return { kind: 'failed', why: 'it is no regular file' };
    await writeFileAtomic(path, text, { mode: 0o600 });
    return { kind: 'written' };
  } catch (error) {
    const why = errorCode(error);
    // What is no error of the system is a defect.
    if (why === '') throw error;
    return { kind: 'failed', why };
  }
}

async function isTakenBySomethingElse(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isFile();
  } catch {
    return false;
  }
}
