// SPDX-License-Identifier: Apache-2.0
// An address to connect to, as people write it and as everything after that takes it.

export interface HostPort {
  /** A name or an IP address, IPv6 without brackets. */
  readonly host: string;
  /** 1 to 65535; of a place to listen on also 0, any free port. */
  readonly port: number;
}

/** `host:port`, with or without `xds://` before it (in any case, as schemes are); IPv6 in brackets. undefined: it is none. */
export function parseHostPort(text: string): HostPort | undefined {
  const [, v6, name, digits] = /^(?:xds:\/\/)?(?:\[([0-9A-Fa-f:.]+)\]|([^\s/:@[\]]+)):(\d{1,5})$/i.exec(text) ?? [];
  const [host, port] = [v6 ?? name, Number(digits)];
  return host !== undefined && port > 0 && port < 65_536 ? { host, port } : undefined;
}

/** As `parseHostPort` reads it, without a scheme. */
export function hostPortText({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
