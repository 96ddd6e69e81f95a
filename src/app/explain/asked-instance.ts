// SPDX-License-Identifier: Apache-2.0
// Whether an instance is the one that a text means: by its id, by its address in any writing, or by address and port.
import { readAddress } from '../../convert/address.ts';
import { byIdentity } from '../../lib/by-identity.ts';
import { printable } from '../../lib/printable.ts';
import type { Instance } from '../../model/service.ts';

export interface InstanceTest {
  readonly isAmong: (instances: readonly Instance[]) => boolean;
  readonly isMeant: (instance: Instance) => boolean;
  /** The same of the id alone, as problems spell it. */
  readonly isId: (id: string) => boolean;
}

/** `asked` as a person writes it: ids are compared without regard to case. */
export function instanceTest(asked: string): InstanceTest {
  const wanted = asked.toLowerCase();
  const shown = shownId(asked).toLowerCase();
  const { address, port } = splitPort(asked);
  const place = address === undefined ? undefined : placeText(address, port);
  const isWithin = ({ ids, places }: Bearings) => ids.has(wanted) || (place !== undefined && places.has(place));
  return {
    isAmong: (instances) => isWithin(bearings(instances)),
    isMeant: (instance) => isWithin(bearingsOf([instance])),
    isId: (id) => id !== '' && id.toLowerCase() === shown,
  };
}

const LONGEST_ID = 200;

/** An id as problems spell it. */
export function shownId(id: string): string {
  return printable(id, LONGEST_ID);
}

/** What instances are found by. */
interface Bearings {
  readonly ids: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
}

/** Read once for each list: a page asks again every few seconds, and reading addresses is what costs. */
const bearings = byIdentity(bearingsOf);

function bearingsOf(instances: readonly Instance[]): Bearings {
  const ids = new Set<string>();
  const places = new Set<string>();
  for (const { id, address, ports } of instances) {
    ids.add(id.toLowerCase());
    const text = canonical(address);
    if (text === undefined) continue;
    places.add(placeText(text, undefined));
    for (const { number } of ports) places.add(placeText(text, number));
  }
  return { ids, places };
}

function placeText(address: string, port: number | undefined): string {
  return port === undefined ? address : `${address} ${port}`;
}

function splitPort(asked: string): { readonly address: string | undefined; readonly port: number | undefined } {
  const whole = canonical(asked);
  if (whole !== undefined) return { address: whole, port: undefined };
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):([0-9]{1,5})$/.exec(asked) ?? [];
  return { address: canonical(bracketed ?? plain ?? ''), port: port === undefined ? undefined : Number(port) };
}

function canonical(address: string): string | undefined {
  const read = readAddress(address);
  return read.kind === 'invalid' ? undefined : read.text;
}
