// What goes wrong now and then, on either side, and is over after a few seconds.
import type { Behaviour, FakeEureka } from '../fakes/fake-eureka.ts';
import type { FakeIstiod } from '../fakes/fake-istiod.ts';
import type { SoakedBundle } from './bundle.ts';

export interface Scene {
  readonly eureka: FakeEureka;
  readonly bundle: SoakedBundle;
  /** All of them connected. */
  readonly istiods: readonly FakeIstiod[];
  readonly random: () => number;
}

interface Mischief {
  readonly name: string;
  /** Returns what ends it. */
  begin(scene: Scene): () => void;
}

const ANSWERS: Readonly<Record<string, Behaviour>> = {
  'Eureka answers 500': { kind: 'answer', status: 500 },
  'Eureka answers 404': { kind: 'answer', status: 404 },
  'Eureka answers with a page': { kind: 'answer', status: 200, body: '<html>it works</html>' },
  'Eureka lists nothing': {
    kind: 'answer',
    status: 200,
    body: '{"applications":{"versions__delta":"1","apps__hashcode":"","application":[]}}',
  },
  'Eureka lists nothing, and no hash says so': { kind: 'answer', status: 200, body: '{"applications":{}}' },
  'Eureka says nothing': { kind: 'hang' },
  'Eureka stops in the middle': { kind: 'half' },
};

export const MISCHIEF: readonly Mischief[] = [
  ...Object.entries(ANSWERS).map(([name, behaviour]) => ({
    name,
    begin({ eureka }: Scene) {
      eureka.behave = () => behaviour;
      return () => {
        eureka.behave = () => ({ kind: 'serve', gzip: true });
      };
    },
  })),
  {
    name: 'half of the istiods lose their streams',
    begin({ istiods, random }) {
      for (const istiod of istiods) if (random() < 0.5) istiod.disconnect();
      return () => {};
    },
  },
  {
    name: 'an istiod stops reading',
    begin({ istiods, random }) {
      const slow = istiods[Math.floor(random() * istiods.length)];
      slow?.pause();
      return () => slow?.resume();
    },
  },
  {
    name: 'the configuration changes',
    begin({ bundle }) {
      bundle.reload();
      return () => {};
    },
  },
];
