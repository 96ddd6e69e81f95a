// What the bundle costs as a process over a ZooKeeper that holds the interfaces of Dubbo applications: start, memory, how fast a
// change gets through, and what a scope of one interface in a hundred saves. The server is a fake, so the client side counts.
import { FakeZooKeeperServer } from '../test/fakes/fake-zookeeper-server.ts';
import { waitFor } from '../test/peers/run/wait-for.ts';
import { startBundle, type Watch } from './bundle-process.ts';
import { type Figure, median } from './figure.ts';

const CHANGES = 15;
const INTERFACES_EACH = 5;

/** `interfaces` of `interfaces / 5` applications, each with `providers` providers. */
export async function figuresOfZooKeeper(interfaces: number, providers: number): Promise<readonly Figure[]> {
  const server = await FakeZooKeeperServer.start();
  for (let number = 0; number < interfaces; number++) register(server, number, providers);
  try {
    const size = `${interfaces} × ${providers} Dubbo providers`;
    const applications = interfaces / INTERFACES_EACH;
    const whole = await figuresOfBundle(server, size, '', applications);
    const mine = `, scope: { include: [{ interface: ['com.acme.mine*'] }] }`;
    const scoped = await figuresOfBundle(server, `1 % of ${size}`, mine, applications / 100);
    return [...whole, ...scoped];
  } finally {
    await server.close();
  }
}

async function figuresOfBundle(
  server: FakeZooKeeperServer,
  size: string,
  scope: string,
  entries: number,
): Promise<readonly Figure[]> {
  const askedBefore = server.asked.length;
  const bundle = await startBundle(`{ kind: dubbo, servers: ['${server.address}']${scope} }`);
  try {
    await bundle.listening();
    const watch = bundle.watch();
    await waitFor(() => watch.last()?.resources.size === entries, 'everything is served');
    const served = bundle.age();
    const reads = server.asked.length - askedBefore;
    const latencies: number[] = [];
    for (let change = 0; change < CHANGES; change++) latencies.push(await latencyOfChange(server, watch));
    const memory = bundle.memory();
    watch.close();
    return [
      { what: `bundle: start to everything served, ${size}`, value: served, unit: 'ms' },
      { what: `bundle: reads until then, ${size}`, value: reads, unit: '×' },
      {
        what: `bundle: a node that changed to a client that has it, p50, ${size}`,
        value: median(latencies),
        unit: 'ms',
      },
      { what: `bundle: resident memory, ${size}`, value: memory.resident, unit: 'MiB' },
      { what: `bundle: peak resident memory, ${size}`, value: memory.peak, unit: 'MiB' },
    ];
  } finally {
    await bundle.stop();
  }
}

/** One more provider, on a port of its own. */
let nextPort = 20_881;

async function latencyOfChange(server: FakeZooKeeperServer, watch: Watch): Promise<number> {
  const before = watch.last();
  const startedAt = performance.now();
  server.set(providerPath(0, 0, nextPort++));
  await waitFor(() => watch.last() !== before, 'the change arrived');
  return watch.lastAt() - startedAt;
}

function register(server: FakeZooKeeperServer, number: number, providers: number): void {
  server.set(`${directoryOf(number)}/configurators`);
  for (let provider = 0; provider < providers; provider++) server.set(providerPath(number, provider));
}

function directoryOf(number: number): string {
  const application = Math.floor(number / INTERFACES_EACH);
  const team = application % 100 === 0 ? 'mine' : `others${application % 100}`;
  return `/dubbo/com.acme.${team}.Service${number}`;
}

/** About 500 bytes, as Dubbo 3 registers. */
function providerPath(number: number, provider: number, port = 20_880): string {
  const directory = directoryOf(number);
  const application = Math.floor(number / INTERFACES_EACH);
  const address = `10.${(application >> 8) & 255}.${application & 255}.${provider + 1}:${port}`;
  const interfaceName = directory.slice('/dubbo/'.length);
  const parameters =
    `application=app-${application}&deprecated=false&dubbo=2.0.2&dynamic=true&environment=prod&generic=false` +
    `&interface=${interfaceName}&methods=create,read,update,remove&prefer.serialization=hessian2,fastjson2` +
    `&release=3.3.6&revision=1.0.0&service-name-mapping=true&side=provider&timestamp=${1_795_618_219_551 + number}`;
  return `${directory}/providers/${encodeURIComponent(`dubbo://${address}/${interfaceName}?${parameters}`)}`;
}
