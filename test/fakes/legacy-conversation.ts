// One stream of legacy MCP without sockets, as lines of a transcript: `+` a resource, `-` a removed one; `whole` or `changes`.
import { istio } from '../../src/proto/messages.gen.js';
import { type MeshConfigRequest, meshConfig } from '../../src/serve/mesh-config.ts';
import { type RequestResources, resourceSource } from '../../src/serve/resource-source.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { StreamConversation, shortName } from './stream-conversation.ts';

export interface LegacyReceived {
  readonly collection: string;
  readonly version: string;
  readonly nonce: string;
  readonly incremental: boolean;
  readonly resources: readonly { readonly name: string; readonly version: string; readonly bodyType: string }[];
  readonly removed: readonly string[];
}

export const ENTRIES = 'istio/networking/v1alpha3/serviceentries';
const REFUSAL = { code: 3, message: 'not for me' };

export class SourceConversation extends StreamConversation<RequestResources, LegacyReceived> {
  constructor(snapshot: Snapshot, legacyMinor?: number) {
    super(resourceSource, { decode: decodeResources, line }, snapshot, undefined, legacyMinor);
  }

  /** Istio's sink says with each acknowledgement whether it wants changes, and with no refusal. */
  ack(nonce: string, collection = ENTRIES, incremental = false): readonly string[] {
    return this.request({ collection, responseNonce: nonce, incremental });
  }

  nack(nonce: string, collection = ENTRIES, incremental = false): readonly string[] {
    return this.request({ collection, responseNonce: nonce, incremental, errorDetail: REFUSAL });
  }
}

export class MeshConfigConversation extends StreamConversation<MeshConfigRequest, LegacyReceived> {
  constructor(snapshot: Snapshot) {
    super(meshConfig, { decode: decodeMeshConfig, line }, snapshot);
  }

  ack(nonce: string, typeUrl = ENTRIES, versionInfo = ''): readonly string[] {
    return this.request({ typeUrl, versionInfo, responseNonce: nonce });
  }

  nack(nonce: string, typeUrl = ENTRIES, versionInfo = ''): readonly string[] {
    return this.request({ typeUrl, versionInfo, responseNonce: nonce, errorDetail: REFUSAL });
  }
}

function line({ incremental, resources, removed, nonce }: LegacyReceived): string {
  const told = [...resources.map(({ name }) => `+${name}`), ...removed.map((name) => `-${name}`)];
  return `← ${incremental ? 'changes' : 'whole'} [${told.join(' ')}] ${nonce}`;
}

export function decodeResources(bytes: Uint8Array): LegacyReceived {
  const { collection, systemVersionInfo, nonce, incremental, resources, removedResources } =
    istio.mcp.v1alpha1.Resources.decode(bytes);
  const removed = removedResources.map(shortName);
  return { collection, version: systemVersionInfo, nonce, incremental, resources: resources.map(described), removed };
}

export function decodeMeshConfig(bytes: Uint8Array): LegacyReceived {
  const { typeUrl, versionInfo, nonce, resources } = istio.mcp.v1alpha1.MeshConfigResponse.decode(bytes);
  const about = { collection: typeUrl, version: versionInfo, nonce, incremental: false, removed: [] };
  return { ...about, resources: resources.map(described) };
}

function described({ metadata, body }: istio.mcp.v1alpha1.Resource.$Properties) {
  return { name: shortName(metadata?.name), version: metadata?.version ?? '', bodyType: body?.typeUrl ?? '' };
}
