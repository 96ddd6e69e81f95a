// SPDX-License-Identifier: Apache-2.0
// What a TLS client is configured with, the same for every kind of registry. Declarations alone.
import type { ConfigFields } from '../lib/config-field.ts';

export interface TlsFiles {
  readonly caFile: string | undefined;
  readonly certificateFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly serverName: string | undefined;
}

export const tlsFileFields = {
  caFile: {
    doc: 'PEM file with the CA certificates that sign the servers. Default: those of Node.',
    format: 'optional-text',
    default: null,
  },
  certificateFile: { doc: 'PEM file with the client certificate.', format: 'optional-text', default: null },
  keyFile: { doc: 'PEM file with the key of the client certificate.', format: 'optional-text', default: null },
  serverName: {
    doc: 'Name to expect in the server certificate, where it differs from the host that is connected.',
    format: 'optional-text',
    default: null,
  },
} as const satisfies ConfigFields;
