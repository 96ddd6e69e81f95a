// SPDX-License-Identifier: Apache-2.0
// What every kind of registry in ZooKeeper is configured with: the ensemble, the session, who reads. Declarations alone, so
// that config can know every kind without loading the code of one. It holds a secret (`auth.password`): never log it whole.
import type { ConfigFields } from '../../lib/config-field.ts';
import { type TlsFiles, tlsFileFields } from '../tls-options.ts';

export interface ZooKeeperOptions {
  /** `host:port`; names are resolved anew for every connection. */
  readonly servers: readonly string[];
  /** `/` for none; no slash at its end. */
  readonly chroot: string;
  /** Asked for; the server decides. */
  readonly sessionTimeoutMs: number;
  /** Deadline of one connection with its handshake. */
  readonly connectTimeoutMs: number;
  /** Deadline of one read. */
  readonly requestTimeoutMs: number;
  /** Largest answer. */
  readonly maxBytes: number;
  /** How often everything is read anew although nothing was signalled. */
  readonly auditIntervalMs: number;
  readonly auth: {
    /** `none`, or `digest` (`auth.username` and a password). */
    readonly scheme: 'none' | 'digest';
    readonly username: string | undefined;
    readonly passwordFile: string | undefined;
    readonly password: string | undefined;
  };
  readonly tls: { readonly enabled: boolean } & TlsFiles;
}

export const zooKeeperFields = {
  servers: {
    doc: 'Servers of the ensemble, `host:port` (2181 where no port is given). One is read until it fails; names are resolved anew for every connection.',
    format: 'zookeeper-servers',
    default: [],
  },
  chroot: {
    doc: 'Path that all other paths are below, as behind the hosts of a ZooKeeper connect string.',
    format: 'zookeeper-path',
    default: '/',
  },
  sessionTimeout: {
    doc: 'Session timeout to ask for; the servers may give another one. A third of it is the longest silence that is taken for a living connection.',
    format: 'duration',
    default: '30s',
  },
  connectTimeout: {
    doc: 'Deadline of one connection, TLS and handshake included; then the next server is tried.',
    format: 'duration',
    default: '5s',
  },
  requestTimeout: { doc: 'Deadline of one read; then the connection is given up.', format: 'duration', default: '10s' },
  maxBytes: {
    doc: 'Largest answer of a server. A directory that is larger keeps what was last known of it.',
    format: 'size',
    default: '64MiB',
  },
  auditInterval: {
    doc: 'How often everything is read anew although no change was signalled. What that finds is counted as drift.',
    format: 'duration',
    default: '5m',
  },
  auth: {
    scheme: {
      doc: 'How to authenticate: `none`, or `digest` with user name and password. SASL is not supported.',
      format: 'zookeeper-auth',
      default: 'none',
    },
    username: { doc: 'User name for digest authentication.', format: 'optional-text', default: null },
    passwordFile: {
      doc: 'File that holds the password; re-read for every connection.',
      format: 'optional-text',
      default: null,
    },
    password: {
      doc: 'Password, by environment only; prefer `passwordFile`.',
      format: 'optional-text',
      default: null,
      sensitive: true,
    },
  },
  tls: {
    enabled: { doc: 'Speak TLS to the servers (their `secureClientPort`).', format: 'flag', default: false },
    ...tlsFileFields,
  },
} as const satisfies ConfigFields;
