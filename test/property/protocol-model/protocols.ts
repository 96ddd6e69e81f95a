// What a client of each protocol writes and how it reads what it is told, behind one face.
import { goTimeText } from '../../../src/lib/go-time.ts';
import type { Adapter } from '../../../src/serve/adapter.ts';
import { delta } from '../../../src/serve/delta.ts';
import { meshConfig } from '../../../src/serve/mesh-config.ts';
import type { ProtocolName } from '../../../src/serve/protocol.ts';
import { resourceSource } from '../../../src/serve/resource-source.ts';
import { sotw } from '../../../src/serve/sotw.ts';
import type { Send, StreamEvent, StreamState } from '../../../src/serve/stream.ts';
import { decodeSotw } from '../../fakes/conversation.ts';
import { decodeDelta } from '../../fakes/delta-conversation.ts';
import { decodeMeshConfig, decodeResources, ENTRIES } from '../../fakes/legacy-conversation.ts';

/** Name → version. */
export type Holding = ReadonlyMap<string, string>;

/** What a response of any protocol comes to. */
export interface Told {
  readonly nonce: string;
  readonly version: string;
  /** undefined: what is not named here goes. */
  readonly removed: readonly string[] | undefined;
  readonly resources: Holding;
}

/** A client process when it opens a stream. */
export interface Opening {
  readonly pod: string;
  readonly nowMs: number;
  readonly ageMs: number;
  readonly holds: Holding;
}

type Read = (state: StreamState) => readonly StreamEvent[];

export interface Protocol {
  readonly name: ProtocolName;
  /** Of ServiceEntry, and of something that nothing is ever published under. */
  readonly topics: { readonly entries: string; readonly other: string };
  /** Its first request tells how old its process is. */
  readonly tellsAge: boolean;
  open(topic: string, opening: Opening): Read;
  /** `nonce` '': a new question. */
  answer(topic: string, nonce: string, accepted: boolean): Read;
  read(send: Send): Told;
}

const SE = 'networking.istio.io/v1/ServiceEntry';
const XDS_TOPICS = { entries: SE, other: 'networking.istio.io/v1/Sidecar' };
const LEGACY_TOPICS = { entries: ENTRIES, other: 'istio/networking/v1alpha3/sidecars' };
const REFUSAL = { errorDetail: { code: 3, message: 'not for me' } };

const nodeOf = ({ pod }: Opening) => ({ id: `sidecar~10.0.0.9~${pod}.istio-system~x` });

export const PROTOCOLS = {
  sotw: {
    name: 'sotw',
    topics: XDS_TOPICS,
    tellsAge: true,
    open: (typeUrl, opening) =>
      reads(sotw, {
        typeUrl,
        node: nodeOf(opening),
        responseNonce: goTimeText({ wallMs: opening.nowMs, ageMs: opening.ageMs }),
      }),
    answer: (typeUrl, responseNonce, accepted) => reads(sotw, { typeUrl, responseNonce, ...(accepted ? {} : REFUSAL) }),
    read(send) {
      const { nonce, versionInfo, names, versions } = decodeSotw(bytesOf(sotw, send));
      return {
        nonce,
        version: versionInfo,
        removed: undefined,
        resources: new Map(names.map((name, at) => [name, versions[at] ?? ''])),
      };
    },
  },
  delta: {
    name: 'delta',
    topics: XDS_TOPICS,
    tellsAge: false,
    open: (typeUrl, opening) =>
      reads(delta, { typeUrl, node: nodeOf(opening), initialResourceVersions: Object.fromEntries(opening.holds) }),
    answer: (typeUrl, responseNonce, accepted) =>
      reads(delta, { typeUrl, responseNonce, ...(accepted ? {} : REFUSAL) }),
    read(send) {
      const { nonce, version, removed, resources } = decodeDelta(bytesOf(delta, send));
      return { nonce, version, removed, resources: held(resources) };
    },
  },
  'resource-source, whole': sourceProtocol(false),
  'resource-source, incremental': sourceProtocol(true),
  aggregated: {
    name: 'aggregated',
    topics: LEGACY_TOPICS,
    tellsAge: false,
    open: (typeUrl) => reads(meshConfig, { typeUrl }),
    answer: (typeUrl, responseNonce, accepted) =>
      reads(meshConfig, { typeUrl, responseNonce, ...(accepted ? {} : REFUSAL) }),
    read(send) {
      const { nonce, version, resources } = decodeMeshConfig(bytesOf(meshConfig, send));
      return { nonce, version, removed: undefined, resources: held(resources) };
    },
  },
} as const satisfies Readonly<Record<string, Protocol>>;

export type ProtocolKind = keyof typeof PROTOCOLS;

function sourceProtocol(incremental: boolean): Protocol {
  return {
    name: 'resource-source',
    topics: LEGACY_TOPICS,
    tellsAge: false,
    open: (collection, { holds }) => {
      const known = incremental ? { initialResourceVersions: Object.fromEntries(holds) } : {};
      return reads(resourceSource, { collection, incremental, ...known });
    },
    answer: (collection, responseNonce, accepted) =>
      reads(resourceSource, { collection, responseNonce, incremental, ...(accepted ? {} : REFUSAL) }),
    read(send) {
      const told = decodeResources(bytesOf(resourceSource, send));
      const removed = told.incremental ? told.removed : undefined;
      return { nonce: told.nonce, version: told.version, removed, resources: held(told.resources) };
    },
  };
}

function reads<Request>(adapter: Adapter<Request>, request: Request): Read {
  return (state) => adapter.read(state, request);
}

function bytesOf<Request>(adapter: Adapter<Request>, send: Send): Uint8Array {
  const { head, body, tail } = adapter.prepare(send);
  return Buffer.concat([head, body, tail]);
}

function held(resources: readonly { readonly name: string; readonly version: string }[]): Holding {
  return new Map(resources.map(({ name, version }) => [name, version]));
}
