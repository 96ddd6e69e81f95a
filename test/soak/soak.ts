// `npm run soak -- [--minutes N] [--seed S] [--services N] [--clients N]`: the bundle under a load that never ends, with things going
// wrong all the time. Prints what was alive after a full collection at quiet moments, and how fast that grew. Exit code 1: something
// grew, or an istiod lost an entry that the registry held.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { FakeEureka } from '../fakes/fake-eureka.ts';
import { FakeIstiod } from '../fakes/fake-istiod.ts';
import { seededRandom } from '../fakes/seeded-random.ts';
import { waitFor } from '../peers/run/wait-for.ts';
import { SEED } from '../seed.ts';
import { type Alive, SoakedBundle } from './bundle.ts';
import { ChangingEstate } from './estate.ts';
import { MISCHIEF, type Scene } from './mischief.ts';
import { slopePerHour } from './slope.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(SEED) },
    services: { type: 'string', default: '1000' },
    clients: { type: 'string', default: '20' },
  },
});
const [minutes, seed, services, clients] = [values.minutes, values.seed, values.services, values.clients].map(Number);
if (![minutes, seed, services, clients].every((value) => value !== undefined && value > 0)) {
  console.error('--minutes, --seed, --services and --clients must be numbers above 0');
  process.exit(2);
}
process.exitCode = await soak(minutes ?? 0, seed ?? 0, services ?? 0, clients ?? 0);

async function soak(minutes: number, seed: number, services: number, clients: number): Promise<number> {
  const random = seededRandom(seed);
  const size = { services, instancesEach: 10 };
  console.log(`soak: seed ${seed}, ${minutes} minutes, ${services} services × 10, ${clients} istiods`);
  const eureka = await FakeEureka.start();
  eureka.behave = () => ({ kind: 'serve', gzip: true });
  const estate = new ChangingEstate(eureka, size, random);
  const bundle = await SoakedBundle.start(eureka.url);
  const istiods = Array.from(
    { length: clients },
    (_, index) => new FakeIstiod({ address: bundle.address, minor: 31, pod: `istiod-${index}` }),
  );
  const scene: Scene = { eureka, bundle, istiods, random };
  try {
    await settled(scene, services);
    const samples = await underLoad(scene, estate, { minutes, services });
    return verdict(samples, { estate, istiods });
  } finally {
    for (const istiod of istiods) istiod.close();
    await bundle.stop();
    await eureka.close();
  }
}

type Measured = Alive & { readonly atMs: number };

async function underLoad(
  scene: Scene,
  estate: ChangingEstate,
  { minutes, services }: { readonly minutes: number; readonly services: number },
): Promise<readonly Measured[]> {
  const beganAt = Date.now();
  const samples: Measured[] = [];
  const every = Math.max(20_000, (minutes * 60_000) / 30);
  let end = () => {};
  for (let second = 1, sampleAt = beganAt + every; Date.now() < beganAt + minutes * 60_000; second++) {
    if (!scene.bundle.isRunning) throw new Error('the bundle has ended');
    estate.changeOnePercent();
    if (second % 10 === 3) end = MISCHIEF[Math.floor(second / 10) % MISCHIEF.length]?.begin(scene) ?? end;
    if (second % 10 === 8) end();
    await pause(1000);
    // A sample is of a quiet moment: what is on its way is no leak.
    if (Date.now() < sampleAt) continue;
    end();
    await settled(scene, services);
    samples.push({ ...(await scene.bundle.alive()), atMs: Date.now() - beganAt });
    console.log(lineOf(samples.at(-1)));
    sampleAt = Date.now() + every;
  }
  end();
  await settled(scene, services);
  samples.push({ ...(await scene.bundle.alive()), atMs: Date.now() - beganAt });
  console.log(lineOf(samples.at(-1)));
  return samples;
}

/** Every istiod holds every service, and all of them the same. */
async function settled({ istiods }: Scene, services: number): Promise<void> {
  let former = '';
  await waitFor(
    async () => {
      const held = istiods.map(({ entries, received }) => `${entries.size} ${received.at(-1)?.version}`);
      const text = [...new Set(held)].join();
      const isSettled = istiods.every(({ entries }) => entries.size === services) && text === former;
      former = text;
      await pause(2500);
      return isSettled;
    },
    'every istiod holds every service, and nothing moves',
    600_000,
  );
}

function verdict(
  samples: readonly Measured[],
  { estate, istiods }: { readonly estate: ChangingEstate; readonly istiods: readonly FakeIstiod[] },
): number {
  // What is compiled and cached in the beginning is no slope.
  const steady = samples.slice(Math.floor(samples.length / 4));
  const slope = (of: (alive: Measured) => number) =>
    slopePerHour(steady.map((at) => ({ atMs: at.atMs, value: of(at) })));
  const lost = istiods.reduce((sum, { deleted }) => sum + deleted.length, 0);
  const handles = steady.map(({ resources }) => Object.values(resources).reduce((sum, count) => sum + count, 0));
  const growth = (steady.at(-1)?.heapMiB ?? 0) / (steady[0]?.heapMiB ?? 1);
  const streams = [...new Set(samples.map((sample) => sample.streams))];
  console.log(`heap ${slope(({ heapMiB }) => heapMiB).toFixed(1)} MiB an hour, last / first × ${growth.toFixed(3)}`);
  console.log(`buffers ${slope(({ buffersMiB }) => buffersMiB).toFixed(1)} MiB an hour`);
  console.log(`handles ${Math.min(...handles)} to ${Math.max(...handles)}, streams ${streams.join(' or ')}`);
  console.log(`${estate.changes} changes, ${istiods.reduce((sum, { reconnects }) => sum + reconnects, 0)} reconnects`);
  console.log(`entries lost: ${lost}`);
  const isFlat = growth < 1.1 && Math.max(...handles) - Math.min(...handles) <= 10 && streams.length === 1;
  return isFlat && lost === 0 ? 0 : 1;
}

function lineOf(sample: Measured | undefined): string {
  if (sample === undefined) return '';
  const kinds = Object.entries(sample.resources).map(([kind, count]) => `${kind} ${count}`);
  const time = `${(sample.atMs / 60_000).toFixed(1)} min`.padStart(9);
  return `${time}  heap ${sample.heapMiB.toFixed(1)} MiB  buffers ${sample.buffersMiB.toFixed(1)} MiB  streams ${sample.streams}  ${kinds.join(', ')}`;
}
