// The bundle as a process over a registry that listens here: what it is told, when it serves, and what the kernel says of it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/lib/clock.ts';
import { ConfigSourceProbe, type ProbeAnswer } from '../src/probe/config-source.ts';
import { freePort } from '../test/peers/run/free-port.ts';
import { waitFor } from '../test/peers/run/wait-for.ts';

/** `registry` is what the configuration says of the one registry. */
export async function startBundle(registry: string) {
  const directory = mkdtempSync(join(tmpdir(), 'footbridge-bench-'));
  const port = await freePort();
  const adminPort = await freePort();
  const configPath = join(directory, 'footbridge.yaml');
  const config = `namespace: shop
instance: bench
registries: { bench: ${registry} }
serve: { port: ${port} }
admin: { port: ${adminPort} }
`;
  writeFileSync(configPath, config);
  const startedAt = performance.now();
  const bundle = spawn(process.execPath, ['dist/footbridge.mjs', 'serve', '--config', configPath], { stdio: 'ignore' });
  const pid = bundle.pid ?? 0;
  return {
    /** Milliseconds since the process was started. */
    age: () => performance.now() - startedAt,
    listening: () => waitFor(() => accepts(port), 'the listener is up'),
    watch: () => watchAnswers(`127.0.0.1:${port}`),
    memory: () => memoryOf(pid),
    cpuSeconds: () => cpuSecondsOf(pid),
    /** The longest delay of the event loop since this was last asked, in milliseconds. */
    longestStall: () => longestStall(`http://127.0.0.1:${adminPort}/metrics`),
    async stop(): Promise<void> {
      if (bundle.exitCode === null && bundle.kill('SIGKILL')) await once(bundle, 'close');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export interface Watch {
  last(): ProbeAnswer | undefined;
  lastAt(): number;
  close(): void;
}

function watchAnswers(address: string): Watch {
  let last: ProbeAnswer | undefined;
  let lastAt = 0;
  const onAnswer = (answer: ProbeAnswer) => {
    lastAt = performance.now();
    last = answer;
  };
  const probe = new ConfigSourceProbe(
    { address, name: 'bench' },
    { onAnswer },
    { clock: systemClock, random: Math.random },
  );
  return { last: () => last, lastAt: () => lastAt, close: () => probe.close() };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** MiB, as the kernel tells it. */
function memoryOf(pid: number): { readonly resident: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mib = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024;
  return { resident: mib('VmRSS'), peak: mib('VmHWM') };
}

/** User and system time of all threads. What stands before the last parenthesis is the name of the program. */
function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond();
}

function ticksPerSecond(): number {
  return Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
}

async function longestStall(url: string): Promise<number> {
  const text = await (await fetch(url)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1] ?? Number.NaN) * 1000;
}
