// SPDX-License-Identifier: Apache-2.0
// The keys of the state file. Declarations alone.
import type { ConfigFields } from '../lib/config-field.ts';

export const stateFields = {
  file: {
    doc: 'File that what was read last is kept in, with what the guard remembers, so that a restart serves it at once although a registry cannot be read. Each replica needs one of its own, in a directory that exists and outlives the process. Readable by its owner alone; secrets of a registry never reach it. Default: none.',
    format: 'optional-text',
    default: null,
  },
  maxAge: {
    doc: 'How long ago a registry may have been read for the last time that its part of the state file is still restored; `never` sets no bound. Instances of so long ago may be gone, and their addresses given to others.',
    format: 'optional-duration',
    default: '24h',
  },
  maxBytes: {
    doc: 'A larger state file is neither written nor read. Writing takes twice the room on the disk for a moment.',
    format: 'size',
    default: '64MiB',
  },
} as const satisfies ConfigFields;
