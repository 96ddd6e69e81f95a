// SPDX-License-Identifier: Apache-2.0
// What one instance offers: for each protocol the one port number that callers would use.
import { compareTexts } from '../lib/compare-texts.ts';
import type { Instance, Port, Protocol } from '../model/service.ts';
import { wireProtocol } from './protocols.ts';

export interface Offer {
  readonly numbers: ReadonlyMap<Protocol, number>;
  /** Registered ports whose number is none. */
  readonly invalid: readonly Port[];
}

/** Among several ports of one protocol the one that bears its name counts, then byte order of the names, then the lower number. */
export function offerOf(instance: Pick<Instance, 'ports'>): Offer {
  const numbers = new Map<Protocol, number>();
  const invalid: Port[] = [];
  for (const port of [...instance.ports].sort(byPreference)) {
    const protocol = wireProtocol(port);
    if (!isPortNumber(port.number)) invalid.push(port);
    else if (!numbers.has(protocol)) numbers.set(protocol, port.number);
  }
  return { numbers, invalid };
}

export function isPortNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65_535;
}

function byPreference(a: Port, b: Port): number {
  const bearsName = (port: Port): number => (port.name === wireProtocol(port) ? 0 : 1);
  return bearsName(a) - bearsName(b) || compareTexts(a.name, b.name) || a.number - b.number;
}
