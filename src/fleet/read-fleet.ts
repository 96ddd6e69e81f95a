// SPDX-License-Identifier: Apache-2.0
// Every `xds://` source of a list, read once as istiod would: all at the same time, each within its own deadline.
import { compareTexts } from '../lib/compare-texts.ts';
import { hostPortText } from '../lib/host-port.ts';
import { textsOf } from '../lib/json-value.ts';
import { type ProbeDeps, type ProbeOptions, SERVICE_ENTRY_TYPE_URL } from '../probe/config-source.ts';
import { type Survey, surveyConfigSource } from '../probe/survey.ts';
import type { ConfigSource } from './mesh-config.ts';
import { readSourceAddress } from './source-address.ts';

export interface FleetMember {
  /** As the list has it. */
  readonly address: string;
  readonly outcome: MemberOutcome;
}

export type MemberOutcome =
  /** `owners`: `namespace/instance` of its entries. */
  | { readonly kind: 'read'; readonly owners: readonly string[]; readonly entries: readonly FleetEntry[] }
  /** `why` is said behind the address. */
  | { readonly kind: 'unreachable' | 'silent' | 'not-asked'; readonly why: string };

export interface FleetEntry {
  /** `namespace/name`. */
  readonly name: string;
  readonly hosts: readonly string[];
  readonly addresses: readonly string[];
}

const DEADLINE_MS = 10_000;

/** A source that is listed twice is asked once: `judgeSourceList` says so. Never rejects. */
export function readFleet(sources: readonly ConfigSource[], deps: ProbeDeps): Promise<readonly FleetMember[]> {
  const byServer = new Map<string, ConfigSource>();
  for (const source of sources) {
    const read = readSourceAddress(source.address);
    const server = read.kind === 'xds' ? hostPortText(read.server).toLowerCase() : undefined;
    if (server !== undefined && !byServer.has(server)) byServer.set(server, source);
  }
  return Promise.all(
    [...byServer].map(async ([server, { address, tls }]) => ({ address, outcome: await readOne(server, tls, deps) })),
  );
}

async function readOne(
  server: string,
  { mode, caPem, subjectAltNames, sni }: ConfigSource['tls'],
  deps: ProbeDeps,
): Promise<MemberOutcome> {
  // Whatever another mode says, istiod speaks plaintext; a Secret of istiod's cannot be read from here.
  const isTls = mode === 'SIMPLE';
  if (isTls && caPem === '')
    return { kind: 'not-asked', why: 'not asked: its CA stands in a Secret, or in the image of istiod' };
  const typeUrls = [SERVICE_ENTRY_TYPE_URL];
  const options: ProbeOptions = {
    address: server,
    name: 'mesh-config',
    tls: isTls ? { caPem, subjectAltNames, serverName: sni === '' ? undefined : sni } : undefined,
  };
  try {
    return outcomeOf(await surveyConfigSource({ ...options, typeUrls }, DEADLINE_MS, deps));
  } catch (error) {
    return { kind: 'unreachable', why: error instanceof Error ? error.message : String(error) };
  }
}

function outcomeOf({ answers, ended }: Survey): MemberOutcome {
  const answer = answers.get(SERVICE_ENTRY_TYPE_URL);
  if (answer === undefined)
    return ended === undefined
      ? { kind: 'silent', why: `holds its answer back, or is silent, for ${DEADLINE_MS / 1000} s` }
      : { kind: 'unreachable', why: `cannot be read: ${ended}` };
  const entries = [...answer.resources.values()].map(({ name, spec }) => ({
    name,
    hosts: textsOf(spec?.['hosts']),
    addresses: textsOf(spec?.['addresses']),
  }));
  const owners = [...new Set(entries.map(({ name }) => ownerOf(name)))].sort(compareTexts);
  return { kind: 'read', owners, entries };
}

/** `shop/blue.eureka.orders` → `shop/blue`: an instance holds no dot. */
function ownerOf(name: string): string {
  return name.replace(/\..*$/s, '');
}
