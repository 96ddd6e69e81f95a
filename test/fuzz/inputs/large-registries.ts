// Registries that are large in one way each: much of one thing beside much of another, so that whoever looks at all of the one for
// each of the other shows.
import { rawInstance } from '../../fakes/fake-eureka-registry.ts';
import {
  consumerNode,
  encoded,
  FOO,
  instanceData,
  metadataData,
  providerNode,
} from '../../unit/registry/dubbo/dubbo-fixtures.ts';

const MANY = 400;
const SOME = 50;

function many<Item>(itemOf: (index: number) => Item, count = MANY): readonly Item[] {
  return Array.from({ length: count }, (_, index) => itemOf(index));
}

function eureka(...application: readonly unknown[]): string {
  return JSON.stringify({ applications: { apps__hashcode: `UP_${MANY}_`, application } });
}

export const LARGE_EUREKA: readonly string[] = [
  eureka({ name: 'OTHERS', instance: [...many((index) => rawInstance('OTHERS', `i${index}`)), ...many(() => ({}))] }),
  eureka({ name: 'ORDERS', instance: many(() => rawInstance('ORDERS', 'the same')) }),
  eureka({
    name: 'ORDERS',
    instance: rawInstance('ORDERS', 'a', {
      vipAddress: many((index) => `vip${index}`, 4000).join(),
      metadata: Object.fromEntries(many((index) => [`token${index}`, 'x'], 1000)),
    }),
  }),
  eureka(...many((index) => ({ name: 'ORDERS', instance: rawInstance(`ORDERS${index}`, 'a') }))),
];

const DIRECTORY = `/dubbo/${FOO}`;

/** Of the nodes below one interface, and of further nodes by path. */
function dubbo(
  members: Readonly<Record<string, readonly string[]>>,
  data: Readonly<Record<string, string>> = {},
): string {
  const listed = Object.entries(members).map(([name, children]) => [`${DIRECTORY}/${name}`, { children }] as const);
  return JSON.stringify({
    '/dubbo': { children: [FOO, 'config', 'metadata'] },
    [DIRECTORY]: { children: Object.keys(members) },
    ...Object.fromEntries(listed),
    ...directoriesOf(Object.keys(data)),
    ...Object.fromEntries(Object.entries(data).map(([path, text]) => [path, { data: text }])),
  });
}

function directoriesOf(paths: readonly string[]): Readonly<Record<string, { children: string[] }>> {
  const directories: Record<string, { children: string[] }> = {};
  for (const path of paths) {
    for (let below = path; below.lastIndexOf('/') > 0; below = below.slice(0, below.lastIndexOf('/'))) {
      const slash = below.lastIndexOf('/');
      const [above, name] = [below.slice(0, slash), below.slice(slash + 1)];
      const { children } = directories[above] ?? { children: [] };
      directories[above] = { children: children.at(-1) === name ? children : [...children, name] };
    }
  }
  return directories;
}

const providers = many((index) => providerNode(`dubbo://10.0.${index >> 8}.${index & 255}:20880`, FOO));

function processes(count: number): Readonly<Record<string, string>> {
  const process = (index: number) => [
    `/services/orders/10.0.1.${index}:1`,
    instanceData(`10.0.1.${index}`, { dubbo: 1 }),
  ];
  return Object.fromEntries(many(process, count));
}

function interfaces(count: number): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  return many((index) => [`com.acme.S${index}:dubbo`, {}] as const, count);
}

export const LARGE_DUBBO: readonly string[] = [
  dubbo({ providers, configurators: many((index) => encoded(`override://10.1.0.${index}:1/${FOO}?weight=${index}`)) }),
  dubbo({ providers, consumers: many((index) => consumerNode(`shop${index}`, FOO)) }),
  dubbo({ providers: many((index) => providerNode('dubbo://10.0.0.1:20880', FOO, { version: `${index}` })) }),
  dubbo({ providers: many((index) => providerNode(`dubbo://10.0.0.1:${index + 1}`, FOO)) }),
  dubbo({
    providers: many((index) => providerNode(`dubbo://10.0.0.1:${index + 1}`, FOO, { application: `a${index}` })),
  }),
  dubbo({ providers }, processes(MANY)),
  // Each process is told with each interface that its metadata names, so of both together there is no great number here.
  dubbo({}, { ...processes(SOME), '/dubbo/metadata/orders/r1': metadataData(Object.fromEntries(interfaces(SOME))) }),
];
