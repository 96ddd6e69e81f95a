// SPDX-License-Identifier: Apache-2.0
// The other replicas of this bridge: found by the name of a headless Service, asked over HTTP with a token. Everything has a
// deadline and a cap, and whatever goes wrong leaves a process as it would be without them.
import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { Clock } from '../lib/clock.ts';
import { errorCode } from '../lib/error-code.ts';
import { hostPortText } from '../lib/host-port.ts';
import { httpGetWith, TOO_LARGE } from '../lib/http-ask.ts';
import { objectOf, parsedJson } from '../lib/json-value.ts';
import { UnusableFile } from '../lib/secret-files.ts';
import { tokenFrom } from '../lib/token-file.ts';
import { decodeState } from './decode-state.ts';
import { ofReplica, refusal, type StateRefusal } from './refusal.ts';
import type { BridgeName, SavedState } from './saved-state.ts';

/** Paths of the admin port (admin/replica-routes.ts). */
export const [STATE_PATH, CLIENTS_PATH] = ['/replicas/state', '/replicas/clients'] as const;

export interface SiblingOptions {
  /** Name of the headless Service. */
  readonly service: string;
  /** Of the admin port of every replica. */
  readonly port: number;
  readonly tokenFile: string;
  readonly maxBytes: number;
  readonly bridge: BridgeName;
}

export interface SiblingDeps {
  readonly clock: Clock;
  /** Port of the own admin pages, by which the own address is left out. */
  readonly ownPort: () => number;
  /** Tests give another one. Rejects like `dns.lookup`. */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
}

export type SiblingAnswer =
  | { readonly kind: 'state'; readonly address: string; readonly state: SavedState }
  /** It has not read anything yet either. */
  | { readonly kind: 'none'; readonly address: string }
  | { readonly kind: 'refused'; readonly address: string; readonly refusal: StateRefusal }
  /** It does not take this process for a replica: the tokens differ, or its own cannot be used. */
  | { readonly kind: 'stranger'; readonly address: string; readonly why: string }
  /** It cannot be asked. `why` is a few words. */
  | { readonly kind: 'silent'; readonly address: string; readonly why: string };

/** Nobody can be asked. */
export interface SiblingsFailure {
  readonly reason: 'token' | 'unresolved';
  readonly why: string;
}

export interface SiblingsAsked {
  readonly answers: readonly SiblingAnswer[];
  /** undefined: everybody was asked. */
  readonly failure: SiblingsFailure | undefined;
}

const LOOKUP_MS = 2_000;
const CLIENTS_LIMITS = { deadlineMs: 2_000, mostBytes: 1_000 };
/** A start waits for it. */
const STATE_MS = 4_000;
/** A bridge has a few replicas; a name that resolves to many more is another one. */
const MOST_SIBLINGS = 8;

export class Siblings {
  readonly #options: SiblingOptions;
  readonly #deps: SiblingDeps;

  constructor(options: SiblingOptions, deps: SiblingDeps) {
    this.#options = options;
    this.#deps = deps;
  }

  /** What each of them read last. Never rejects. */
  async states(): Promise<SiblingsAsked> {
    const found = await this.#find();
    if ('reason' in found) return { answers: [], failure: found };
    const { addresses, token } = found;
    return {
      answers: await Promise.all(addresses.map((address) => this.#stateOf(address, token))),
      failure: undefined,
    };
  }

  /** How long ago a client was connected to one of them that may hold entries of this bridge; undefined: none of them says so. */
  async heldAgoMs(): Promise<number | undefined> {
    const found = await this.#find();
    if ('reason' in found) return undefined;
    const asked = await Promise.all(found.addresses.map((address) => this.#heldAgoMsAt(address, found.token)));
    const known = asked.filter((agoMs) => agoMs !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  async #stateOf(address: string, token: string): Promise<SiblingAnswer> {
    const { maxBytes, bridge } = this.#options;
    const answer = await httpGetWith(
      token,
      this.#url(address, STATE_PATH),
      { deadlineMs: STATE_MS, mostBytes: maxBytes },
      this.#deps.clock,
    );
    if (answer.kind === 'silent') return { kind: 'silent', address, why: `no answer within ${STATE_MS / 1000} s` };
    if (answer.kind === 'failed' && answer.code === TOO_LARGE) {
      return {
        kind: 'refused',
        address,
        refusal: ofReplica(refusal('STATE_TOO_LARGE', `at most ${maxBytes}`), address),
      };
    }
    if (answer.kind === 'failed') return { kind: 'silent', address, why: answer.code || 'no HTTP' };
    if (answer.status === 404) return { kind: 'none', address };
    if (answer.status === 401) return { kind: 'stranger', address, why: 'status 401' };
    if (answer.status !== 200) return { kind: 'silent', address, why: `status ${answer.status}` };
    const decoded = decodeState(Buffer.from(answer.text), bridge);
    if (decoded.kind === 'state') return { ...decoded, address };
    return { kind: 'refused', address, refusal: ofReplica(decoded.refusal, address) };
  }

  async #heldAgoMsAt(address: string, token: string): Promise<number | undefined> {
    const answer = await httpGetWith(token, this.#url(address, CLIENTS_PATH), CLIENTS_LIMITS, this.#deps.clock);
    if (answer.kind !== 'answered' || answer.status !== 200) return undefined;
    const agoMs = objectOf(parsedJson(answer.text))?.['heldAgoMs'];
    return typeof agoMs === 'number' && agoMs >= 0 ? agoMs : undefined;
  }

  /** Who there is beside this process, or why that cannot be told. */
  async #find(): Promise<{ readonly addresses: readonly string[]; readonly token: string } | SiblingsFailure> {
    const { service, tokenFile } = this.#options;
    try {
      const token = await tokenFrom(tokenFile);
      const all = await this.#resolved(service);
      if (all === undefined)
        return { reason: 'unresolved', why: `${service} is not resolved within ${LOOKUP_MS / 1000} s` };
      const others = [...new Set(all)].filter((address) => !this.#isOwn(address));
      return { addresses: others.slice(0, MOST_SIBLINGS), token };
    } catch (error) {
      if (error instanceof UnusableFile) return { reason: 'token', why: error.message };
      const code = errorCode(error);
      // What is no error of the system is a defect.
      if (code === '') throw error;
      return { reason: 'unresolved', why: `${service} is not resolved (${code})` };
    }
  }

  #resolved(service: string): Promise<readonly string[] | undefined> {
    const { clock, resolve = addressesOf } = this.#deps;
    return new Promise((settle, reject) => {
      const cancel = clock.after(LOOKUP_MS, () => settle(undefined));
      resolve(service).then(settle, reject).finally(cancel);
    });
  }

  #isOwn(address: string): boolean {
    if (this.#options.port !== this.#deps.ownPort()) return false;
    return Object.values(networkInterfaces()).some((of) => of?.some((one) => one.address === address) === true);
  }

  #url(address: string, path: string): URL {
    return new URL(`http://${hostPortText({ host: address, port: this.#options.port })}${path}`);
  }
}

async function addressesOf(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}
