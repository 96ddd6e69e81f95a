// SPDX-License-Identifier: Apache-2.0
// Which bridges a fleet has, as people and tools say it: words on a command line, lines of a file, Services as kubectl prints them,
// releases as Helm does. Of what is no bridge it says so instead of guessing.
import { compareTexts } from '../lib/compare-texts.ts';
import { distinctBy } from '../lib/distinct-by.ts';
import { type HostPort, hostPortText, parseHostPort } from '../lib/host-port.ts';
import { type JsonObject, objectOf } from '../lib/json-value.ts';
import { parsedYaml } from '../lib/parsed-yaml.ts';
import { printable } from '../lib/printable.ts';
import { type Release, releaseAddress, USUAL_RELEASE } from './release-address.ts';

export type BridgesReading =
  /** Each address once, in the order given; Services by age, so that a new one comes last. */
  | { readonly kind: 'bridges'; readonly bridges: readonly HostPort[] }
  /** `why` is a sentence. */
  | { readonly kind: 'unreadable'; readonly why: string };

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** As Helm has it: labels with dots between, 53 characters at most. */
const RELEASE = /^(?=.{1,53}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const LONGEST_QUOTED = 80;

/** `namespace`, `namespace/release`, `host:port` or `xds://host:port`. */
export function readBridgeWords(words: readonly string[]): BridgesReading {
  const bridges: HostPort[] = [];
  for (const word of words) {
    const bridge = readWord(word);
    if (typeof bridge === 'string') return { kind: 'unreadable', why: bridge };
    bridges.push(bridge);
  }
  return { kind: 'bridges', bridges: distinct(bridges) };
}

/** JSON or YAML of kubectl or Helm, else words in lines; `#` begins a comment. */
export function readBridgeFile(text: string): BridgesReading {
  // A single word is YAML too, but no object and no list.
  const document = parsedYaml(text, 0);
  if (Array.isArray(document)) return fromHelm(document.map((item) => objectOf(item) ?? {}));
  const object = objectOf(document);
  if (object !== undefined) return fromKubectl(object);
  const lines = text.split('\n').map((line) => line.replace(/#.*$/, '').trim());
  return readBridgeWords(lines.filter((line) => line !== ''));
}

function readWord(word: string): HostPort | string {
  const address = parseHostPort(word);
  if (address !== undefined) return address;
  const [namespace = '', name = USUAL_RELEASE, ...more] = word.split('/');
  if (['service', 'svc', 'services'].includes(namespace))
    return `${quoted(word)} tells no namespace, as \`kubectl --output name\` prints it: use \`--output json\`.`;
  if (more.length > 0 || !LABEL.test(namespace) || !RELEASE.test(name))
    return `${quoted(word)} is no namespace, no namespace/release and no host:port.`;
  return releaseAddress({ namespace, name });
}

/** A word that somebody gave, fit to be said: a whole file may be one line. */
export function quoted(word: string): string {
  return JSON.stringify(printable(word, LONGEST_QUOTED));
}

function fromHelm(items: readonly JsonObject[]): BridgesReading {
  const releases = items.flatMap(({ name, namespace, chart }): readonly Release[] =>
    typeof name === 'string' && typeof namespace === 'string' && /^footbridge-\d/.test(String(chart))
      ? [{ namespace, name }]
      : [],
  );
  if (releases.length === 0)
    return {
      kind: 'unreadable',
      why: 'No release of the chart `footbridge` is among them (`helm list --all-namespaces --output json`).',
    };
  return { kind: 'bridges', bridges: distinct(releases.map(releaseAddress)) };
}

function fromKubectl(object: JsonObject): BridgesReading {
  const items = Array.isArray(object['items']) ? object['items'].map((item) => objectOf(item) ?? {}) : [object];
  const services = items.filter(({ kind }) => kind === 'Service');
  const found = services.flatMap(bridgeOfService).sort((a, b) => compareTexts(a.order, b.order));
  if (found.length === 0)
    return {
      kind: 'unreadable',
      why: 'No Service with a port `grpc` is among them (`kubectl get services --all-namespaces --output json`).',
    };
  return { kind: 'bridges', bridges: distinct(found.map(({ server }) => server)) };
}

/** The Service of the metrics of a release has the port `admin` alone, and is none of them. */
function bridgeOfService(service: JsonObject): readonly { readonly order: string; readonly server: HostPort }[] {
  const { name, namespace, creationTimestamp } = objectOf(service['metadata']) ?? {};
  const ports = objectOf(service['spec'])?.['ports'];
  const grpc = (Array.isArray(ports) ? ports : []).map(objectOf).find((port) => port?.['name'] === 'grpc')?.['port'];
  if (typeof name !== 'string' || typeof namespace !== 'string' || typeof grpc !== 'number') return [];
  const host = `${name}.${namespace}.svc`;
  return [{ order: `${String(creationTimestamp ?? '')} ${host}`, server: { host, port: grpc } }];
}

function distinct(bridges: readonly HostPort[]): readonly HostPort[] {
  return distinctBy(bridges, hostPortText);
}
