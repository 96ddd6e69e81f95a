// SPDX-License-Identifier: Apache-2.0
// Eureka as a Registry: the loop of polls, one at a time, and what they leave behind as a reading. How to read is
// estate-reader.ts and application-reader.ts; what an answer means is decode.ts. Nothing is ever registered or renewed.
import type { Cancel } from '../../lib/clock.ts';
import type { RegistryContext, RegistryKind } from '../kind.ts';
import type { Reading, Registry, Slice } from '../registry.ts';
import { createScope, type ScopeOptions } from '../scope.ts';
import { compileSecrets } from '../secrets.ts';
import { ApplicationReader } from './application-reader.ts';
import type { Estate } from './estate.ts';
import { EstateReader } from './estate-reader.ts';
import { exactNames } from './exact-names.ts';
import { FailureLog } from './failure-log.ts';
import { LibraryClient } from './library-client.ts';
import { type EurekaOptions, eurekaAttributes, eurekaFields } from './options.ts';
import { nextDelayMs } from './plan.ts';
import { NOTHING_PUBLISHED, type Published, publish } from './published.ts';
import { asReadFailure, type ReadFailure } from './read-failure.ts';
import { EurekaTransport } from './transport.ts';

const KIND = 'eureka';

export const eurekaKind: RegistryKind<EurekaOptions> = {
  kind: KIND,
  fields: eurekaFields,
  modes: ['full', 'delta', 'apps'],
  attributes: eurekaAttributes,
  create: (name, options, scope, context) => new EurekaRegistry(name, options, scope, context),
};

/** What reads for one scope. It begins with nothing: what another scope left out was not kept. */
interface ScopedReader {
  readonly estate: EstateReader;
  /** Present when the scope names few enough applications. */
  readonly applications: ApplicationReader | undefined;
}

/** What one poll brought: an estate, a failure, or both where only some applications answered. */
interface Poll {
  readonly estate: Estate | undefined;
  readonly failure: ReadFailure | undefined;
}

class EurekaRegistry implements Registry {
  readonly name: string;
  readonly #options: EurekaOptions;
  readonly #context: RegistryContext;
  readonly #transport: EurekaTransport;
  readonly #readerFor: (scope: ScopeOptions) => ScopedReader;
  #reader: ScopedReader;
  readonly #failureLog: FailureLog;
  #published: Published = NOTHING_PUBLISHED;
  #slices: readonly Slice[] = [];
  #onChange: () => void = () => {};
  #cancelTimer: Cancel = () => {};
  /** The poll that runs now; undefined between polls. */
  #polling: Promise<void> | undefined;
  #started = false;
  #closed = false;

  constructor(name: string, options: EurekaOptions, scope: ScopeOptions, context: RegistryContext) {
    this.name = name;
    this.#options = options;
    this.#context = { ...context, log: context.log.child({ registry: name }) };
    this.#failureLog = new FailureLog(this.#context.log);
    this.#transport = new EurekaTransport(options, context.clock);
    const client = new LibraryClient(shuffled(options.urls, context.random), (server, path) =>
      this.#transport.get(server, path),
    );
    const isSecret = compileSecrets(options.secretKeys);
    this.#readerFor = (wanted) => {
      const decoding = { rules: { ...options, registry: name, isInScope: createScope(wanted) }, isSecret };
      // Reads of single applications never include remote regions.
      const names = options.regions.length === 0 ? exactNames(wanted, options.maxAppReads) : undefined;
      return {
        estate: new EstateReader(client, { ...options, ...decoding }, this.#context),
        applications: names === undefined ? undefined : new ApplicationReader(names, client, decoding, this.#context),
      };
    };
    this.#reader = this.#readerFor(scope);
    this.#show({ kind: 'waiting', sinceMs: context.clock.now(), lastError: undefined });
  }

  slices(): readonly Slice[] {
    return this.#slices;
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
    this.#started = true;
    this.#schedule(0);
  }

  /** Reads anew and at once. Until then the slice stays as it is: what the former scope left out is not known. */
  setScope(scope: ScopeOptions): void {
    this.#reader = this.#readerFor(scope);
    if (!this.#started || this.#closed || this.#polling !== undefined) return;
    this.#cancelTimer();
    this.#schedule(0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    await this.#transport.close();
    await this.#polling;
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer = this.#context.clock.after(delayMs, () => {
      this.#polling = this.#poll();
    });
  }

  async #poll(): Promise<void> {
    const asked = this.#reader;
    const poll = await this.#read(asked);
    this.#polling = undefined;
    if (this.#closed) return;
    // The scope is another one by now: what was read is not what is wanted.
    if (asked !== this.#reader) this.#schedule(0);
    else this.#take(poll);
  }

  #take({ estate, failure }: Poll): void {
    const nowMs = this.#context.clock.now();
    if (failure === undefined) this.#failureLog.succeeded(nowMs);
    else this.#failureLog.failed(failure, nowMs);
    if (estate !== undefined) this.#published = publish(estate, this.name, this.#published);
    this.#show(nextReading(this.#reading(), this.#published, failure, nowMs));
    this.#schedule(nextDelayMs(this.#failureLog.failures, failure?.waitMs ?? 0, this.#options, this.#context.random()));
    this.#onChange();
  }

  /** Never rejects: even a defect in here must not end the loop, or the registry would be frozen without a word. */
  async #read(reader: ScopedReader): Promise<Poll> {
    try {
      await this.#transport.refresh();
      return reader.applications === undefined
        ? await readEstate(reader.estate)
        : await readApplications(reader.applications, reader.estate);
    } catch (thrown) {
      return { estate: undefined, failure: asReadFailure(thrown) };
    }
  }

  #reading(): Reading {
    return this.#slices[0]?.reading ?? { kind: 'waiting', sinceMs: this.#context.clock.now(), lastError: undefined };
  }

  #show(reading: Reading): void {
    const isWaiting = reading.kind === 'waiting';
    const services = isWaiting ? 0 : reading.content.services.size;
    const matched = { services, ofServices: isWaiting ? 0 : this.#published.ofServices };
    this.#slices = [{ registry: this.name, kind: KIND, reading, scopeRevision: 0, matched }];
  }
}

async function readEstate(reader: EstateReader): Promise<Poll> {
  return { estate: await reader.read(), failure: undefined };
}

async function readApplications(reader: ApplicationReader, whole: EstateReader): Promise<Poll> {
  const read = await reader.read();
  switch (read.kind) {
    case 'complete':
      return { estate: read.estate, failure: undefined };
    case 'partial':
      return { estate: read.estate, failure: read.failure };
    case 'failed':
      return { estate: undefined, failure: read.failure };
    case 'none-found': {
      const poll = await readEstate(whole);
      reader.forget();
      return poll;
    }
  }
}

/** Failure keeps the content and its age; what some applications said nevertheless is shown without making it younger. */
function nextReading(former: Reading, published: Published, failure: ReadFailure | undefined, nowMs: number): Reading {
  const { services, problems } = published;
  if (failure === undefined) return { kind: 'live', content: { services, problems, readAtMs: nowMs } };
  const lastError = { code: failure.code, message: failure.message, atMs: nowMs };
  if (former.kind === 'waiting') return { ...former, lastError };
  const sinceMs = former.kind === 'stale' ? former.sinceMs : nowMs;
  return { kind: 'stale', content: { services, problems, readAtMs: former.content.readAtMs }, sinceMs, lastError };
}

/** Each bridge asks the servers in an order of its own, so that they share the load. */
function shuffled(urls: readonly string[], random: () => number): readonly string[] {
  return urls
    .map((url) => ({ url, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ url }) => url);
}
