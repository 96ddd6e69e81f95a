// One stream's protocol without sockets: requests in, responses out as lines, so that a test reads like a transcript.
// The transport of this fake takes every response at once, unless `isSlow`.

import { envoy, type google, istio } from '../../src/proto/messages.gen.js';
import { type DiscoveryRequest, sotw } from '../../src/serve/sotw.ts';
import { openStream, type StreamEvent, type StreamState, step, wantsTurn } from '../../src/serve/stream.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { SERVICE_ENTRY } from './resources.ts';

export interface Received {
  readonly typeUrl: string;
  readonly versionInfo: string;
  readonly nonce: string;
  /** `orders@version` without the namespace. */
  readonly names: readonly string[];
  readonly versions: readonly string[];
  /** As they came, whole. */
  readonly resources: readonly google.protobuf.Any.$Properties[];
}

export class Conversation {
  state: StreamState;
  readonly received: Received[] = [];
  isSlow = false;
  /** Does not take turns by itself. */
  waitsForTurn = false;
  atMs = 1000;
  readonly #unwritten: string[] = [];
  #told = 0;

  constructor(snapshot: Snapshot, publishedKinds: readonly string[] = [SERVICE_ENTRY]) {
    const opening = { protocol: 'sotw', noncePrefix: 'n', publishedKinds: new Set(publishedKinds) } as const;
    this.state = openStream(opening, snapshot);
  }

  /** Sends a request and returns what came back, as lines. */
  request(request: DiscoveryRequest): readonly string[] {
    for (const event of sotw.read(this.state, request)) this.step(event);
    return this.news();
  }

  ack(nonce: string, typeUrl = 'networking.istio.io/v1/ServiceEntry'): readonly string[] {
    return this.request({ typeUrl, responseNonce: nonce });
  }

  nack(nonce: string, typeUrl = 'networking.istio.io/v1/ServiceEntry'): readonly string[] {
    return this.request({ typeUrl, responseNonce: nonce, errorDetail: { code: 3, message: 'not for me' } });
  }

  publish(snapshot: Snapshot): readonly string[] {
    this.step({ kind: 'published', snapshot });
    return this.news();
  }

  release(): readonly string[] {
    this.step({ kind: 'released' });
    return this.news();
  }

  takeTurn(): readonly string[] {
    this.step({ kind: 'turn' });
    return this.news();
  }

  /** The transport takes what it was handed. */
  flush(): readonly string[] {
    for (const topic of this.#unwritten.splice(0)) this.step({ kind: 'written', topic });
    return this.news();
  }

  /** The last response's nonce of this type. */
  nonce(typeUrl = 'networking.istio.io/v1/ServiceEntry'): string {
    return this.state.subscriptions.get(typeUrl)?.last?.nonce ?? '';
  }

  step(event: StreamEvent): void {
    const { state, effects } = step(this.state, event, this.atMs);
    this.state = state;
    for (const effect of effects) {
      if (effect.kind !== 'send') continue;
      this.received.push(decode(sotw.prepare(effect)));
      this.#unwritten.push(effect.topic);
    }
    if (!this.isSlow) for (const topic of this.#unwritten.splice(0)) this.step({ kind: 'written', topic });
    if (!this.waitsForTurn && wantsTurn(this.state)) this.step({ kind: 'turn' });
  }

  news(): readonly string[] {
    const news = this.received.slice(this.#told);
    this.#told = this.received.length;
    return news.map(({ typeUrl, nonce, names }) => `← ${typeUrl} [${names.join(' ')}] ${nonce}`);
  }
}

function decode({ head, body, tail }: ReturnType<typeof sotw.prepare>): Received {
  const bytes = Buffer.concat([head, body, tail]);
  const { typeUrl, versionInfo, nonce, resources } = envoy.service.discovery.v3.DiscoveryResponse.decode(bytes);
  const metadata = resources.map(
    (any) => istio.mcp.v1alpha1.Resource.decode(any.value ?? new Uint8Array(0)).metadata ?? {},
  );
  const names = metadata.map(({ name }) => (name ?? '').replace('payments/', ''));
  return { typeUrl, versionInfo, nonce, names, versions: metadata.map(({ version }) => version ?? ''), resources };
}
