// An application instance as callers see it: answers every request with its own name. Backends listen on addresses of
// 127.0.0.16/28, which no other peer uses, so a test can allow exactly that range.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Teardown } from './teardown.ts';

export const BACKEND_RANGE = '127.0.0.16/28';
const FIRST_LAST_BYTE = 17;
const LAST_LAST_BYTE = 30;

export interface Backend {
  readonly name: string;
  readonly address: string;
  readonly port: number;
}

/** `index` from 0 gives each backend of a test its own address; the port is free and ours to ask for. */
export async function startBackend(teardown: Teardown, name: string, index: number): Promise<Backend> {
  const address = backendAddress(index);
  const server = createServer((_request, response) => response.end(name));
  server.listen(0, address);
  await once(server, 'listening');
  teardown.add(`backend ${name}`, () => {
    server.close();
    server.closeAllConnections();
  });
  return { name, address, port: (server.address() as AddressInfo).port };
}

/** One of the fourteen addresses of `BACKEND_RANGE`, going round. */
export function backendAddress(index: number): string {
  return `127.0.0.${FIRST_LAST_BYTE + (index % (LAST_LAST_BYTE - FIRST_LAST_BYTE + 1))}`;
}
