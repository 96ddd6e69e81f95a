// SPDX-License-Identifier: Apache-2.0
// The keys of the admin port. Declarations alone.
import type { ConfigFields } from '../lib/config-field.ts';

export const adminFields = {
  address: { doc: 'Address of the admin pages and metrics.', format: 'host', default: '127.0.0.1' },
  port: { doc: 'Port of the admin pages and metrics.', format: 'listen-port', default: 9903 },
  hostNames: {
    doc: 'Further names by which browsers reach the admin pages: `.suffix` or an exact name. IP addresses, `localhost`, names without a dot and those of Kubernetes Services (`.svc`) always work; by any other name only `/livez`, `/readyz` and `/metrics` are answered, so that no foreign page can read the others (DNS rebinding).',
    format: 'host-suffix-list',
    default: [],
  },
  tokenFile: {
    doc: 'File with the token of those who may release a hold: at least 16 characters, sent as `Authorization: Bearer TOKEN`. It is read anew for every request. Without it nothing can be changed by this port. Default: none.',
    format: 'optional-text',
    default: null,
  },
} as const satisfies ConfigFields;
