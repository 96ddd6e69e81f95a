// SPDX-License-Identifier: Apache-2.0
// Keeps an estate in step with Eureka by full reads and deltas, over all servers in one go: the one that answered last is
// asked first, the next ones when it fails. plan.ts decides which kind of read it is; this file only carries it out.

import type { IsSecret } from '../decoding/secrets.ts';
import type { RegistryContext } from '../kind.ts';
import { documentOf, listingOf } from './answer.ts';
import { decodeDelta, decodeFull } from './decode.ts';
import { applyDelta, applyFull, EMPTY_ESTATE, type Estate, reconcileHash } from './estate.ts';
import type { LibraryClient } from './library-client.ts';
import {
  afterDelta,
  afterFailedDelta,
  afterFull,
  afterMismatch,
  afterRefusedDelta,
  mismatchWaitMs,
  type PlanOptions,
  planRead,
  type ReadMemory,
} from './plan.ts';
import { asReadFailure, joinFailures, ReadFailure, type ReadFailureCode } from './read-failure.ts';
import type { Server } from './server.ts';
import { type Timed, timed } from './timed.ts';
import type { InstanceRules } from './to-instance.ts';

export interface ReaderOptions extends PlanOptions {
  readonly regions: readonly string[];
  readonly rules: InstanceRules;
  readonly isSecret: IsSecret;
}

export class EstateReader {
  readonly #client: LibraryClient;
  readonly #options: ReaderOptions;
  readonly #context: RegistryContext;
  readonly #timed: Timed;
  readonly #query: string;
  #memory: ReadMemory | undefined;
  #estate: Estate = EMPTY_ESTATE;

  constructor(client: LibraryClient, options: ReaderOptions, context: RegistryContext) {
    this.#client = client;
    this.#options = options;
    this.#context = context;
    this.#timed = timed(options.rules.registry, context);
    this.#query = options.regions.length === 0 ? '' : `?regions=${options.regions.map(encodeURIComponent).join(',')}`;
  }

  /**
   * The estate as it is now. `anew`: in full, and of the next server first. Rejects with a ReadFailure when no server told it; the
   * former estate then stays.
   */
  async read(anew = false): Promise<Estate> {
    if (anew && this.#memory !== undefined) this.#memory = { ...this.#memory, doubted: true };
    const failures: ReadFailure[] = [];
    for (const attempt of this.#client.attempts(anew)) {
      try {
        this.#estate = await this.#readFrom(this.#client.server(attempt));
        return this.#estate;
      } catch (thrown) {
        const failure = asReadFailure(thrown);
        failures.push(failure);
        // Asked to wait: another server would be read in full at once, just what is to be waited for.
        if (failure.waitMs > 0) break;
      }
    }
    throw joinFailures(failures);
  }

  async #readFrom(server: Server): Promise<Estate> {
    const planned = planRead(this.#memory, server.name, this.#context.clock.now(), this.#options);
    if (planned.kind === 'full' || this.#memory === undefined) return this.#readFull(server);
    const delta = await this.#readDelta(server, this.#memory);
    if (delta.kind === 'agreed') return delta.estate;
    const estate = await this.#readFull(server);
    if (delta.refused) this.#remember(afterRefusedDelta(this.#memory, this.#context.clock.now()), server);
    return estate;
  }

  #readFull(server: Server): Promise<Estate> {
    return this.#timed('full', async () => {
      const document = documentOf(await this.#client.get(this.#query), server);
      const listing = listingOf(decodeFull(document, this.#options.isSecret), server);
      const { clock, random } = this.#context;
      this.#remember(afterFull(this.#memory, server.name, clock.now(), this.#options, random()), server);
      return applyFull(this.#estate, listing, this.#options.rules);
    });
  }

  async #readDelta(server: Server, memory: ReadMemory): Promise<DeltaRead> {
    try {
      return { kind: 'agreed', estate: await this.#timed('delta', () => this.#agreeingDelta(server, memory)) };
    } catch (thrown) {
      const failure = asReadFailure(thrown);
      const doubtful = failure.code === 'EUREKA_HASH_MISMATCH';
      this.#remember(doubtful ? afterMismatch(memory, this.#context.clock.now()) : afterFailedDelta(memory), server);
      if (failure.waitMs > 0 || !FULL_FOLLOWS.has(failure.code)) throw failure;
      return { kind: 'useless', refused: REFUSALS.has(failure.code) };
    }
  }

  async #agreeingDelta(server: Server, memory: ReadMemory): Promise<Estate> {
    const document = documentOf(await this.#client.get(`delta${this.#query}`), server);
    const delta = listingOf(decodeDelta(document, this.#options.isSecret), server);
    const estate = applyDelta(this.#estate, delta, this.#options.rules);
    if (reconcileHash(estate) !== delta.hash) {
      const what = `The delta of ${server.name} does not lead to what its hash says`;
      throw new ReadFailure('EUREKA_HASH_MISMATCH', what, mismatchWaitMs(memory));
    }
    this.#remember(afterDelta(memory, this.#context.clock.now()), server);
    return estate;
  }

  #remember(memory: ReadMemory, server: Server): void {
    const { pause } = memory;
    if (pause !== undefined && pause !== this.#memory?.pause) {
      this.#context.log.warn('eureka.delta_paused', { server: server.name, reason: pause.reason, forMs: pause.forMs });
    }
    this.#memory = memory;
  }
}

type DeltaRead =
  | { readonly kind: 'agreed'; readonly estate: Estate }
  /** `refused`: the server gives no deltas at all. */
  | { readonly kind: 'useless'; readonly refused: boolean };

/** 403: deltas are turned off, or refused like everything else; 404: a stand-in for Eureka that knows none. */
const REFUSALS: ReadonlySet<ReadFailureCode> = new Set(['EUREKA_FORBIDDEN', 'EUREKA_NOT_FOUND']);

/** The server answered, so its full list is worth asking for at once. After the others, another server is. */
const FULL_FOLLOWS: ReadonlySet<ReadFailureCode> = new Set([
  ...REFUSALS,
  'EUREKA_HASH_MISMATCH',
  'EUREKA_NOT_A_REGISTRY',
  'EUREKA_NOT_JSON',
]);
