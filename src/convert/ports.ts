// SPDX-License-Identifier: Apache-2.0
// Which ports a service has. A pure function of what all listed instances offer, whatever their status, and of the
// configuration: an instance that goes down changes no port list, which would cost a push to every sidecar.
import type { ProblemCode } from '../model/problem.ts';
import { PROTOCOLS, type Protocol } from '../model/service.ts';
import type { EntryPort } from './entry.ts';
import { isPortNumber, type Offer } from './offer.ts';
import type { PortOptions } from './options.ts';
import { istioPort } from './protocols.ts';

export interface PublishedPort extends EntryPort {
  /** What an instance must offer to stand behind this port. */
  readonly offered: Protocol;
}

export interface PortPlan {
  /** Ordered by number. Names and numbers are unique. */
  readonly ports: readonly PublishedPort[];
  readonly refused: readonly { readonly code: ProblemCode; readonly value: string }[];
}

/**
 * Ports that Envoy and its agent listen on in every pod with a sidecar: Istio skips a listener of the same number with a
 * warning, and did not always: once such a port made Envoy refuse all its listeners (istio/istio#41239).
 */
const SIDECAR_PORTS = new Set([15_000, 15_001, 15_004, 15_006, 15_008, 15_020, 15_021, 15_053, 15_090]);

/**
 * The primary port: `options.primary` where any instance offers it, else the protocol that most instances offer (ties: order
 * of PROTOCOLS). A further one: where `options.published` names it and any instance offers it, or where every instance
 * does. Instances without any usable port are not counted: they stay out of the entry whatever is decided.
 *
 * `hasVirtualIp`: without one a TCP port would catch the traffic of every other service on its number, so there is none.
 */
export function planPorts(offers: readonly Offer[], options: PortOptions, hasVirtualIp: boolean): PortPlan {
  const counted = offers.map(({ numbers }) => numbers).filter(({ size }) => size > 0);
  const candidates = PROTOCOLS.filter((protocol) => counted.some((numbers) => numbers.has(protocol)));
  const drafts = new Map(candidates.map((protocol) => [protocol, draftPort(protocol, counted, options, hasVirtualIp)]));
  const usable = candidates.filter((protocol) => drafts.get(protocol)?.kind === 'port');
  const refused = select(candidates, counted, options).flatMap((protocol) => {
    const draft = drafts.get(protocol);
    return draft?.kind === 'refused' ? [draft] : [];
  });
  const chosen = select(usable, counted, options).flatMap((protocol) => {
    const draft = drafts.get(protocol);
    return draft?.kind === 'port' ? [draft.port] : [];
  });
  const { ports, collided } = withoutCollisions(chosen, counted);
  return {
    ports: [...ports].sort((a, b) => a.number - b.number),
    refused: [...refused, ...collided].map(({ code, value }) => ({ code, value })),
  };
}

type Numbers = ReadonlyMap<Protocol, number>;

type Draft =
  | { readonly kind: 'port'; readonly port: PublishedPort }
  | { readonly kind: 'refused'; readonly code: ProblemCode; readonly value: string };

/** The primary first, then the further ones in the order of PROTOCOLS. */
function select(
  candidates: readonly Protocol[],
  counted: readonly Numbers[],
  options: PortOptions,
): readonly Protocol[] {
  const primary = primaryOf(candidates, counted, options.primary);
  const further = candidates.filter(
    (protocol) =>
      protocol !== primary &&
      (options.published.includes(protocol) || counted.every((numbers) => numbers.has(protocol))),
  );
  return primary === undefined ? further : [primary, ...further];
}

function primaryOf(
  candidates: readonly Protocol[],
  counted: readonly Numbers[],
  configured: Protocol | undefined,
): Protocol | undefined {
  if (configured !== undefined && candidates.includes(configured)) return configured;
  return mostFrequent(candidates, (protocol) => counted.filter((numbers) => numbers.has(protocol)).length);
}

function draftPort(
  protocol: Protocol,
  counted: readonly Numbers[],
  options: PortOptions,
  hasVirtualIp: boolean,
): Draft {
  const sharesPort = counted.some((numbers) => numbers.has('dubbo') && numbers.get('dubbo') === numbers.get('tri'));
  const { istio, name } = istioPort(protocol, sharesPort);
  const number = options.mode === 'protocol' ? options.numbers[protocol] : mostCommonNumber(protocol, counted);
  const refuse = (code: ProblemCode): Draft => ({ kind: 'refused', code, value: `${number} (${name})` });
  if (!isPortNumber(number)) return refuse('PORT_INVALID');
  if (SIDECAR_PORTS.has(number)) return refuse('PORT_RESERVED');
  if (istio === 'TCP' && !hasVirtualIp) return refuse('PORT_WITHOUT_VIRTUAL_IP');
  return { kind: 'port', port: { number, protocol: istio, name, offered: protocol } };
}

/** The number that most instances have for `protocol`; the lowest of those that are equally common. */
function mostCommonNumber(protocol: Protocol, counted: readonly Numbers[]): number {
  const tally = new Map<number, number>();
  for (const numbers of counted) {
    const number = numbers.get(protocol);
    if (number !== undefined) tally.set(number, (tally.get(number) ?? 0) + 1);
  }
  return (
    mostFrequent(
      [...tally.keys()].sort((a, b) => a - b),
      (number) => tally.get(number) ?? 0,
    ) ?? 0
  );
}

/** The first of those that are counted most often; undefined when there is none. */
function mostFrequent<Value>(values: readonly Value[], count: (value: Value) => number): Value | undefined {
  let best: { readonly value: Value; readonly times: number } | undefined;
  for (const value of values) {
    const times = count(value);
    if (best === undefined || times > best.times) best = { value, times };
  }
  return best?.value;
}

/**
 * A number can be published once: the first keeps it. Nothing is lost, and nothing reported, where the second one is the same
 * port by another name (triple and Dubbo on one port, say).
 */
function withoutCollisions(
  chosen: readonly PublishedPort[],
  counted: readonly Numbers[],
): { readonly ports: readonly PublishedPort[]; readonly collided: PortPlan['refused'] } {
  const byNumber = new Map<number, PublishedPort>();
  const collided: { readonly code: ProblemCode; readonly value: string }[] = [];
  for (const port of chosen) {
    const owner = byNumber.get(port.number);
    if (owner === undefined) byNumber.set(port.number, port);
    else if (!isSamePort(owner, port, counted)) {
      collided.push({ code: 'PORT_NUMBER_TAKEN', value: `${port.number} (${port.name}, beside ${owner.name})` });
    }
  }
  return { ports: [...byNumber.values()], collided };
}

function isSamePort(a: PublishedPort, b: PublishedPort, counted: readonly Numbers[]): boolean {
  if (a.protocol !== b.protocol) return false;
  return counted.every((numbers) => !numbers.has(b.offered) || numbers.get(b.offered) === numbers.get(a.offered));
}
