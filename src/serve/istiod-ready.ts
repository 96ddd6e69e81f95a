// SPDX-License-Identifier: Apache-2.0
// istiod's own page `/ready`, asked at the address that a client came from. One that says "not ready" serves no proxy yet.
import type { Clock } from '../lib/clock.ts';
import { hostPortText, parseHostPort } from '../lib/host-port.ts';
import { httpGet } from '../lib/http-ask.ts';
import { parseIp, unmapped } from '../lib/ip.ts';
import type { ClientIdentity } from './client-identity.ts';

/** `unknown`: nobody answered, or not as an istiod does. Nothing may be concluded from it. */
export type IstiodReadiness = 'ready' | 'notReady' | 'unknown';

/** Asks at an IP address without port. Must not reject. */
export type AskReadiness = (address: string) => Promise<IstiodReadiness>;

const LIMITS = { deadlineMs: 2_000, mostBytes: 4_096 };

/** Never rejects. */
export async function askReadiness(address: string, port: number, clock: Clock): Promise<IstiodReadiness> {
  const answer = await httpGet(new URL(`http://${hostPortText({ host: address, port })}/ready`), LIMITS, clock);
  if (answer.kind !== 'answered') return 'unknown';
  if (answer.status === 200) return 'ready';
  // A proxy in between, or another program, says in words why it answers 503. istiod says nothing.
  return answer.status === 503 && answer.text === '' ? 'notReady' : 'unknown';
}

/**
 * Where the `/ready` of a client can be asked: at the address that it came from, if that is the one that istiod says it has. Behind
 * a NAT or a proxy somebody else would answer. undefined: nowhere.
 */
export function readyAddress(peer: string, identity: ClientIdentity | undefined): string | undefined {
  const [kind, said = ''] = identity?.nodeId.split('~') ?? [];
  const own = addressBytes(said);
  const host = parseHostPort(peer)?.host ?? '';
  return kind === 'sidecar' && own !== undefined && own === addressBytes(host) ? host : undefined;
}

/** Equal for all writings of one address. */
function addressBytes(text: string): string | undefined {
  const ip = parseIp(text);
  return ip === undefined ? undefined : unmapped(ip).bytes.join('.');
}
