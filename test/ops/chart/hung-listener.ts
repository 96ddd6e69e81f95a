// A pod that hangs, as the network sees it: its socket listens, and nobody behind it does anything any more.
import { once } from 'node:events';
import { connect } from 'node:net';
import { Child } from '../../peers/run/child.ts';
import type { Teardown } from '../../peers/run/teardown.ts';
import { waitFor } from '../../peers/run/wait-for.ts';

const SCRIPT =
  'const [host, port, backlog] = process.argv.slice(1); require("node:net").createServer().listen({ host, port, backlog: Number(backlog) }, () => console.log("listens"))';
/** Linux keeps one more than the backlog says. */
const SMALL_BACKLOG = 1;

/** Takes every connection, as the kernel does for a process that hangs, and never says a word. */
export async function frozenListener(teardown: Teardown, host: string, port: string): Promise<Child> {
  return await hung(teardown, host, port, 511);
}

/** Does not even answer the first packet: the queue of connections that the process has to take is full. */
export async function silentListener(teardown: Teardown, host: string, port: string): Promise<Child> {
  const listener = await hung(teardown, host, port, SMALL_BACKLOG);
  for (let queued = 0; queued <= SMALL_BACKLOG; queued++) {
    const socket = connect({ host, port: Number(port) });
    teardown.add('a queued connection', async () => void socket.destroy());
    socket.on('error', () => undefined);
    await once(socket, 'connect');
  }
  return listener;
}

async function hung(teardown: Teardown, host: string, port: string, backlog: number): Promise<Child> {
  const listener = new Child({
    name: `hung-${host}`,
    command: process.execPath,
    args: ['-e', SCRIPT, host, port, String(backlog)],
  });
  teardown.add(listener.name, () => listener.kill());
  await waitFor(() => listener.lines.includes('listens'), `${host} listens`);
  listener.freeze();
  return listener;
}
