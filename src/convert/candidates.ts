// SPDX-License-Identifier: Apache-2.0
// Which instances could become endpoints: those that are up, have an address, a weight above zero and every published
// port. Each one that could not be routed says why; the others are not touched by it.
import { type Problem, type ProblemCode, problem } from '../model/problem.ts';
import type { Instance, Service } from '../model/service.ts';
import { type Address, readAddress } from './address.ts';
import type { Offer } from './offer.ts';
import type { PublishedPort } from './ports.ts';
import { defaultWeight } from './protocols.ts';

/** An instance of one of the joined services, with what was read out of it. */
export interface Listed {
  readonly service: Service;
  readonly instance: Instance;
  readonly offer: Offer;
}

export interface Candidate extends Listed {
  readonly address: Exclude<Address, { readonly kind: 'invalid' }>;
  readonly weight: number;
  /** In the order of the published ports. */
  readonly numbers: readonly number[];
}

export type Judged =
  | { readonly kind: 'candidate'; readonly candidate: Candidate; readonly problems: readonly Problem[] }
  | { readonly kind: 'left-out'; readonly problems: readonly Problem[] };

const HEAVIEST = 10_000;

/** Judges one instance. What is not up is left out without a word: that is what its registry asks for. */
export function judgeInstance(listed: Listed, ports: readonly PublishedPort[]): Judged {
  const { service, instance, offer } = listed;
  if (instance.status !== 'up') return { kind: 'left-out', problems: [] };
  const about = { registry: service.registry, service: service.name, instance: instance.id };
  const leaveOut = (code: ProblemCode, value: string): Judged => {
    return { kind: 'left-out', problems: [problem(code, about, value)] };
  };
  const address = readAddress(instance.address);
  if (address.kind === 'invalid') return leaveOut('ADDRESS_INVALID', instance.address);
  if (instance.weight === 0) return leaveOut('WEIGHT_ZERO', '0');
  const lacking = ports.filter(({ offered }) => !offer.numbers.has(offered));
  if (lacking.length > 0) return leaveOut('PORT_NOT_OFFERED', lacking.map(({ name }) => name).join(', '));
  const numbers = ports.flatMap(({ offered }) => offer.numbers.get(offered) ?? []);
  const isWeighted = instance.weight === undefined || isWeight(instance.weight);
  const weight = isWeighted && instance.weight !== undefined ? instance.weight : defaultWeight(offer.numbers);
  const problems = isWeighted ? [] : [problem('WEIGHT_INVALID', about, String(instance.weight))];
  return { kind: 'candidate', candidate: { ...listed, address, weight, numbers }, problems };
}

function isWeight(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= HEAVIEST;
}
