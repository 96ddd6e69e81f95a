// SPDX-License-Identifier: Apache-2.0
// The ports that a Eureka instance offers: `port`, `securePort`, and a gRPC port where metadata names one. Both of the
// first two stay when both are enabled (callers of Spring Cloud then use the secure one alone): `secure` tells them apart.
import type { ProblemCode } from '../../model/problem.ts';
import type { Port, Protocol } from '../../model/service.ts';
import type { InstanceRecord, PortRecord } from './decode-instance.ts';
import { firstOf } from './metadata-value.ts';
import type { EurekaOptions } from './options.ts';

/** Says that something was found; whoever translates the instance fills in which one it is. */
export type Report = (code: ProblemCode, value: string) => void;

/** What instances write into metadata → the protocol it means. */
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
 * Protocols of an enabled `port`: the metadata word, else http. `securePort`: https, or tls where the word says tcp, dubbo
 * or tls, for then it carries no HTTP. The word is about the main port: `port`, or `securePort` where that is the only one.
 */
export function portsOf(record: InstanceRecord, keys: EurekaOptions['metadataKeys'], report: Report): readonly Port[] {
  const plain = numberOf(record.port, report);
  const secure = numberOf(record.securePort, report);
  const word = plain === undefined && secure === undefined ? undefined : wordOf(record, keys, report);
  const ports: Port[] = [];
  if (plain !== undefined) {
    const protocol = word ?? 'http';
    addPort(ports, { number: plain, protocol, secure: isTls(protocol) });
  }
  if (secure !== undefined) {
    const protocol = plain === undefined ? secureForm(word ?? 'https') : 'https';
    addPort(ports, { number: secure, protocol, secure: true });
  }
  const grpc = grpcNumber(record, keys, report);
  if (grpc !== undefined) addPort(ports, { number: grpc, protocol: 'grpc', secure: false });
  return ports;
}

/** A port is named for its protocol, with a number behind it where that name is taken; the same number is added once. */
function addPort(ports: Port[], port: Omit<Port, 'name'>): void {
  if (ports.some((other) => other.number === port.number)) return;
  const namesakes = ports.filter((other) => other.protocol === port.protocol).length;
  ports.push({ name: namesakes === 0 ? port.protocol : `${port.protocol}-${namesakes + 1}`, ...port });
}

function wordOf(record: InstanceRecord, keys: EurekaOptions['metadataKeys'], report: Report): Protocol | undefined {
  const text = firstOf(record.metadata, keys.protocol);
  if (text === undefined) return undefined;
  const protocol = PROTOCOL_WORDS.get(text.toLowerCase());
  if (protocol === undefined) report('FIELD_IGNORED', `its metadata names a protocol that is not known, ${text}`);
  return protocol;
}

function isTls(protocol: Protocol): boolean {
  return protocol === 'https' || protocol === 'tls';
}

function secureForm(protocol: Protocol): Protocol {
  return protocol === 'tcp' || protocol === 'dubbo' || protocol === 'tls' ? 'tls' : 'https';
}

const WHOLE_NUMBER = /^-?[0-9]{1,15}$/;

/** Conversion judges the range; what is not even a whole number ends here. */
function numberOf(port: PortRecord | undefined, report: Report): number | undefined {
  if (port === undefined || !port.enabled) return undefined;
  if (WHOLE_NUMBER.test(port.text)) return Number(port.text);
  report('PORT_INVALID', port.text);
  return undefined;
}

/** Starters write 0 or -1 where gRPC is turned off or its port was not known yet. */
function grpcNumber(record: InstanceRecord, keys: EurekaOptions['metadataKeys'], report: Report): number | undefined {
  const text = firstOf(record.metadata, keys.grpcPort);
  const number = text === undefined ? undefined : numberOf({ text, enabled: true }, report);
  return number === undefined || number <= 0 ? undefined : number;
}
