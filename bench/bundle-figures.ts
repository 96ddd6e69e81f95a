// What the bundle costs as a process, over a Eureka that holds an estate: start, memory, and how fast a change gets through.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/lib/clock.ts';
import { ConfigSourceProbe, type ProbeAnswer } from '../src/probe/config-source.ts';
import { FakeEureka } from '../test/fakes/fake-eureka.ts';
import { freePort } from '../test/peers/run/free-port.ts';
import { waitFor } from '../test/peers/run/wait-for.ts';
import { type Figure, median } from './figure.ts';

const CHANGES = 15;

export async function figuresOfBundle(services: number, instancesEach: number): Promise<readonly Figure[]> {
  const size = `${services} × ${instancesEach} instances in Eureka`;
  const eureka = await FakeEureka.start();
  fill(eureka, services, instancesEach);
  const directory = mkdtempSync(join(tmpdir(), 'footbridge-bench-'));
  const port = await freePort();
  const configPath = join(directory, 'footbridge.yaml');
  writeFileSync(configPath, configText(eureka.url, port, await freePort()));
  const startedAt = performance.now();
  const bundle = spawn(process.execPath, ['dist/footbridge.mjs', 'serve', '--config', configPath], { stdio: 'ignore' });
  try {
    await waitFor(() => accepts(port), 'the listener is up');
    const listenerUp = performance.now() - startedAt;
    const watch = watchAnswers(`127.0.0.1:${port}`);
    await waitFor(() => watch.last()?.resources.size === services, 'everything is served');
    const served = performance.now() - startedAt;
    const latencies: number[] = [];
    for (let change = 0; change < CHANGES; change++) latencies.push(await latencyOfChange(eureka, watch, change));
    const memory = memoryOf(bundle.pid ?? 0);
    watch.close();
    return [
      { what: `bundle: start to listening, ${size}`, value: listenerUp, unit: 'ms' },
      { what: `bundle: start to everything served, ${size}`, value: served, unit: 'ms' },
      {
        what: `bundle: Eureka's answer to a client that has the change, p50, ${size}`,
        value: median(latencies),
        unit: 'ms',
      },
      { what: `bundle: resident memory, ${size}`, value: memory.resident, unit: 'MiB' },
      { what: `bundle: peak resident memory, ${size}`, value: memory.peak, unit: 'MiB' },
    ];
  } finally {
    bundle.kill('SIGKILL');
    await once(bundle, 'close');
    await eureka.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function configText(url: string, port: number, adminPort: number): string {
  return `namespace: shop
instance: bench
registries: { eureka: { kind: eureka, urls: ['${url}'], pollInterval: 1s } }
serve: { port: ${port} }
admin: { port: ${adminPort} }
`;
}

function fill({ registry }: FakeEureka, services: number, instancesEach: number): void {
  for (let service = 0; service < services; service++) {
    for (let instance = 0; instance < instancesEach; instance++) {
      const ipAddr = `10.${(service >> 8) & 255}.${service & 255}.${instance + 1}`;
      const metadata = { version: `v${instance % 3}`, zone: `eu-1${instance % 2 === 0 ? 'a' : 'b'}`, team: 'payments' };
      registry.register(`app-${service}`, `vm-${service}-${instance}`, { ipAddr, metadata });
    }
  }
}

/** From the moment at which Eureka first told of the change to the moment at which a connected client has it. */
async function latencyOfChange(eureka: FakeEureka, watch: Watch, change: number): Promise<number> {
  const before = watch.last();
  let toldAt: number | undefined;
  eureka.behave = () => {
    toldAt ??= performance.now();
    return { kind: 'serve', gzip: true };
  };
  eureka.registry.register('app-0', 'vm-0-0', { ipAddr: '10.0.0.1', metadata: { version: `change-${change}` } });
  await waitFor(() => watch.last() !== before, 'the change arrived');
  return watch.lastAt() - (toldAt ?? watch.lastAt());
}

interface Watch {
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
