// SPDX-License-Identifier: Apache-2.0
// TLS of a client as istiod speaks it: verified with one CA, no certificate of its own. An IP address is no name that a client may
// ask for (RFC 6066), but @grpc/grpc-js 1.14 asks for whatever it dials, which Node deprecates (DEP0123). Go asks for none then.
import { isIP } from 'node:net';
import { connect, createSecureContext, type SecureContext } from 'node:tls';
import { CallCredentials, ChannelCredentials, credentials } from '@grpc/grpc-js';
import { parseHostPort } from '../lib/host-port.ts';

type SecureConnector = ReturnType<ChannelCredentials['_createSecureConnector']>;

/** `address` is `host:port`. */
export function tlsCredentials(address: string, caPem: string): ChannelCredentials {
  const { host = '' } = parseHostPort(address) ?? {};
  return isIP(host) === 0 ? credentials.createSsl(Buffer.from(caPem)) : new AddressCredentials(host, caPem);
}

class AddressCredentials extends ChannelCredentials {
  readonly #address: string;
  readonly #secureContext: SecureContext;

  constructor(address: string, caPem: string) {
    super();
    this.#address = address;
    this.#secureContext = createSecureContext({ ca: caPem });
  }

  _isSecure(): boolean {
    return true;
  }

  _equals(other: ChannelCredentials): boolean {
    return other === this;
  }

  _createSecureConnector(_target: unknown, _options: unknown, call = CallCredentials.createEmpty()): SecureConnector {
    // The certificate is still held against the address: that is what `host` says.
    const options = { host: this.#address, secureContext: this.#secureContext, ALPNProtocols: ['h2'] };
    return {
      connect: (socket) =>
        new Promise((resolve, reject) => {
          const secured = connect({ ...options, socket }, () => resolve({ socket: secured, secure: true }));
          secured.on('error', reject);
        }),
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => call,
      destroy: () => {},
    };
  }
}
