// A configuration that admits little, as careless elsewhere as an operator can be, and what it means: said once more for every field
// of an entry, with the address lists of the platform and with patterns, and without a line of the gate's.
import assert from 'node:assert/strict';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { type PipelineOptions, pipelineOptions } from '../../src/app/options.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Endpoint, Entry, EntryPort, ServiceEntrySpec } from '../../src/convert/entry.ts';

const TEXT = `
namespace: asked
instance: bridge
hostTemplate: '{service}.shop.{registry}'
registries:
  eureka: { kind: eureka, urls: [http://eureka-1.example:8761/eureka] }
  rpc: { kind: dubbo, servers: [zk-1.example:2181] }
  spring: { kind: spring-cloud-zookeeper, servers: [zk-1.example:2181] }
  legacy: { kind: file, path: services.yaml }
exportTo: [., istio-system]
virtualIps: { range: 241.0.0.0/8, rangeV6: fd00:f00d::/32 }
# Keys that nobody should list.
endpointLabels: [version, zone, istio.io/rev, footbridge.io/team, istio-locality, security.istio.io/tlsMode]
endpointRules:
  - match: { metadata: { mesh: ["yes"] } }
    network: net1
    serviceAccount: orders
    tlsMode: istio
owner: { team: shop, partOf: estate, labels: { cost-center: "42" }, annotations: { networking.istio.io/traffic-distribution: PreferClose } }
admit:
  hostSuffixes: [.shop.eureka, .shop.rpc, .shop.spring, .shop.legacy, a.b]
  addresses: [10.0.0.0/8, fd00::/8, 127.0.0.16/28]
  addressSuffixes: [.corp.example, .internal]
  ports: ["80-60000"]
  endpointPorts: ["1000-60000"]
`;

export const NARROW: Config = narrowConfig();
export const NARROW_OPTIONS: PipelineOptions = pipelineOptions(NARROW);

function narrowConfig(): Config {
  const loaded = loadConfig({ file: { path: 'config.yaml', text: TEXT }, env: {}, flags: {} });
  if (loaded.kind !== 'ok') assert.fail(`the narrow configuration: ${JSON.stringify(loaded)}`);
  return loaded.config;
}

/** Every field of an entry and of what it holds. */
export type FieldPath =
  | keyof Entry
  | `spec.${keyof ServiceEntrySpec}`
  | `spec.ports.${keyof EntryPort}`
  | `spec.endpoints.${keyof Endpoint}`;

const ENDPOINT_RANGES = new BlockList();
ENDPOINT_RANGES.addSubnet('10.0.0.0', 8, 'ipv4');
ENDPOINT_RANGES.addSubnet('127.0.0.16', 28, 'ipv4');
ENDPOINT_RANGES.addSubnet('fd00::', 8, 'ipv6');
const NEVER = new BlockList();
NEVER.addSubnet('fd00:ec2::', 32, 'ipv6');
NEVER.addAddress('fd20:ce::254', 'ipv6');
NEVER.addAddress('fd00:c1::a9fe:a9fe', 'ipv6');
NEVER.addAddress('fd00:42::42', 'ipv6');
const VIRTUAL_RANGES = new BlockList();
VIRTUAL_RANGES.addSubnet('241.0.0.0', 8, 'ipv4');
VIRTUAL_RANGES.addSubnet('fd00:f00d::', 32, 'ipv6');

const HOST = /^(?:(?:[a-z0-9-]+\.)+shop\.(?:eureka|rpc|spring|legacy)|a\.b)\.?$/i;
const ADDRESS_NAME = /^(?:[a-z0-9-]+\.)+(?:corp\.example|internal)\.?$/i;
const METADATA_NAME = /^(?:metadata\.google|instance-data\.ec2)\.internal\.?$/i;
const OWN_KEY = /^(?:app\.kubernetes\.io\/(?:name|part-of|managed-by|instance)$|footbridge\.io\/)/;

/** For each field, whether a value of it stays inside. What a field that is missing here holds is outside. */
const SCOPE: Readonly<Record<FieldPath, (value: never) => boolean>> = {
  kind: (kind: string) => kind === 'networking.istio.io/ServiceEntry',
  name: (name: string) => /^asked\/bridge(?:\.[a-z0-9-]+)+$/.test(name),
  labels: (labels: Strings) => Object.keys(labels).every(isOwnKey),
  annotations: (annotations: Strings) => Object.keys(annotations).every(isOwnKey),
  spec: () => true,
  'spec.hosts': (hosts: readonly string[]) => hosts.every((host) => HOST.test(host)),
  'spec.addresses': (addresses: readonly string[]) => addresses.every((address) => isInside(VIRTUAL_RANGES, address)),
  'spec.ports': () => true,
  'spec.ports.number': (number: number) => number >= 80 && number <= 60_000,
  'spec.ports.protocol': () => true,
  'spec.ports.name': () => true,
  'spec.location': (location: string) => location === 'MESH_INTERNAL',
  'spec.resolution': () => true,
  'spec.endpoints': () => true,
  'spec.endpoints.address': isAdmittedAddress,
  'spec.endpoints.ports': (ports: Readonly<Record<string, number>>) => Object.values(ports).every(isEndpointPort),
  'spec.endpoints.labels': (labels: Strings) =>
    Object.entries(labels).every(
      ([key, value]) => ['version', 'zone'].includes(key) || (key === 'security.istio.io/tlsMode' && value === 'istio'),
    ),
  'spec.endpoints.network': (network: string) => ['', 'net1'].includes(network),
  'spec.endpoints.serviceAccount': (account: string) => ['', 'orders'].includes(account),
  'spec.endpoints.locality': () => true,
  'spec.endpoints.weight': () => true,
  'spec.exportTo': (exportTo: readonly string[]) =>
    exportTo.length > 0 && exportTo.every((item) => ['.', '~', 'asked', 'istio-system'].includes(item)),
};

export const FIELD_PATHS = Object.keys(SCOPE) as readonly FieldPath[];

type Strings = Readonly<Record<string, string>>;

/** What of `entry` is outside of what the narrow configuration admits, as `field: value`. */
export function escapesOf(entry: Entry): readonly string[] {
  return [
    ...[...fieldsOf(entry)].filter(([path, value]) => !isAdmitted(path, value)).map(shown),
    ...portsWithoutOwner(entry.spec),
    ...impliedPlaces(entry.spec),
  ];
}

/** Every field with its value, whatever the types say. */
export function* fieldsOf(entry: Entry): Iterable<readonly [path: string, value: unknown]> {
  yield* Object.entries(entry);
  for (const [field, value] of Object.entries(entry.spec)) yield [`spec.${field}`, value];
  for (const [list, items] of Object.entries({ ports: entry.spec.ports, endpoints: entry.spec.endpoints }))
    for (const item of items) for (const [field, value] of Object.entries(item)) yield [`spec.${list}.${field}`, value];
}

function isAdmitted(path: string, value: unknown): boolean {
  if (!Object.hasOwn(SCOPE, path)) return false;
  return value === undefined || SCOPE[path as FieldPath](value as never);
}

function shown([path, value]: readonly [string, unknown]): string {
  return `${path}: ${JSON.stringify(value)}`;
}

/** A port that is not told apart by host takes all traffic of its number, unless it has an address of its own. */
function portsWithoutOwner({ addresses, ports }: ServiceEntrySpec): string[] {
  const isShared = (protocol: string) => /^(?:http|http2|http_proxy|grpc|grpc-web|https|tls)$/i.test(protocol);
  const lonely = addresses.length > 0 ? [] : ports.filter(({ protocol }) => !isShared(protocol));
  return lonely.map(({ number, protocol }) => `${number} (${protocol}) without a virtual IP`);
}

/** Where traffic goes although no endpoint says so: to the service port, and with DNS to the host itself. */
function impliedPlaces({ endpoints, ports, resolution, hosts }: ServiceEntrySpec): string[] {
  const byPort = endpoints.flatMap((endpoint) => ports.map(({ name, number }) => ownPort(endpoint, name) ?? number));
  const isResolved = resolution !== 'STATIC' && resolution !== 'NONE' && endpoints.length === 0;
  const byName = isResolved ? hosts.filter((host) => !isAdmittedAddress(host)) : [];
  const itsPorts = isResolved ? ports.map(({ number }) => number) : [];
  return [...byName, ...[...byPort, ...itsPorts].filter((port) => !isEndpointPort(port)).map(String)].map(
    (place) => `implied: ${place}`,
  );
}

function ownPort({ ports }: Endpoint, name: string): number | undefined {
  return Object.hasOwn(ports, name) ? ports[name] : undefined;
}

function isEndpointPort(port: number): boolean {
  return port >= 1000 && port <= 60_000;
}

function isAdmittedAddress(address: string): boolean {
  if (isInside(ENDPOINT_RANGES, address)) return !isInside(NEVER, address);
  return ADDRESS_NAME.test(address) && !METADATA_NAME.test(address);
}

function isOwnKey(key: string): boolean {
  return OWN_KEY.test(key) || ['cost-center', 'networking.istio.io/traffic-distribution'].includes(key);
}

/** The platform takes an IPv4-mapped address for the IPv4 address itself. */
function isInside(ranges: BlockList, address: string): boolean {
  if (isIPv4(address)) return ranges.check(address, 'ipv4');
  return isIPv6(address) && !address.includes('%') && ranges.check(address, 'ipv6');
}
