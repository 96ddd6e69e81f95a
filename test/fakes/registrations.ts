// One registration in the words of each kind of registry, through its real decoder: what a stranger can say, and where.
import assert from 'node:assert/strict';
import { dumpSlices } from '../../src/app/dump-slices.ts';
import type { Config } from '../../src/config/config.ts';
import type { Slice } from '../../src/registry/registry.ts';
import { encoded } from '../unit/registry/dubbo/dubbo-fixtures.ts';
import { springRecord } from './curator-records.ts';
import { type FakeTree, treeOf } from './planned-tree.ts';

export interface Registration {
  readonly service: string;
  readonly address: string;
  readonly port: number;
  /** In the registry's own words: a metadata value, or the scheme of a URL. */
  readonly protocol?: string;
  readonly weight?: string;
  readonly zone?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Members that no registry has, beside those that it has: somebody could hope that they are handed on. */
  readonly further?: Readonly<Record<string, unknown>>;
}

/** By name of the registry, as the narrow configuration names them. */
export const REGISTRIES = {
  eureka: inEureka,
  rpc: inDubbo,
  spring: inSpring,
  legacy: inFile,
} as const satisfies Readonly<Record<string, (registrations: readonly Registration[]) => string>>;

export type RegistryName = keyof typeof REGISTRIES;

export const REGISTRY_NAMES = Object.keys(REGISTRIES) as readonly RegistryName[];

export function slicesOf(
  registry: RegistryName,
  registrations: readonly Registration[],
  { registries }: Config,
): readonly Slice[] {
  const options = registries[registry] ?? assert.fail(`no registry ${registry}`);
  const read = dumpSlices(REGISTRIES[registry](registrations), registry, options);
  if (read.kind === 'unreadable') assert.fail(read.message);
  return read.slices;
}

function inEureka(registrations: readonly Registration[]): string {
  const application = registrations.map((one) => ({
    name: one.service,
    instance: [
      {
        ...one.further,
        instanceId: idOf(one),
        app: one.service,
        hostName: one.address,
        ipAddr: one.address,
        status: 'UP',
        port: { $: one.port, '@enabled': 'true' },
        vipAddress: one.service,
        metadata: metadataOf(one),
      },
    ],
  }));
  return JSON.stringify({ applications: { application } });
}

function inDubbo(registrations: readonly Registration[]): string {
  const nodes = registrations.map((one, index): [string, string] => {
    const interfaceName = `com.acme.Api${index}`;
    const { protocol: scheme = 'dubbo', ...parameters } = metadataOf(one);
    const said = { ...parameters, application: one.service, interface: interfaceName };
    const query = Object.entries(said).map(([key, value]) => `${inQuery(key)}=${inQuery(value)}`);
    const address = inQuery(one.address);
    const host = address.includes(':') ? `[${address}]` : address;
    const url = `${scheme}://${host}:${one.port}/${interfaceName}?${query.join('&')}`;
    return [`/dubbo/${interfaceName}/providers/${encoded(url)}`, ''];
  });
  return printed(treeOf(Object.fromEntries(nodes)));
}

function inSpring(registrations: readonly Registration[]): string {
  const nodes = registrations.map((one): [string, string] => {
    const { service: name, address, port } = one;
    const id = idOf(one).replaceAll('/', '-');
    const place = name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
    const path = ['/services', ...(place.length === 0 ? ['unnamed'] : place), id].join('/');
    return [path, springRecord({ ...one.further, name, id, address, port }, metadataOf(one))];
  });
  return printed(treeOf(Object.fromEntries(nodes)));
}

function inFile(registrations: readonly Registration[]): string {
  const services = registrations.map((one) => {
    const { service: name, address, port, weight, zone: locality, protocol } = one;
    const told = { address, port, weight, locality, protocol, metadata: metadataOf(one), ...one.further };
    return { ...one.further, name, instances: [told] };
  });
  return JSON.stringify({ services });
}

function metadataOf({ metadata, further = {}, weight, zone, protocol }: Registration): Record<string, string> {
  const said = Object.entries(further).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const known = Object.entries({ weight, zone, protocol }).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...said, ...known, ...Object.entries(metadata ?? {})]);
}

function idOf({ address, port }: Registration): string {
  return `${address}:${port}`;
}

/** The URL as a whole is encoded once more. What would end a parameter and what UTF-8 cannot hold does not get there. */
function inQuery(text: string): string {
  return Buffer.from(text.replace(/[&=#]/g, '_')).toString();
}

function printed(tree: FakeTree): string {
  return JSON.stringify(tree);
}
