// The config-source client of istiod, step by step as each release behaves: it asks for all types at once with nonces that
// nobody issued, acknowledges everything, deletes what an answer leaves out, and asks anew after a reconnect. What it
// stores, rewrites, deletes and complains of can be looked at.
import { Client, type ClientDuplexStream, credentials } from '@grpc/grpc-js';
import { goTimeText } from '../../src/lib/go-time.ts';
import type { envoy } from '../../src/proto/messages.gen.js';
import { adsDefinition } from '../../src/serve/ads-service.ts';
import { type IstiodRelease, istiodRelease } from './istiod-release.ts';
import { IstiodStore, type Stored } from './istiod-store.ts';

type Request = envoy.service.discovery.v3.DiscoveryRequest.$Properties;
type DiscoveryResponse = envoy.service.discovery.v3.DiscoveryResponse.$Properties;
type Call = ClientDuplexStream<Request, DiscoveryResponse>;

export interface FakeIstiodOptions {
  readonly address: string;
  /** Minor release of Istio 1: 9 to 31. */
  readonly minor: number;
  /** Of its process when it connects. Default: one third of a second, it has just started. */
  readonly ageMs?: number;
  readonly pod?: string;
  readonly revision?: string;
  readonly reconnectMs?: number;
}

const MESH_CONFIG = 'core/v1alpha1/MeshConfig';

export class FakeIstiod {
  readonly minor: number;
  readonly types: readonly string[];
  /** Every response as it came: type, version and number of resources. */
  readonly received: { readonly typeUrl: string; readonly version: string; readonly resources: number }[] = [];
  /** Why streams were lost, as the client's library says it. */
  readonly losses: string[] = [];
  reconnects = 0;
  readonly #release: IstiodRelease;
  readonly #store: IstiodStore;
  readonly #options: FakeIstiodOptions;
  readonly #client: Client;
  readonly #synced = new Set<string>();
  readonly #startedAtMs: number;
  readonly #waiting = new Set<() => void>();
  #streamsLost = 0;
  #call: Call | undefined;
  /** Of the current call: whether it got through to a server. */
  #isOpen = false;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: FakeIstiodOptions) {
    this.#options = options;
    this.minor = options.minor;
    this.#release = istiodRelease(options.minor);
    this.#store = new IstiodStore(this.#release);
    this.types = [MESH_CONFIG, ...this.#release.types];
    this.#startedAtMs = Date.now() - (options.ageMs ?? 312);
    this.#client = new Client(options.address, credentials.createInsecure(), {
      'grpc.max_receive_message_length': this.#release.receiveBytes,
      'grpc.use_local_subchannel_pool': 1,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 100,
    });
    this.#connect();
  }

  get nodeId(): string {
    return this.#release.nodeId(this.#options.pod ?? 'istiod-0');
  }

  get serviceEntryType(): string {
    return this.minor >= 24 ? 'networking.istio.io/v1/ServiceEntry' : 'networking.istio.io/v1alpha3/ServiceEntry';
  }

  /** The ServiceEntries that it holds. */
  get entries(): ReadonlyMap<string, Stored> {
    return this.#store.stored.get(this.serviceEntryType) ?? new Map();
  }

  get complaints(): readonly string[] {
    return this.#store.complaints;
  }

  /** Names, in the order of deletion. */
  get deleted(): readonly string[] {
    return this.#store.deleted;
  }

  get rewrites(): number {
    return this.#store.rewrites;
  }

  /** It lost more streams than it comes back from: only a restart of its process helps. */
  get isWedged(): boolean {
    return this.#streamsLost > this.#release.survivesDisconnects;
  }

  /** MeshConfig is not waited for. */
  get ready(): boolean {
    return !this.#release.waits || this.types.slice(1).every((typeUrl) => this.#synced.has(typeUrl));
  }

  answered(typeUrl: string): boolean {
    return this.#synced.has(typeUrl);
  }

  /** Resolves when `condition` holds; looks at it after every event of this client. */
  async until(condition: () => boolean, what: string): Promise<void> {
    // For hangs alone: 20,000 instances take longer than 15 seconds on a machine that does six other things.
    const deadline = Date.now() + 60_000;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`never happened: ${what}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        this.#waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Loses its connection, as by a broken network; it comes back by itself. */
  disconnect(): void {
    this.#call?.cancel();
  }

  /** Reads nothing from now on. */
  pause(): void {
    this.#call?.pause();
  }

  resume(): void {
    this.#call?.resume();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#call?.cancel();
    this.#client.close();
    this.#wake();
  }

  #connect(): void {
    const { path, requestSerialize, responseDeserialize } = adsDefinition.StreamAggregatedResources;
    const call = this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    this.#call = call;
    this.#isOpen = false;
    call.on('data', (response: DiscoveryResponse) => this.#receive(call, response));
    call.on('error', (error: Error) => this.#lost(call, error.message));
    call.on('end', () => this.#lost(call, 'ended'));
    this.types.forEach((typeUrl, place) => {
      const responseNonce = goTimeText({ wallMs: Date.now(), ageMs: Date.now() - this.#startedAtMs });
      call.write({ typeUrl, responseNonce, ...(place === 0 ? { node: this.#node() } : {}) });
    });
  }

  #node(): NonNullable<Request['node']> {
    const { revision = '' } = this.#options;
    const text = (stringValue: string) => ({ stringValue });
    const common = { GENERATOR: text('api'), ISTIO_VERSION: text('65536.65536.65536') };
    const hasRevision = this.#release.tellsRevision && revision !== '';
    const fields = hasRevision ? { ...common, ISTIO_REVISION: text(revision) } : common;
    return { id: this.nodeId, metadata: { fields } };
  }

  #lost(call: Call, reason: string): void {
    if (this.#isClosed || call !== this.#call) return;
    this.#call = undefined;
    this.reconnects++;
    this.losses.push(reason);
    if (this.#isOpen) this.#streamsLost++;
    if (!this.isWedged) this.#retry = setTimeout(() => this.#connect(), this.#options.reconnectMs ?? 20);
    this.#wake();
  }

  #receive(call: Call, response: DiscoveryResponse): void {
    if (call !== this.#call) return;
    this.#isOpen = true;
    const typeUrl = response.typeUrl ?? '';
    const resources = response.resources ?? [];
    this.received.push({ typeUrl, version: response.versionInfo ?? '', resources: resources.length });
    // A MeshConfig with content is put aside without an acknowledgement.
    if (typeUrl === MESH_CONFIG && resources.length > 0) return;
    if (this.#release.types.includes(typeUrl)) {
      this.#store.apply(typeUrl, resources);
      this.#synced.add(typeUrl);
    }
    call.write({
      typeUrl,
      versionInfo: response.versionInfo ?? '',
      responseNonce: response.nonce ?? '',
      node: this.#node(),
    });
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
    this.#waiting.clear();
  }
}
