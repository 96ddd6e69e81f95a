// SPDX-License-Identifier: Apache-2.0
// What a file registry can be configured to: its options as the program sees them, and the configuration keys that they are
// read from. Declarations alone, so that config can know every kind of registry without loading the code of one.
import type { ConfigFields } from '../../lib/config-field.ts';

export interface FileOptions {
  /** YAML or JSON, by content. */
  readonly path: string;
  /** How often the content is compared even when no change was signalled. */
  readonly pollIntervalMs: number;
  readonly maxBytes: number;
}

export const fileFields = {
  path: {
    doc: 'The YAML or JSON file that lists services and instances. Followed through symbolic links, so a mounted ConfigMap works.',
    format: 'text',
    default: '',
  },
  pollInterval: {
    doc: 'How often the file is compared with what was read last, beside being watched.',
    format: 'duration',
    default: '5s',
  },
  maxBytes: { doc: 'A larger file is not read; the last good content stays.', format: 'size', default: '16MiB' },
} as const satisfies ConfigFields;

/** What a scope rule may ask about beside metadata. */
export const fileAttributes = ['service'] as const;
