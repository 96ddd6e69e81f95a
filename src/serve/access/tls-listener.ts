// SPDX-License-Identifier: Apache-2.0
// The port with TLS. The handshake is Node's own, and gRPC is given the finished connections: so a new certificate takes the place of
// the old one between two handshakes, and why a handshake failed is told, both of which @grpc/grpc-js keeps to itself
// (docs/adr/0016-tls-is-nodes-own.md).
import { constants } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type SecureContextOptions, type TLSSocket, type TlsOptions } from 'node:tls';
import { handshakeReason } from './handshake-reason.ts';
import type { ServingCertificate } from './serving-certificate.ts';

export type MinVersion = '1.2' | '1.3';

export interface TlsListenerOptions {
  readonly certificate: ServingCertificate;
  readonly minVersion: MinVersion;
  /** Default: 10 s. istiod needs milliseconds; who only opens connections must not keep them. */
  readonly handshakeDeadlineMs?: number;
  readonly onConnection: (connection: TLSSocket) => void;
  /** `peer`: `address:port`; `why` ends a sentence. */
  readonly onRefused: (peer: string, why: string) => void;
}

export interface TlsListener {
  listen(address: string, port: number): Promise<number>;
  /** Whether `address:port` is the other end of one of its connections. */
  serves(peer: string): boolean;
  /** For handshakes from now on; connections that stand are not touched. */
  use(certificate: ServingCertificate): void;
  /** Takes no new connection. */
  stopListening(): void;
  /** Cuts handshakes too. */
  close(): void;
}

const HANDSHAKE_DEADLINE_MS = 10_000;
/** A mesh has a handful of istiods. Each connection costs a descriptor, and a process without any left serves nobody. */
const MOST_CONNECTIONS = 1_000;

export function createTlsListener(options: TlsListenerOptions): TlsListener {
  const { certificate, minVersion, onConnection, onRefused } = options;
  const fixed: TlsOptions = {
    ALPNProtocols: ['h2'],
    requestCert: certificate.clientCa !== undefined,
    // Asked below: whom Node turns away itself it tells without an address, and without the reason.
    rejectUnauthorized: false,
    handshakeTimeout: options.handshakeDeadlineMs ?? HANDSHAKE_DEADLINE_MS,
  };
  const isMutual = certificate.clientCa !== undefined;
  /** By peer, below TLS. */
  const open = new Map<string, { readonly socket: Socket; isJudged: boolean }>();
  const judged = (peer: string) => {
    const connection = open.get(peer);
    if (connection !== undefined) connection.isJudged = true;
  };
  const refuse = (peer: string, why: string) => {
    judged(peer);
    onRefused(peer, why);
  };
  const server = createServer({ ...fixed, ...contextOf(certificate, minVersion) }, (connection) => {
    const peer = peerOf(connection);
    const obstacle = obstacleTo(connection, isMutual);
    if (obstacle === undefined) {
      judged(peer);
      return onConnection(connection);
    }
    refuse(peer, obstacle);
    connection.destroy();
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('tlsClientError', (error, connection) => {
    // One that is gone has no address any more, and is told of below.
    if (connection.remoteAddress !== undefined) refuse(peerOf(connection), handshakeReason(error));
    // Node leaves one whose time is over open.
    connection.destroy();
  });
  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    const about = { socket, isJudged: false };
    open.set(peer, about);
    socket.once('close', () => {
      open.delete(peer);
      // Who never said anything is a probe of the port, and those come every few seconds.
      if (!about.isJudged && socket.bytesRead > 0) onRefused(peer, handshakeReason('ECONNRESET'));
    });
  });
  const stopListening = () => {
    if (server.listening) server.close();
  };
  return {
    listen: (address, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, address, () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    serves: (peer) => open.has(peer),
    use: (next) => server.setSecureContext(contextOf(next, minVersion)),
    stopListening,
    close() {
      stopListening();
      for (const { socket } of open.values()) socket.destroy();
    },
  };
}

/** Why a finished handshake is not enough. */
function obstacleTo(connection: TLSSocket, isMutual: boolean): string | undefined {
  if (isMutual && !connection.authorized) {
    const { raw } = connection.getPeerCertificate();
    return handshakeReason(
      raw === undefined ? 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE' : connection.authorizationError,
    );
  }
  // Behind this stands a server that speaks nothing but HTTP/2.
  return connection.alpnProtocol === 'h2' ? undefined : handshakeReason('ERR_SSL_NO_APPLICATION_PROTOCOL');
}

function contextOf({ cert, key, clientCa }: ServingCertificate, minVersion: MinVersion): SecureContextOptions {
  return {
    cert,
    key,
    ...(clientCa !== undefined && { ca: clientCa }),
    minVersion: `TLSv${minVersion}`,
    // A resumed session shows no certificate, and was verified against CAs that may be gone.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return remoteAddress === undefined ? 'unknown' : `${remoteAddress}:${remotePort}`;
}
