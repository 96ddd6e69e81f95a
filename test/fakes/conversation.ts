// One stream of state-of-the-world xDS without sockets, as lines of a transcript.
import { envoy, type google, istio } from '../../src/proto/messages.gen.js';
import { type DiscoveryRequest, sotw } from '../../src/serve/sotw.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { StreamConversation, shortName } from './stream-conversation.ts';

export interface Received {
  readonly typeUrl: string;
  readonly versionInfo: string;
  readonly nonce: string;
  /** Without the namespace. */
  readonly names: readonly string[];
  readonly versions: readonly string[];
  /** As they came, whole. */
  readonly resources: readonly google.protobuf.Any.$Properties[];
}

const SE = 'networking.istio.io/v1/ServiceEntry';

export class Conversation extends StreamConversation<DiscoveryRequest, Received> {
  constructor(snapshot: Snapshot, publishedKinds?: readonly string[]) {
    super(sotw, { decode: decodeSotw, line }, snapshot, publishedKinds);
  }

  ack(nonce: string, typeUrl = SE): readonly string[] {
    return this.request({ typeUrl, responseNonce: nonce });
  }

  nack(nonce: string, typeUrl = SE): readonly string[] {
    return this.request({ typeUrl, responseNonce: nonce, errorDetail: { code: 3, message: 'not for me' } });
  }

  nonce(typeUrl = SE): string {
    return this.lastNonce(typeUrl);
  }
}

function line({ typeUrl, nonce, names }: Received): string {
  return `← ${typeUrl} [${names.join(' ')}] ${nonce}`;
}

export function decodeSotw(bytes: Uint8Array): Received {
  const { typeUrl, versionInfo, nonce, resources } = envoy.service.discovery.v3.DiscoveryResponse.decode(bytes);
  const metadata = resources.map(
    (any) => istio.mcp.v1alpha1.Resource.decode(any.value ?? new Uint8Array(0)).metadata ?? {},
  );
  const names = metadata.map(({ name }) => shortName(name));
  return { typeUrl, versionInfo, nonce, names, versions: metadata.map(({ version }) => version ?? ''), resources };
}
