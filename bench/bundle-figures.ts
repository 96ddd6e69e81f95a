// What the bundle costs as a process, over a Eureka that holds an estate: start, memory, and how fast a change gets through.
import { FakeEureka } from '../test/fakes/fake-eureka.ts';
import { waitFor } from '../test/peers/run/wait-for.ts';
import { startBundle, type Watch } from './bundle-process.ts';
import { type Figure, median } from './figure.ts';

const CHANGES = 15;

export async function figuresOfBundle(services: number, instancesEach: number): Promise<readonly Figure[]> {
  const size = `${services} × ${instancesEach} instances in Eureka`;
  const eureka = await FakeEureka.start();
  fill(eureka, services, instancesEach);
  const bundle = await startBundle(`{ kind: eureka, urls: ['${eureka.url}'], pollInterval: 1s }`);
  try {
    await bundle.listening();
    const listenerUp = bundle.age();
    const watch = bundle.watch();
    await waitFor(() => watch.last()?.resources.size === services, 'everything is served');
    const served = bundle.age();
    const latencies: number[] = [];
    for (let change = 0; change < CHANGES; change++) latencies.push(await latencyOfChange(eureka, watch, change));
    const memory = bundle.memory();
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
    await bundle.stop();
    await eureka.close();
  }
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
