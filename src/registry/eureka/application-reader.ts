// SPDX-License-Identifier: Apache-2.0
// Reads a short list of applications one by one. Each stands for itself: 404 means that it is absent, a failure leaves what
// was last known of it, and one server may answer what another one failed to. Which names to read is not decided here.

import type { IsSecret } from '../decoding/secrets.ts';
import type { RegistryContext } from '../kind.ts';
import { documentOf, listingOf } from './answer.ts';
import { decodeApplication, type Listing } from './decode.ts';
import { applyApplications, EMPTY_ESTATE, type Estate } from './estate.ts';
import type { LibraryClient } from './library-client.ts';
import { asReadFailure, joinFailures, type ReadFailure } from './read-failure.ts';
import { type Timed, timed } from './timed.ts';
import type { InstanceRules } from './to-instance.ts';

export type ApplicationsRead =
  /** Every application was answered for. */
  | { readonly kind: 'complete'; readonly estate: Estate }
  /** Every application was answered for once, some of them not now. */
  | { readonly kind: 'partial'; readonly estate: Estate; readonly failure: ReadFailure }
  /** Every application answers 404: gone, or the URL leads nowhere. Only a full list can tell. */
  | { readonly kind: 'none-found' }
  | { readonly kind: 'failed'; readonly failure: ReadFailure };

type Known = Listing | 'absent';

/** Requests under way at the same time. */
const CONCURRENCY = 4;

export class ApplicationReader {
  readonly names: readonly string[];
  readonly #client: LibraryClient;
  readonly #rules: InstanceRules;
  readonly #isSecret: IsSecret;
  readonly #timed: Timed;
  readonly #known = new Map<string, Known>();
  #estate: Estate = EMPTY_ESTATE;

  /** `names` in upper case. */
  constructor(
    names: readonly string[],
    client: LibraryClient,
    options: { readonly rules: InstanceRules; readonly isSecret: IsSecret },
    context: RegistryContext,
  ) {
    this.names = names;
    this.#client = client;
    this.#rules = options.rules;
    this.#isSecret = options.isSecret;
    this.#timed = timed(options.rules.registry, context);
  }

  /** `anew`: of the next server first. Never rejects because of a server. */
  async read(anew: boolean): Promise<ApplicationsRead> {
    const { answers, failures } = await this.#askAll(anew);
    const failure = failures.length === 0 ? undefined : joinFailures(failures);
    if (answers.size === 0 && failure !== undefined) return { kind: 'failed', failure };
    if (failure === undefined && [...answers.values()].every((answer) => answer === 'absent')) {
      return { kind: 'none-found' };
    }
    for (const [name, answer] of answers) this.#known.set(name, answer);
    if (failure !== undefined && this.#known.size < this.names.length) return { kind: 'failed', failure };
    this.#estate = applyApplications(this.#estate, this.#known, this.#rules);
    return failure === undefined
      ? { kind: 'complete', estate: this.#estate }
      : { kind: 'partial', estate: this.#estate, failure };
  }

  /** Something newer than what was read here was published: it must not come back where a later read fails. */
  forget(): void {
    this.#known.clear();
  }

  /** What one server does not answer, the next one is asked for. `failures` is empty when all was answered in the end. */
  async #askAll(anew: boolean): Promise<{
    readonly answers: ReadonlyMap<string, Known>;
    readonly failures: readonly ReadFailure[];
  }> {
    const answers = new Map<string, Known>();
    const failures: ReadFailure[] = [];
    for (const attempt of this.#client.attempts(anew)) {
      this.#client.server(attempt);
      const missing = this.names.filter((name) => !answers.has(name));
      failures.push(...(await this.#askFor(missing, answers)));
      if (answers.size === this.names.length) return { answers, failures: [] };
    }
    return { answers, failures };
  }

  async #askFor(names: readonly string[], answers: Map<string, Known>): Promise<readonly ReadFailure[]> {
    const failures: ReadFailure[] = [];
    const queue = names.values();
    let answered = 0;
    const askOn = async (): Promise<void> => {
      for (const name of queue) {
        try {
          answers.set(name, await this.#timed('apps', () => this.#ask(name)));
          answered++;
        } catch (thrown) {
          failures.push(asReadFailure(thrown));
        }
        // A server that has answered nothing yet is not waited for once more with every further name.
        if (answered === 0) return;
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, askOn));
    return failures;
  }

  async #ask(name: string): Promise<Known> {
    const server = this.#client.server();
    const answer = await this.#client.get(encodeURIComponent(name));
    if (answer.status === 404) return 'absent';
    return listingOf(decodeApplication(documentOf(answer, server), name, this.#isSecret), server);
  }
}
