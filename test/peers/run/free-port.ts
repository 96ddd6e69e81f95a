// Free ports on 127.0.0.1 for programs that cannot be told to choose one and say which.
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below Linux's range for outgoing connections (32768 and up), so that no connection takes a port between choice and use.
const FIRST = 18_000;
const LAST = 30_000;
// Another run beside this one begins elsewhere; within a run no port is given out twice.
let next = FIRST + Math.floor(Math.random() * (LAST - FIRST));

export async function freePort(): Promise<number> {
  for (let tries = 0; tries < LAST - FIRST; tries++) {
    next = next >= LAST ? FIRST : next + 1;
    const port = next;
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${FIRST} to ${LAST}`);
}

async function isFree(port: number): Promise<boolean> {
  // Asked on all addresses: Envoy's interception listeners bind them all.
  const probe = createServer();
  try {
    probe.listen(port);
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
