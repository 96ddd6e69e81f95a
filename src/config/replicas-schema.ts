// SPDX-License-Identifier: Apache-2.0
// The keys of what replicas of one bridge tell each other. Declarations alone.
import type { ConfigFields } from '../lib/config-field.ts';

export const replicasFields = {
  service: {
    doc: 'Name of a headless Service whose addresses are those of all replicas of this bridge, also of those that are not ready. A replica that starts asks the others for what they read last and what their guard remembers, before its state file. Default: none are asked.',
    format: 'optional-text',
    default: null,
  },
  port: {
    doc: 'Port of the admin pages of the other replicas.',
    format: 'port-number',
    default: 9903,
  },
  tokenFile: {
    doc: 'File with the token that replicas show each other, at least 16 characters, the same on all of them. It is read anew for every request. It gives nobody the right to change anything. Default: none; no replica is told anything then.',
    format: 'optional-text',
    default: null,
  },
} as const satisfies ConfigFields;
