// SPDX-License-Identifier: Apache-2.0
// Rules over the keys of one registry: what its kind cannot do without, and which keys belong together.
import type { EurekaOptions } from '../registry/eureka/options.ts';
import type { FileOptions } from '../registry/file/options.ts';
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
  const hasPassword = auth.password !== undefined || auth.passwordFile !== undefined;
  const ways = Number(auth.username !== undefined) + Number(auth.tokenFile !== undefined);
  const header = Object.keys(auth.headerFiles).find((name) => name.toLowerCase() === 'authorization');
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
    ...unless(
      ways + Number(header !== undefined) <= 1,
      [at('auth'), at('auth.username'), at('auth.tokenFile'), at('auth.headerFiles')],
      'must use one way only: `username`, `tokenFile` or an `Authorization` header',
    ),
  ];
}

function tlsRules({ tls }: EurekaOptions, at: At): readonly BrokenRule[] {
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
