// SPDX-License-Identifier: Apache-2.0
// How clients come in, in one line: in plaintext or over TLS, until when the certificate is good, and whom the list lets in.
import { html } from 'hono/html';
import { utcTime } from '../lib/utc-time.ts';
import { breakable, countOf, type Html } from './markup.ts';
import type { AccessRow } from './overview.ts';

export function accessLine({ tls, accessList }: AccessRow): Html {
  return html`<p class="soft">${tlsText(tls)}${accessList === undefined ? '' : ` ${listText(accessList)}`}</p>
`;
}

function tlsText(tls: AccessRow['tls']): Html | string {
  if (tls === undefined) return 'They come in plaintext.';
  const names = tls.names.length === 0 ? 'no DNS name' : breakable(tls.names.join(', '));
  return html`They come over ${tls.isMutual ? 'mutual TLS' : 'TLS'}, to a certificate for ${names}, good until <time datetime="${new Date(tls.untilMs).toISOString()}">${utcTime(tls.untilMs)}</time>.`;
}

function listText({ allow, deny }: NonNullable<AccessRow['accessList']>): string {
  const allowed = allow === undefined ? 'everybody' : countOf(allow, 'name');
  return `The access list lets in ${allowed}${deny === 0 ? '' : ` but ${countOf(deny, 'name')}`}.`;
}
