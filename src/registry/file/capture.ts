// SPDX-License-Identifier: Apache-2.0
// One read of the file for a dump.
import { utf8Text } from '../../lib/utf8-text.ts';
import type { Capture } from '../dump.ts';
import type { ScopeOptions } from '../scope.ts';
import { fileForDump } from './file-for-dump.ts';
import type { FileOptions } from './options.ts';
import { readBoundedFile } from './read-file.ts';

/** Never rejects. */
export async function captureFile(name: string, options: FileOptions, scope: ScopeOptions): Promise<Capture> {
  const read = await readBoundedFile(options.path, options.maxBytes);
  if (read.kind === 'failed') return { kind: 'failed', code: read.code, message: `${read.message}.` };
  const text = utf8Text(read.bytes);
  if (text === undefined) return { kind: 'failed', code: 'FILE_SYNTAX', message: 'The file is no UTF-8 text.' };
  return fileForDump(text, name, scope);
}
