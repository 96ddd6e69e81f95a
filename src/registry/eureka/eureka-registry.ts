// SPDX-License-Identifier: Apache-2.0
// Eureka as a Registry: the loop of polls, one at a time, and what they leave behind as a reading. How to read is
// scoped-reader.ts; what an answer means is decode.ts. Nothing is ever registered or renewed.
import type { Cancel } from '../../lib/clock.ts';
import { shuffled } from '../../lib/shuffled.ts';
import type { RegistryContext, RegistryKind } from '../kind.ts';
import type { Outside } from '../outside.ts';
import type { Reading, Registry, Slice } from '../registry.ts';
import type { ScopeOptions } from '../scope.ts';
import { captureEureka } from './capture.ts';
import { readEurekaDump } from './dump.ts';
import { FailureLog } from './failure-log.ts';
import { LibraryClient } from './library-client.ts';
import { type EurekaOptions, eurekaAttributes, eurekaFields } from './options.ts';
import { outsideOf } from './outside.ts';
import { nextDelayMs } from './plan.ts';
import { NOTHING_PUBLISHED, type Published, publish } from './published.ts';
import { asReadFailure, type ReadFailure } from './read-failure.ts';
import { type Poll, ScopedReader } from './scoped-reader.ts';
import { eurekaSources } from './sources.ts';
import { EurekaTransport } from './transport.ts';

const KIND = 'eureka';

export const eurekaKind: RegistryKind<EurekaOptions> = {
  kind: KIND,
  fields: eurekaFields,
  modes: ['full', 'delta', 'apps'],
  hasSession: false,
  attributes: eurekaAttributes,
  assumedAddress: { key: 'urls', value: 'http://registry.invalid/eureka' },
  create: (name, options, scope, context) => new EurekaRegistry(name, options, scope, context),
  capture: captureEureka,
  readDump: readEurekaDump,
  ...eurekaSources,
};

class EurekaRegistry implements Registry {
  readonly name: string;
  readonly #options: EurekaOptions;
  readonly #context: RegistryContext;
  readonly #transport: EurekaTransport;
  readonly #readerFor: (scope: ScopeOptions) => ScopedReader;
  #reader: ScopedReader;
  readonly #failureLog: FailureLog;
  #published: Published = NOTHING_PUBLISHED;
  #askedFor: readonly string[] | undefined;
  #slices: readonly Slice[] = [];
  #onChange: () => void = () => {};
  #cancelTimer: Cancel = () => {};
  /** The poll that runs now; undefined between polls. */
  #polling: Promise<void> | undefined;
  /** Whether the poll that runs, or the next one, begins with the next server. */
  #isAnew = false;
  #isNextAnew = false;
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
    this.#readerFor = (wanted) => new ScopedReader(client, name, options, wanted, this.#context);
    this.#reader = this.#readerFor(scope);
    this.#show({ kind: 'waiting', sinceMs: context.clock.now(), lastError: undefined });
  }

  slices(): readonly Slice[] {
    return this.#slices;
  }

  outside(): Outside {
    return outsideOf(this.#published.estate, this.#askedFor);
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

  /** A poll that runs already is of before the doubt: another one follows it. */
  readAnew(): void {
    if (!this.#started || this.#closed || this.#isAnew) return;
    this.#isNextAnew = true;
    if (this.#polling !== undefined) return;
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
    this.#isAnew = this.#isNextAnew;
    this.#isNextAnew = false;
    const poll = await this.#read(asked, this.#isAnew);
    this.#isAnew = false;
    this.#polling = undefined;
    if (this.#closed) return;
    // The scope is another one by now: what was read is not what is wanted.
    if (asked !== this.#reader) this.#schedule(0);
    else this.#take(poll);
  }

  #take({ estate, failure, askedFor }: Poll): void {
    const nowMs = this.#context.clock.now();
    if (failure === undefined) this.#failureLog.succeeded(nowMs);
    else this.#failureLog.failed(failure, nowMs);
    if (estate !== undefined) {
      this.#askedFor = askedFor;
      this.#published = publish(estate, this.name, this.#published);
    }
    this.#show(nextReading(this.#reading(), this.#published, failure, nowMs));
    const { failures } = this.#failureLog;
    // A server that asked to be left alone is, also now.
    const isDue = this.#isNextAnew && failures === 0;
    const delayMs = nextDelayMs(failures, failure?.waitMs ?? 0, this.#options, this.#context.random());
    this.#schedule(isDue ? 0 : delayMs);
    this.#onChange();
  }

  /** Never rejects: even a defect in here must not end the loop, or the registry would be frozen without a word. */
  async #read(reader: ScopedReader, anew: boolean): Promise<Poll> {
    try {
      await this.#transport.refresh();
      return await reader.read(anew);
    } catch (thrown) {
      return { estate: undefined, failure: asReadFailure(thrown), askedFor: undefined };
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

/** Failure keeps the content and its age; what some applications said nevertheless is shown without making it younger. */
function nextReading(former: Reading, published: Published, failure: ReadFailure | undefined, nowMs: number): Reading {
  const { services, problems } = published;
  if (failure === undefined) return { kind: 'live', content: { services, problems, readAtMs: nowMs } };
  const lastError = { code: failure.code, message: failure.message, atMs: nowMs };
  if (former.kind === 'waiting') return { ...former, lastError };
  const sinceMs = former.kind === 'stale' ? former.sinceMs : nowMs;
  return { kind: 'stale', content: { services, problems, readAtMs: former.content.readAtMs }, sinceMs, lastError };
}
