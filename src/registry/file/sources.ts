// SPDX-License-Identifier: Apache-2.0
// The file as the one place that its registry is read from.
import type { RegistryKind } from '../kind.ts';
import type { ReadStep } from '../source.ts';
import type { FileOptions } from './options.ts';
import { readBoundedFile } from './read-file.ts';

const STEPS: Readonly<Record<string, ReadStep>> = {
  FILE_MISSING: 'reach',
  FILE_UNREADABLE: 'reach',
  FILE_TOO_LARGE: 'list',
};

const stepOf = (code: string): ReadStep => STEPS[code] ?? 'decode';

export const fileSources: Pick<RegistryKind<FileOptions>, 'sources' | 'readFrom' | 'stepOf'> = {
  sources: ({ path, maxBytes }) => [
    {
      name: path,
      async reach() {
        const read = await readBoundedFile(path, maxBytes);
        if (read.kind === 'bytes' || stepOf(read.code) !== 'reach') return undefined;
        return { code: read.code, message: `${read.message}. Check the path and who may read the file.` };
      },
    },
  ],
  readFrom: (options) => options,
  stepOf,
};
