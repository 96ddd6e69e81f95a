// SPDX-License-Identifier: Apache-2.0
// Rules about TLS, the access list and the limits of serving. Each is a sentence that says what to do.
import { type BrokenRule, unless } from './broken-rule.ts';
import type { Config } from './config.ts';

/** Pilots of 2019 ask for some thirty collections. */
const FEWEST_SUBSCRIPTIONS = 40;

export function accessRules({ serve, admin }: Config): readonly BrokenRule[] {
  const { tls, plaintextPort, accessListFile, limits } = serve;
  const isOn = tls.mode !== 'off';
  const { streamsBurst, requestsBurst, subscriptionsPerStream, firstRequestMs } = limits;
  const needed = `must be given, because \`serve.tls.mode\` is \`${tls.mode}\``;
  const isOther =
    plaintextPort === undefined || plaintextPort === 0 || ![serve.port, admin.port].includes(plaintextPort);
  const key = (name: string) => `serve.${name}`;
  const both = (name: string) => [key(name), 'serve.tls.mode'];
  return [
    ...unless(!isOn || tls.certificateFile !== undefined, both('tls.certificateFile'), needed),
    ...unless(!isOn || tls.keyFile !== undefined, both('tls.keyFile'), needed),
    ...unless(tls.mode !== 'mtls' || tls.caFile !== undefined, both('tls.caFile'), needed),
    ...unless(
      tls.mode !== 'tls' || tls.caFile === undefined,
      both('tls.caFile'),
      'is for the mode `mtls`: in the mode `tls` no client is asked for a certificate',
    ),
    ...unless(
      isOn || plaintextPort === undefined,
      both('plaintextPort'),
      'is for beside TLS: with `serve.tls.mode` off, `serve.port` is in plaintext already',
    ),
    ...unless(
      isOther,
      [key('plaintextPort'), key('port'), 'admin.port'],
      'must not be the same as `serve.port` or `admin.port`',
    ),
    ...unless(
      accessListFile === undefined || tls.mode === 'mtls',
      both('accessListFile'),
      'needs `serve.tls.mode: mtls`: without it no client shows the certificate whose names the list is about',
    ),
    ...unless(streamsBurst > 0, [key('limits.streamsBurst')], 'must be at least 1'),
    ...unless(requestsBurst > 0, [key('limits.requestsBurst')], 'must be at least 1'),
    ...unless(
      subscriptionsPerStream >= FEWEST_SUBSCRIPTIONS,
      [key('limits.subscriptionsPerStream')],
      `must be at least ${FEWEST_SUBSCRIPTIONS}: an istiod is not ready before each of its types is answered`,
    ),
    ...unless(firstRequestMs > 0, [key('limits.firstRequest')], 'must be more than 0'),
  ];
}
