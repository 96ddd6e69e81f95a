// SPDX-License-Identifier: Apache-2.0
// A socket to one server, plain or TLS, and what its end means. Names are resolved by the operating system at every call.
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { isTlsCode } from '../../../lib/error-code.ts';
import type { TlsMaterial } from '../../../lib/secret-files.ts';
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';

/** How far a connection got. */
export type Progress = 'opening' | 'handshake' | 'up';

/** `server` is `host:port`. Not connected yet: `connect` or, with TLS, `secureConnect` says when it is. */
export function openSocket(server: string, tls: TlsMaterial | undefined, serverName: string | undefined): Socket {
  const colon = server.lastIndexOf(':');
  const [host, port] = [server.slice(0, colon), Number(server.slice(colon + 1))];
  // Without Nagle's delay, since every request is one small write.
  if (tls === undefined) return connect({ host, port, noDelay: true });
  const { ca, cert, key } = tls;
  const socket = connectTls({
    host,
    port,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  });
  return socket.setNoDelay();
}

/** Why a socket was closed by the other side or the network. `code` is of its error, '' where there was none. */
export function closedFailure(server: string, progress: Progress, code: string, wasInside: boolean): ZooKeeperFailure {
  const because = code === '' ? '' : ` (${code})`;
  if (progress === 'up' && wasInside)
    return zooKeeperFailure('ZOOKEEPER_BROKEN_ANSWER', `${server} broke off an answer${because}`);
  if (progress === 'up') return zooKeeperFailure('ZOOKEEPER_CLOSED', `${server} closed the connection${because}`);
  if (isTlsCode(code)) return zooKeeperFailure('ZOOKEEPER_TLS', `No TLS connection to ${server} comes about${because}`);
  // A reset is the answer of a server that does not like the first bytes: it was reached.
  if (progress === 'handshake' || code === 'ECONNRESET')
    return zooKeeperFailure(
      'ZOOKEEPER_HANDSHAKE',
      `${server} closed the connection before it gave a session${because}`,
    );
  return zooKeeperFailure('ZOOKEEPER_UNREACHABLE', `${server} cannot be reached${because}`);
}
