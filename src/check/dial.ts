// SPDX-License-Identifier: Apache-2.0
// Whether anything takes a connection at an address, and whether it speaks TLS there. Thin; errors are told by their code alone.
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '../lib/clock.ts';
import { errorCode } from '../lib/error-code.ts';
import type { HostPort } from '../lib/host-port.ts';

export type Dialled =
  | { readonly kind: 'connected' }
  /** `why` ends a sentence: `refuses connections (ECONNREFUSED)`. */
  | { readonly kind: 'failed'; readonly why: string };

const DEADLINE_MS = 3_000;

export function dial({ host, port }: HostPort, clock: Clock): Promise<Dialled> {
  return settle(connect({ host, port }), 'connect', clock);
}

/** `connected`: it speaks TLS. Whose certificate it shows is not asked. */
export function dialTls({ host, port }: HostPort, clock: Clock): Promise<Dialled> {
  return settle(connectTls({ host, port, rejectUnauthorized: false, ALPNProtocols: ['h2'] }), 'secureConnect', clock);
}

function settle(socket: Socket, event: string, clock: Clock): Promise<Dialled> {
  return new Promise((resolve) => {
    const finish = (dialled: Dialled) => {
      cancel();
      socket.destroy();
      resolve(dialled);
    };
    const cancel = clock.after(DEADLINE_MS, () => finish({ kind: 'failed', why: `is silent for ${DEADLINE_MS} ms` }));
    socket.once(event, () => finish({ kind: 'connected' }));
    socket.once('error', (error) => finish({ kind: 'failed', why: whyOf(errorCode(error)) }));
  });
}

function whyOf(code: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refuses connections (ECONNREFUSED)';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `has a name that does not resolve (${code})`;
    default:
      return code === '' ? 'cannot be connected' : `cannot be connected (${code})`;
  }
}
