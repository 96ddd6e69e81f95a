// The config-source client of istiod, step by step as each release behaves: it asks for all types at once with nonces that
// nobody issued, acknowledges everything, deletes what an answer leaves out, and asks anew after a reconnect. What it
// stores, rewrites, deletes and complains of can be looked at.
import { Client, type ClientDuplexStream, credentials } from '@grpc/grpc-js';
import { goTimeText } from '../../src/lib/go-time.ts';
import { type envoy, istio } from '../../src/proto/messages.gen.js';
import { adsDefinition } from '../../src/serve/ads-service.ts';

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

export interface Stored {
  readonly version: string;
  readonly bytes: Uint8Array;
}

const LEGACY_NODE_ID = 'sidecar~10.0.0.9~test-1.default~default.svc.cluster.local';

/** What a release asks for besides MeshConfig, in its order. */
export function typesOf(minor: number): readonly string[] {
  const version = minor >= 24 ? 'v1' : undefined;
  const networking = (kind: string, old = 'v1alpha3') => `networking.istio.io/${version ?? old}/${kind}`;
  const security = (kind: string) => `security.istio.io/${version ?? 'v1beta1'}/${kind}`;
  const types = [
    ...(minor >= 12 ? ['extensions.istio.io/v1alpha1/WasmPlugin'] : []),
    ...(minor >= 30 ? ['extensions.istio.io/v1alpha1/TrafficExtension'] : []),
    networking('DestinationRule'),
    'networking.istio.io/v1alpha3/EnvoyFilter',
    networking('Gateway'),
    ...(minor >= 13 ? ['networking.istio.io/v1beta1/ProxyConfig'] : []),
    ...['ServiceEntry', 'Sidecar', 'VirtualService', 'WorkloadEntry'].map((kind) => networking(kind)),
    ...(minor >= 8 ? [networking('WorkloadGroup')] : []),
    ...['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'].map(security),
    ...(minor >= 10 ? [`telemetry.istio.io/${version ?? 'v1alpha1'}/Telemetry`] : []),
  ];
  const kind = (typeUrl: string) => typeUrl.slice(typeUrl.lastIndexOf('/'));
  return minor >= 18 ? types.sort((a, b) => (kind(a) < kind(b) ? -1 : 1)) : types;
}

export class FakeIstiod {
  readonly minor: number;
  readonly types: readonly string[];
  /** By type url, then by name. */
  readonly stored = new Map<string, Map<string, Stored>>();
  /** Every response as it came: type, version and number of resources. */
  readonly received: { readonly typeUrl: string; readonly version: string; readonly resources: number }[] = [];
  readonly complaints: string[] = [];
  readonly deleted: string[] = [];
  rewrites = 0;
  reconnects = 0;
  readonly #options: FakeIstiodOptions;
  readonly #client: Client;
  readonly #synced = new Set<string>();
  readonly #startedAtMs: number;
  readonly #waiting = new Set<() => void>();
  #call: Call | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: FakeIstiodOptions) {
    this.#options = options;
    this.minor = options.minor;
    this.types = ['core/v1alpha1/MeshConfig', ...typesOf(options.minor)];
    this.#startedAtMs = Date.now() - (options.ageMs ?? 312);
    this.#client = new Client(options.address, credentials.createInsecure(), {
      // 4 MiB is what Go's client accepts unless told otherwise; Istio tells it from 1.12 on.
      'grpc.max_receive_message_length': options.minor >= 12 ? -1 : 4 * 1024 * 1024,
      'grpc.use_local_subchannel_pool': 1,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 100,
    });
    this.#connect();
  }

  get nodeId(): string {
    if (this.minor <= 11) return LEGACY_NODE_ID;
    return `sidecar~10.0.0.9~${this.#options.pod ?? 'istiod-0'}.istio-system~istio-system.svc.cluster.local`;
  }

  get serviceEntryType(): string {
    return this.minor >= 24 ? 'networking.istio.io/v1/ServiceEntry' : 'networking.istio.io/v1alpha3/ServiceEntry';
  }

  /** The ServiceEntries that it holds. */
  get entries(): ReadonlyMap<string, Stored> {
    return this.stored.get(this.serviceEntryType) ?? new Map();
  }

  /** From 1.16 on every type must have been answered once, MeshConfig excepted; earlier releases wait for nothing. */
  get ready(): boolean {
    return this.minor < 16 || this.types.slice(1).every((typeUrl) => this.#synced.has(typeUrl));
  }

  answered(typeUrl: string): boolean {
    return this.#synced.has(typeUrl);
  }

  /** Resolves when `condition` holds; looks at it after every event of this client. */
  async until(condition: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + 15_000;
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
    call.on('data', (response: DiscoveryResponse) => this.#receive(call, response));
    call.on('error', () => this.#lost(call));
    call.on('end', () => this.#lost(call));
    this.types.forEach((typeUrl, place) => {
      const responseNonce = goTimeText({ wallMs: Date.now(), ageMs: Date.now() - this.#startedAtMs });
      call.write({ typeUrl, responseNonce, ...(place === 0 ? { node: this.#node() } : {}) });
    });
  }

  #node(): NonNullable<Request['node']> {
    const { revision = '' } = this.#options;
    const text = (stringValue: string) => ({ stringValue });
    const common = { GENERATOR: text('api'), ISTIO_VERSION: text('65536.65536.65536') };
    const hasRevision = this.minor >= 13 && revision !== '';
    const fields = hasRevision ? { ...common, ISTIO_REVISION: text(revision) } : common;
    return { id: this.nodeId, metadata: { fields } };
  }

  #lost(call: Call): void {
    if (this.#isClosed || call !== this.#call) return;
    this.#call = undefined;
    this.reconnects++;
    this.#retry = setTimeout(() => this.#connect(), this.#options.reconnectMs ?? 20);
    this.#wake();
  }

  #receive(call: Call, response: DiscoveryResponse): void {
    if (call !== this.#call) return;
    const typeUrl = response.typeUrl ?? '';
    const resources = response.resources ?? [];
    this.received.push({ typeUrl, version: response.versionInfo ?? '', resources: resources.length });
    // A MeshConfig with content is put aside without an acknowledgement.
    if (typeUrl === 'core/v1alpha1/MeshConfig' && resources.length > 0) return;
    if (this.types.includes(typeUrl) && typeUrl !== 'core/v1alpha1/MeshConfig') {
      this.#apply(typeUrl, resources);
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

  #apply(typeUrl: string, resources: NonNullable<DiscoveryResponse['resources']>): void {
    const store = this.stored.get(typeUrl) ?? new Map<string, Stored>();
    this.stored.set(typeUrl, store);
    const seen = new Set<string>();
    for (const any of resources) {
      const name = this.#applyOne(store, any.typeUrl ?? '', any.value ?? new Uint8Array(0));
      if (name !== undefined) seen.add(name);
    }
    for (const name of [...store.keys()]) {
      if (seen.has(name)) continue;
      store.delete(name);
      this.deleted.push(name);
    }
  }

  /** The name under which the resource counts as received; undefined: it could not be read, so what is stored goes. */
  #applyOne(store: Map<string, Stored>, outer: string, bytes: Uint8Array): string | undefined {
    if (!outer.endsWith('/istio.mcp.v1alpha1.Resource')) return this.#complain(`outer type ${outer}`);
    const { metadata } = istio.mcp.v1alpha1.Resource.decode(bytes);
    const name = metadata?.name ?? '';
    if (name.split('/').length !== 2) return this.#complain(`invalid name ${name}`);
    if (this.minor <= 13 && !metadata?.createTime) return this.#complain(`${name} has no create time`);
    const version = metadata?.version ?? '';
    const former = store.get(name);
    if (former === undefined) store.set(name, { version, bytes });
    else if (this.#rewrites(former, version, name)) {
      store.set(name, { version, bytes });
      this.rewrites++;
    }
    return name;
  }

  #rewrites(former: Stored, version: string, name: string): boolean {
    if (version === '' || this.minor <= 10) return true;
    if (this.minor === 11) {
      this.#complain(`conflict: ${name}`);
      return false;
    }
    return former.version !== version;
  }

  #complain(sentence: string): undefined {
    this.complaints.push(sentence);
    return undefined;
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
    this.#waiting.clear();
  }
}
