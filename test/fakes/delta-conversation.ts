// One stream of delta xDS without sockets, as lines of a transcript: `+` a resource, `-` a removed one.
import { envoy, istio } from '../../src/proto/messages.gen.js';
import { type DeltaDiscoveryRequest, delta } from '../../src/serve/delta.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { StreamConversation, shortName } from './stream-conversation.ts';

export interface DeltaReceived {
  readonly typeUrl: string;
  readonly version: string;
  readonly nonce: string;
  /** Name without the namespace, version, outer type and the name inside. */
  readonly resources: readonly {
    readonly name: string;
    readonly version: string;
    readonly outerType: string;
    readonly innerName: string;
    readonly innerVersion: string;
  }[];
  readonly removed: readonly string[];
}

const SE = 'networking.istio.io/v1/ServiceEntry';

export class DeltaConversation extends StreamConversation<DeltaDiscoveryRequest, DeltaReceived> {
  constructor(snapshot: Snapshot, publishedKinds?: readonly string[]) {
    super(delta, { decode: decodeDelta, line }, snapshot, publishedKinds);
  }

  ack(nonce: string, typeUrl = SE): readonly string[] {
    return this.request({ typeUrl, responseNonce: nonce });
  }

  nack(nonce: string, typeUrl = SE): readonly string[] {
    return this.request({ typeUrl, responseNonce: nonce, errorDetail: { code: 3, message: 'not for me' } });
  }

  /** Names without their namespace; `*` as it is. */
  names(subscribe: readonly string[], unsubscribe: readonly string[] = []): readonly string[] {
    const whole = (name: string) => (name === '*' ? name : `payments/${name}`);
    const resourceNamesSubscribe = subscribe.map(whole);
    return this.request({ typeUrl: SE, resourceNamesSubscribe, resourceNamesUnsubscribe: unsubscribe.map(whole) });
  }
}

function line({ resources, removed, nonce }: DeltaReceived): string {
  const told = [...resources.map(({ name }) => `+${name}`), ...removed.map((name) => `-${name}`)];
  return `← [${told.join(' ')}] ${nonce}`;
}

export function decodeDelta(bytes: Uint8Array): DeltaReceived {
  const response = envoy.service.discovery.v3.DeltaDiscoveryResponse.decode(bytes);
  const resources = response.resources.map(({ name, version, resource }) => {
    const inner = istio.mcp.v1alpha1.Resource.decode(resource?.value ?? new Uint8Array(0)).metadata ?? {};
    return {
      name: shortName(name),
      version: version ?? '',
      outerType: resource?.typeUrl ?? '',
      innerName: shortName(inner.name),
      innerVersion: inner.version ?? '',
    };
  });
  const removed = response.removedResources.map(shortName);
  return { typeUrl: response.typeUrl, version: response.systemVersionInfo, nonce: response.nonce, resources, removed };
}
