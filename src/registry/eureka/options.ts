// SPDX-License-Identifier: Apache-2.0
// What a Eureka registry can be configured to: its options as the program sees them, and the configuration keys that they are
// read from. Declarations alone, so that config can know every kind of registry without loading the code of one. It holds
// secrets (`auth.password`): it is never logged or shown whole.
import type { ConfigFields } from '../../lib/config-field.ts';
import { type SpringOptions, springFields } from '../decoding/spring-options.ts';
import { type TlsFiles, tlsFileFields } from '../tls-options.ts';

export interface EurekaOptions extends SpringOptions {
  /** Base URLs as applications use them, for example `http://eureka-1:8761/eureka`; `/apps` is appended. */
  readonly urls: readonly string[];
  readonly pollIntervalMs: number;
  /** A full read at least this often, because Eureka's delta and its hash miss some changes. */
  readonly fullIntervalMs: number;
  readonly delta: boolean;
  /** Deadline of one request, body included. */
  readonly requestTimeoutMs: number;
  /** Largest decompressed body. */
  readonly maxBytes: number;
  readonly regions: readonly string[];
  /** Which name identifies a service: the application or the VIP. */
  readonly serviceKey: 'app' | 'vip';
  /** A scope with at most this many exact application names is read application by application. 0 = never. */
  readonly maxAppReads: number;
  readonly auth: {
    readonly username: string | undefined;
    readonly passwordFile: string | undefined;
    readonly password: string | undefined;
    readonly tokenFile: string | undefined;
    /** Header name → file that holds its value. */
    readonly headerFiles: Readonly<Record<string, string>>;
  };
  readonly tls: TlsFiles;
}

export const eurekaFields = {
  urls: {
    doc: 'Base URLs of the Eureka servers, as applications use them (`http://eureka-1:8761/eureka`). Several are one cluster: one is read until it fails.',
    format: 'url-list',
    default: [],
  },
  pollInterval: {
    doc: 'Pause between reads. Eureka itself answers from a copy that is up to 30 s old by default.',
    format: 'duration',
    default: '30s',
  },
  fullInterval: {
    doc: 'A full read at least this often: Eureka neither announces nor hashes every change.',
    format: 'duration',
    default: '10m',
  },
  delta: {
    doc: 'Read changes only (with hash reconciliation) where it is safe. Turn off for servers whose delta is disabled.',
    format: 'flag',
    default: true,
  },
  requestTimeout: { doc: 'Deadline of one request, its body included.', format: 'duration', default: '10s' },
  maxBytes: {
    doc: 'Largest answer, after decompression. A larger one counts as a failed read.',
    format: 'size',
    default: '256MiB',
  },
  regions: {
    doc: 'Remote regions to include (`?regions=`). Needed where servers know remote regions, else hashes never agree.',
    format: 'list',
    default: [],
  },
  serviceKey: {
    doc: 'What names a service: `app` (the application) or `vip` (each of the VIP addresses that callers use).',
    format: ['app', 'vip'],
    default: 'app',
  },
  maxAppReads: {
    doc: 'When the scope is at most this many exact application names, only these applications are read. 0 turns it off.',
    format: 'strict-int',
    default: 20,
  },
  auth: {
    username: { doc: 'User name for basic authentication.', format: 'optional-text', default: null },
    passwordFile: {
      doc: 'File that holds the password; re-read for every poll.',
      format: 'optional-text',
      default: null,
    },
    password: {
      doc: 'Password, by environment only; prefer `passwordFile`.',
      format: 'optional-text',
      default: null,
      sensitive: true,
    },
    tokenFile: {
      doc: 'File that holds a bearer token; re-read for every poll.',
      format: 'optional-text',
      default: null,
    },
    headerFiles: {
      doc: 'Any further header: name → file that holds its value; re-read for every poll.',
      format: 'header-file-map',
      default: {},
    },
  },
  tls: tlsFileFields,
  ...springFields,
} as const satisfies ConfigFields;

/** What a scope rule may ask about beside metadata. */
export const eurekaAttributes = ['app', 'vip', 'group'] as const;
