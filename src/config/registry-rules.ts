// SPDX-License-Identifier: Apache-2.0
// Rules over the keys of one registry: what its kind cannot do without, and which keys belong together.
import type { DubboOptions } from '../registry/dubbo/options.ts';
import type { EurekaOptions } from '../registry/eureka/options.ts';
import type { FileOptions } from '../registry/file/options.ts';
import type { ZooKeeperOptions } from '../registry/zookeeper/options.ts';
import { type BrokenRule, unless } from './broken-rule.ts';
import type { Config, RegistryConfig } from './config.ts';

/** The rules of all registries; that there is one at all comes first. */
export function registryRules({ registries }: Config): readonly BrokenRule[] {
  const names = Object.keys(registries);
  const none = 'must name at least one registry, for example `registries: {legacy: {kind: eureka, urls: [...]}}`';
  return [
    ...unless(names.length > 0, ['registries'], none),
    ...Object.entries(registries).flatMap(([name, registry]) => rulesOfKind(name, registry)),
  ];
}

function rulesOfKind(name: string, registry: RegistryConfig): readonly BrokenRule[] {
  const at = (key: string) => `registries.${name}.${key}`;
  switch (registry.kind) {
    case 'eureka':
      return eurekaRules(registry, at);
    case 'dubbo':
      return [...zooKeeperRules(registry, at), ...dubboRules(registry, at)];
    case 'spring-cloud-zookeeper':
      return zooKeeperRules(registry, at);
    case 'file':
      return fileRules(registry, at);
  }
}

type At = (key: string) => string;

function eurekaRules(options: EurekaOptions, at: At): readonly BrokenRule[] {
  return [
    ...unless(options.urls.length > 0, [at('urls')], 'must name at least one Eureka server'),
    ...aboveZero(options.pollIntervalMs, at('pollInterval')),
    ...aboveZero(options.requestTimeoutMs, at('requestTimeout')),
    ...aboveZero(options.maxBytes, at('maxBytes')),
    ...unless(
      options.fullIntervalMs >= options.pollIntervalMs,
      [at('fullInterval'), at('pollInterval')],
      'must not be shorter than `pollInterval`',
    ),
    ...authRules(options, at),
    ...tlsRules(options, at),
  ];
}

function authRules({ auth }: EurekaOptions, at: At): readonly BrokenRule[] {
  const ways = Number(auth.username !== undefined) + Number(auth.tokenFile !== undefined);
  const header = Object.keys(auth.headerFiles).find((name) => name.toLowerCase() === 'authorization');
  return [
    ...passwordRules(auth, at),
    ...unless(
      ways + Number(header !== undefined) <= 1,
      [at('auth'), at('auth.username'), at('auth.tokenFile'), at('auth.headerFiles')],
      'must use one way only: `username`, `tokenFile` or an `Authorization` header',
    ),
  ];
}

/** A user name and a password go together, and the password comes from one place. */
function passwordRules(auth: Pick<EurekaOptions['auth'], PasswordKey>, at: At): readonly BrokenRule[] {
  const hasPassword = auth.password !== undefined || auth.passwordFile !== undefined;
  return [
    ...unless(
      auth.username === undefined || hasPassword,
      [at('auth.username'), at('auth.password'), at('auth.passwordFile')],
      'needs `auth.passwordFile` (or `auth.password` by environment)',
    ),
    ...unless(
      !hasPassword || auth.username !== undefined,
      [at(auth.password === undefined ? 'auth.passwordFile' : 'auth.password'), at('auth.username')],
      'needs `auth.username`',
    ),
    ...unless(
      auth.password === undefined || auth.passwordFile === undefined,
      [at('auth.passwordFile'), at('auth.password')],
      'and `auth.password` are both set: keep one',
    ),
  ];
}

type PasswordKey = 'username' | 'password' | 'passwordFile';

function tlsRules({ tls }: Pick<EurekaOptions | ZooKeeperOptions, 'tls'>, at: At): readonly BrokenRule[] {
  const { certificateFile, keyFile } = tls;
  const keys = [at('tls.certificateFile'), at('tls.keyFile')] as const;
  return [
    ...unless(certificateFile === undefined || keyFile !== undefined, keys, 'needs `tls.keyFile`'),
    ...unless(
      keyFile === undefined || certificateFile !== undefined,
      [...keys].reverse(),
      'needs `tls.certificateFile`',
    ),
  ];
}

/** Servers take no shorter session, and a third of it is the beat of the heart. */
const SHORTEST_SESSION_MS = 1000;

function zooKeeperRules(options: ZooKeeperOptions, at: At): readonly BrokenRule[] {
  const { auth, tls } = options;
  const hasTlsFile = [tls.caFile, tls.certificateFile, tls.keyFile, tls.serverName].some((one) => one !== undefined);
  return [
    ...unless(options.servers.length > 0, [at('servers')], 'must name at least one ZooKeeper server'),
    ...unless(options.sessionTimeoutMs >= SHORTEST_SESSION_MS, [at('sessionTimeout')], 'must be at least `1s`'),
    ...aboveZero(options.connectTimeoutMs, at('connectTimeout')),
    ...aboveZero(options.requestTimeoutMs, at('requestTimeout')),
    ...aboveZero(options.auditIntervalMs, at('auditInterval')),
    ...aboveZero(options.maxBytes, at('maxBytes')),
    ...unless(
      auth.scheme === 'none' || auth.username !== undefined,
      [at('auth.scheme'), at('auth.username')],
      'needs `auth.username`',
    ),
    ...unless(
      auth.scheme !== 'none' || auth.username === undefined,
      [at('auth.username'), at('auth.scheme')],
      'needs `auth.scheme: digest`',
    ),
    ...passwordRules(auth, at),
    ...unless(tls.enabled || !hasTlsFile, [at('tls'), at('tls.enabled')], 'needs `tls.enabled: true`'),
    ...tlsRules(options, at),
  ];
}

function dubboRules({ roots }: DubboOptions, at: At): readonly BrokenRule[] {
  const isAnyRead = roots.interfaces !== undefined || roots.applications !== undefined;
  return unless(
    isAnyRead,
    [at('roots.interfaces'), at('roots.applications')],
    'and `roots.applications` are both `none`',
  );
}

function fileRules(options: FileOptions, at: At): readonly BrokenRule[] {
  return [
    ...unless(options.path !== '', [at('path')], 'must name the file'),
    ...aboveZero(options.pollIntervalMs, at('pollInterval')),
    ...aboveZero(options.maxBytes, at('maxBytes')),
  ];
}

function aboveZero(amount: number, key: string): readonly BrokenRule[] {
  return unless(amount > 0, [key], 'must be more than 0');
}
