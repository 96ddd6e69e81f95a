// SPDX-License-Identifier: Apache-2.0
// The ports that a Spring application offers, whatever registry it uses: a plain one, a secure one, and a gRPC port where
// metadata names one. What a registry says of the first two is told by whoever reads that registry.

import { numberOf } from '../../lib/json-value.ts';
import type { Port, Protocol } from '../../model/service.ts';
import { firstOf, type Report } from './spring-metadata.ts';

export interface OfferedPorts {
  /** Numbers as registered; undefined where there is no such port. */
  readonly plain: number | undefined;
  readonly secure: number | undefined;
  /** What the registration itself calls the protocol of the main port; metadata overrules it. */
  readonly word?: string | undefined;
  readonly metadata: ReadonlyMap<string, string>;
}

export interface PortKeys {
  /** The first key found gives the protocol of the main port. */
  readonly protocol: readonly string[];
  /** The first key found gives a further gRPC port. */
  readonly grpcPort: readonly string[];
}

/** What instances write → the protocol it means. */
const PROTOCOL_WORDS: ReadonlyMap<string, Protocol> = new Map([
  ['http', 'http'],
  ['http1', 'http'],
  ['http/1.1', 'http'],
  ['http2', 'http2'],
  ['http/2', 'http2'],
  ['h2', 'http2'],
  ['h2c', 'http2'],
  ['grpc', 'grpc'],
  ['https', 'https'],
  ['tri', 'tri'],
  ['dubbo', 'dubbo'],
  ['rest', 'rest'],
  ['tls', 'tls'],
  ['tcp', 'tcp'],
]);

/**
 * Protocols of the plain port: the word, else http. Secure port: https, or tls where the word says tcp, dubbo or tls, for then it
 * carries no HTTP. The word is about the main port: the plain one, or the secure one where that is the only one.
 */
export function springPorts(offered: OfferedPorts, keys: PortKeys, report: Report): readonly Port[] {
  const { plain, secure } = offered;
  const protocol = plain === undefined && secure === undefined ? undefined : mainProtocol(offered, keys, report);
  const ports: Port[] = [];
  if (plain !== undefined) addPort(ports, { number: plain, protocol: protocol ?? 'http', secure: isTls(protocol) });
  if (secure !== undefined) {
    const secured = plain === undefined ? secureForm(protocol ?? 'https') : 'https';
    addPort(ports, { number: secure, protocol: secured, secure: true });
  }
  const grpc = grpcNumber(offered, keys, report);
  if (grpc !== undefined) addPort(ports, { number: grpc, protocol: 'grpc', secure: false });
  return ports;
}

/** A port is named for its protocol, with a number behind it where that name is taken; the same number is added once. */
function addPort(ports: Port[], port: Omit<Port, 'name'>): void {
  if (ports.some((other) => other.number === port.number)) return;
  const namesakes = ports.filter((other) => other.protocol === port.protocol).length;
  ports.push({ name: namesakes === 0 ? port.protocol : `${port.protocol}-${namesakes + 1}`, ...port });
}

function mainProtocol({ metadata, word }: OfferedPorts, keys: PortKeys, report: Report): Protocol | undefined {
  const text = firstOf(metadata, keys.protocol) ?? word;
  if (text === undefined) return undefined;
  const protocol = PROTOCOL_WORDS.get(text.toLowerCase());
  if (protocol === undefined) report('FIELD_IGNORED', `it names a protocol that is not known, ${text}`);
  return protocol;
}

function isTls(protocol: Protocol | undefined): boolean {
  return protocol === 'https' || protocol === 'tls';
}

function secureForm(protocol: Protocol): Protocol {
  return protocol === 'tcp' || protocol === 'dubbo' || protocol === 'tls' ? 'tls' : 'https';
}

/** Starters write 0 or -1 where gRPC is turned off or its port was not known yet. */
function grpcNumber({ metadata }: OfferedPorts, keys: PortKeys, report: Report): number | undefined {
  const text = firstOf(metadata, keys.grpcPort);
  const number = text === undefined ? undefined : portNumber(text, report);
  return number === undefined || number <= 0 ? undefined : number;
}

/** Conversion judges the range; what is not even a whole number ends here. */
export function portNumber(text: string, report: Report): number | undefined {
  const number = numberOf(text);
  if (number === undefined) report('PORT_INVALID', text);
  return number;
}
