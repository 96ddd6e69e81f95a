// What one team's bridge costs beside a large Eureka, of which a glob gives it one application in a hundred.
import { setTimeout as pause } from 'node:timers/promises';
import { FakeEureka } from '../test/fakes/fake-eureka.ts';
import { waitFor } from '../test/peers/run/wait-for.ts';
import { startBundle } from './bundle-process.ts';
import type { Figure } from './figure.ts';

const IDLE_MS = 20_000;

export async function figuresOfLargeEstate(services: number, instancesEach: number): Promise<readonly Figure[]> {
  const size = `${services / 100} of ${services} × ${instancesEach}`;
  const eureka = await FakeEureka.start();
  fill(eureka, services, instancesEach);
  const bundle = await startBundle(
    `{ kind: eureka, urls: ['${eureka.url}'], pollInterval: 1s, requestTimeout: 60s, scope: { include: [{ app: ['mine-*'] }] } }`,
  );
  try {
    await bundle.listening();
    const watch = bundle.watch();
    await waitFor(() => watch.last()?.resources.size === services / 100, 'everything is served');
    const served = bundle.age();
    const stallAtStart = await bundle.longestStall();

    const cpuBefore = bundle.cpuSeconds();
    const idleFrom = performance.now();
    await pause(IDLE_MS);
    const cpuPerMinute = ((bundle.cpuSeconds() - cpuBefore) / (performance.now() - idleFrom)) * 60_000;
    const stallIdle = await bundle.longestStall();
    const idle = bundle.memory();

    await fullReadOnceMore(eureka);
    const stallFull = await bundle.longestStall();
    // The time that a major collection of garbage may take to come.
    await pause(IDLE_MS / 2);
    const afterFull = bundle.memory();
    watch.close();
    return [
      { what: `large: start to everything served, ${size}`, value: served, unit: 'ms' },
      { what: `large: longest stall of the event loop at start, ${size}`, value: stallAtStart, unit: 'ms' },
      { what: `large: CPU seconds in a minute of 1 s polls, ${size}`, value: cpuPerMinute, unit: 's' },
      { what: `large: longest stall of the event loop while idle, ${size}`, value: stallIdle, unit: 'ms' },
      { what: `large: longest stall by one more full read, ${size}`, value: stallFull, unit: 'ms' },
      { what: `large: resident memory, ${size}`, value: idle.resident, unit: 'MiB' },
      { what: `large: resident memory after one more full read, ${size}`, value: afterFull.resident, unit: 'MiB' },
      { what: `large: peak resident memory, ${size}`, value: afterFull.peak, unit: 'MiB' },
    ];
  } finally {
    await bundle.stop();
    await eureka.close();
  }
}

/** About 1 KB of JSON each, as starters of Spring Cloud register. */
function fill({ registry }: FakeEureka, services: number, instancesEach: number): void {
  for (let service = 0; service < services; service++) {
    const app = service % 100 === 0 ? `mine-${service}` : `others-${service}`;
    for (let instance = 0; instance < instancesEach; instance++) {
      const address = `10.${(service >> 8) & 255}.${service & 255}.${instance + 1}`;
      registry.register(app, `vm-${service}-${instance}.example.internal:${app}:8080`, {
        ipAddr: address,
        hostName: `vm-${service}-${instance}.example.internal`,
        homePageUrl: `http://${address}:8080/`,
        statusPageUrl: `http://${address}:8081/actuator/info`,
        healthCheckUrl: `http://${address}:8081/actuator/health`,
        metadata: {
          version: `v${instance % 3}`,
          zone: `eu-1${instance % 2 === 0 ? 'a' : 'b'}`,
          team: `team-${service % 100}`,
          'management.port': '8081',
          startedAt: `2025-11-22T10:${service % 60}:${instance}.000Z`,
          commit: ((service * 2_654_435_761 + instance) >>> 0).toString(16).padStart(40, '0'),
        },
      });
    }
  }
  registry.forgetChanges();
}

/** An instance that no delta tells of makes the hash disagree. */
async function fullReadOnceMore(eureka: FakeEureka): Promise<void> {
  const before = eureka.requests.length;
  const isAfterFull = () => {
    const paths = eureka.paths.slice(before);
    const full = paths.indexOf('apps');
    return full !== -1 && paths.length > full + 1;
  };
  eureka.registry.registerSilently('others-1', 'unannounced');
  await waitFor(isAfterFull, 'a full read and the poll after it');
}
