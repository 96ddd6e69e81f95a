// SPDX-License-Identifier: Apache-2.0
// The address of a config source as istiod 1.9 and newer reads it: Go's url.Parse, then by scheme. What it does with each form was
// seen on an istiod of August 2026 (test/peers/32-the-printed-list-makes-a-ready-istiod.test.ts).
import { type HostPort, parseHostPort } from '../lib/host-port.ts';

export type SourceAddress =
  | { readonly kind: 'kubernetes' }
  /** `dropped`: what istiod ignores behind the authority, '' where nothing is. */
  | { readonly kind: 'xds'; readonly server: HostPort; readonly dropped: string }
  | { readonly kind: 'files' }
  /** `host:port` without a scheme: how Istio up to 1.8 wants it. `stops`: later ones end at it, else they ignore it. */
  | { readonly kind: 'bare'; readonly server: HostPort; readonly stops: boolean }
  /** An `xds://` address without a host and a port that could be dialled. */
  | { readonly kind: 'undialable' }
  /** istiod warns in its log and goes on without it. */
  | { readonly kind: 'ignored' };

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s;

export function readSourceAddress(text: string): SourceAddress {
  const [, scheme, rest = ''] = SCHEME.exec(text) ?? [];
  switch (scheme?.toLowerCase()) {
    case 'k8s':
      // Any host is taken; a path is not.
      return /^\/\/[^/]*\/?$/.test(rest) ? { kind: 'kubernetes' } : { kind: 'ignored' };
    case 'fs':
      return /^\/\/[^/]*\/./.test(rest) ? { kind: 'files' } : { kind: 'ignored' };
    case 'xds':
      return readXds(rest);
  }
  const server = parseHostPort(text);
  // A name before the colon is taken for a scheme; an IP address, or a name that can be none, is a syntax error.
  return server === undefined ? { kind: 'ignored' } : { kind: 'bare', server, stops: scheme === undefined };
}

function readXds(rest: string): SourceAddress {
  const [, authority = '', dropped = ''] = /^\/\/([^/?#]*)(.*)$/s.exec(rest) ?? [];
  const server = parseHostPort(authority);
  return server === undefined
    ? { kind: 'undialable' }
    : { kind: 'xds', server, dropped: dropped === '/' ? '' : dropped };
}
