// SPDX-License-Identifier: Apache-2.0
// A client of any config source that speaks as istiod does: it subscribes to types, acknowledges everything and tells what
// was added, changed and removed. It keeps nothing that could be lost, and says so by its node id.
import { Client, type ClientDuplexStream } from '@grpc/grpc-js';
import type { Cancel, Clock } from '../lib/clock.ts';
import { goTimeText } from '../lib/go-time.ts';
import { envoy } from '../proto/messages.gen.js';
import { type Change, changesBetween } from './changes.ts';
import { channelCredentials, type ProbeTls, serverNameOption } from './channel-tls.ts';
import { decodeResources, type ProbedResource } from './decode-resource.ts';

type Request = envoy.service.discovery.v3.DiscoveryRequest.$Properties;
type Response = envoy.service.discovery.v3.DiscoveryResponse.$Properties;
type Call = ClientDuplexStream<Request, Response>;

export interface ProbeOptions {
  /** `host:port`, as `hostPortText` writes it. */
  readonly address: string;
  /** Default: ServiceEntry as Istio asks for it from 1.24 on. */
  readonly typeUrls?: readonly string[];
  /** What the source shows of us: the node id is `footbridge-` and this. */
  readonly name: string;
  /** undefined: plaintext. */
  readonly tls?: ProbeTls | undefined;
}

export interface ProbeDeps {
  readonly clock: Clock;
  /** In [0, 1), for the spread of reconnects. */
  readonly random: () => number;
}

export interface ProbeEvents {
  readonly onAnswer: (answer: ProbeAnswer) => void;
  /** A connection was lost or could not be made; the next attempt follows after `retryInMs`. */
  readonly onDisconnected?: (about: { readonly reason: string; readonly retryInMs: number }) => void;
}

export interface ProbeAnswer {
  readonly typeUrl: string;
  readonly version: string;
  /** The whole set that the source serves, by name. */
  readonly resources: ReadonlyMap<string, ProbedResource>;
  /** Against the set of this type that was received before, also over a lost connection. */
  readonly changes: readonly Change[];
  /** Sentences about resources that could not be read. */
  readonly problems: readonly string[];
}

export const SERVICE_ENTRY_TYPE_URL = 'networking.istio.io/v1/ServiceEntry';

const ADS_PATH = '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources';
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 60_000;

/** Connects, and stays connected until `close`. */
export class ConfigSourceProbe {
  readonly #options: ProbeOptions;
  readonly #deps: ProbeDeps;
  readonly #events: ProbeEvents;
  readonly #client: Client;
  readonly #startedAtMs: number;
  readonly #known = new Map<string, ReadonlyMap<string, ProbedResource>>();
  /** Between two attempts there is no socket, and a Clock's timers keep no process alive: a probe does, until it is closed. */
  readonly #keepAlive: NodeJS.Timeout;
  #call: Call | undefined;
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: Cancel = () => {};
  #isClosed = false;

  constructor(options: ProbeOptions, events: ProbeEvents, deps: ProbeDeps) {
    this.#options = options;
    this.#events = events;
    this.#deps = deps;
    this.#startedAtMs = deps.clock.now();
    this.#client = new Client(options.address, channelCredentials(options.tls, options.address), {
      'grpc.max_receive_message_length': -1,
      // The pause between attempts is ours; the channel's own would come on top.
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1000,
      'grpc.keepalive_time_ms': 30_000,
      'grpc.keepalive_timeout_ms': 10_000,
      'grpc.use_local_subchannel_pool': 1,
      ...serverNameOption(options.tls, options.address),
    });
    // Last: where the address makes the client throw, nothing may keep the process alive.
    this.#keepAlive = setInterval(() => {}, 3_600_000);
    this.#connect();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#keepAlive);
    this.#cancelRetry();
    this.#call?.cancel();
    this.#client.close();
  }

  #connect(): void {
    const call = this.#client.makeBidiStreamRequest<Request, Response>(ADS_PATH, encodeRequest, decodeResponse);
    this.#call = call;
    call.on('data', (response: Response) => this.#receive(call, response));
    call.on('error', (error: Error) => this.#lost(call, withoutEmptyNote(error.message)));
    call.on('end', () => this.#lost(call, 'the source ended the stream'));
    this.#subscribe(call);
  }

  /** All types at once, each with a nonce that nobody issued, the node only on the first: just as istiod does. */
  #subscribe(call: Call): void {
    const node = { id: `footbridge-${this.#options.name}` };
    const { typeUrls = [SERVICE_ENTRY_TYPE_URL] } = this.#options;
    typeUrls.forEach((typeUrl, place) => {
      const responseNonce = goTimeText({ wallMs: this.#deps.clock.now(), ageMs: this.#ageMs() });
      call.write({ typeUrl, responseNonce, ...(place === 0 ? { node } : {}) });
    });
  }

  #receive(call: Call, response: Response): void {
    if (this.#isClosed || call !== this.#call) return;
    this.#retryMs = FIRST_RETRY_MS;
    const typeUrl = response.typeUrl ?? '';
    const { resources, problems } = decodeResources(response.resources ?? []);
    const changes = changesBetween(this.#known.get(typeUrl) ?? new Map(), resources);
    this.#known.set(typeUrl, resources);
    const versionInfo = response.versionInfo ?? '';
    call.write({ typeUrl, versionInfo, responseNonce: response.nonce ?? '' });
    this.#events.onAnswer({ typeUrl, version: versionInfo, resources, changes, problems });
  }

  #lost(call: Call, reason: string): void {
    if (this.#isClosed || call !== this.#call) return;
    this.#call = undefined;
    const retryInMs = Math.round(this.#retryMs * (0.5 + this.#deps.random()));
    this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 1.5);
    this.#cancelRetry = this.#deps.clock.after(retryInMs, () => this.#connect());
    this.#events.onDisconnected?.({ reason, retryInMs });
  }

  #ageMs(): number {
    return this.#deps.clock.now() - this.#startedAtMs;
  }
}

/** The library ends its sentence with a note about name resolution, also where there is nothing to note. */
function withoutEmptyNote(message: string): string {
  return message.replace(/\.? Resolution note: ?$/, '');
}

/**
 * Reads a config source once: resolves with the first answer of every type, by type url. Rejects when that takes longer
 * than `deadlineMs`, with the last reason for a lost connection.
 */
export function readConfigSource(
  options: ProbeOptions,
  deadlineMs: number,
  deps: ProbeDeps,
): Promise<ReadonlyMap<string, ProbeAnswer>> {
  const { typeUrls = [SERVICE_ENTRY_TYPE_URL] } = options;
  return new Promise((resolve, reject) => {
    const answers = new Map<string, ProbeAnswer>();
    let lastReason = 'it is connected, and holds its answer back';
    const events: ProbeEvents = {
      onAnswer(answer) {
        if (!answers.has(answer.typeUrl)) answers.set(answer.typeUrl, answer);
        if (typeUrls.every((typeUrl) => answers.has(typeUrl))) finish(() => resolve(answers));
      },
      onDisconnected: ({ reason }) => {
        lastReason = reason;
      },
    };
    const probe = new ConfigSourceProbe(options, events, deps);
    const cancelDeadline = deps.clock.after(deadlineMs, () => {
      finish(() => reject(new Error(`no answer from ${options.address} within ${deadlineMs} ms: ${lastReason}`)));
    });
    const finish = (settle: () => void) => {
      cancelDeadline();
      probe.close();
      settle();
    };
  });
}

function encodeRequest(request: Request): Buffer {
  return Buffer.from(envoy.service.discovery.v3.DiscoveryRequest.encode(request).finish());
}

function decodeResponse(bytes: Buffer): Response {
  return envoy.service.discovery.v3.DiscoveryResponse.decode(bytes);
}
