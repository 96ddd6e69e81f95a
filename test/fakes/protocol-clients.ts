// A client of each protocol that keeps what it is told, behind one face: for tests that every protocol delivers the same.
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { Conversation } from './conversation.ts';
import { DeltaConversation } from './delta-conversation.ts';
import { ENTRIES, MeshConfigConversation, SourceConversation } from './legacy-conversation.ts';

const SE = 'networking.istio.io/v1/ServiceEntry';

/** Name → version, as the client holds it. */
export type Store = ReadonlyMap<string, string>;

export interface ProtocolClient {
  readonly store: Store;
  publish(snapshot: Snapshot): void;
  /** Takes what it was sent, and says so. */
  ack(): void;
  /** Takes `portion` of what it was sent (as a client may that meets something bad on the way), and refuses it. */
  nack(portion: number): void;
  /** Loses its stream and opens another one, with what it holds. */
  reconnect(): void;
}

/** What a response of any protocol comes to. */
interface Told {
  readonly nonce: string;
  /** undefined: what is not named here goes. */
  readonly removed: readonly string[] | undefined;
  readonly resources: Store;
}

interface Line {
  readonly told: Told | undefined;
  publish(snapshot: Snapshot): void;
  answer(nonce: string, accepted: boolean): void;
}

type Connect = (snapshot: Snapshot, store: Store) => Line;

export const PROTOCOL_CLIENTS: Readonly<Record<string, (first: Snapshot) => ProtocolClient>> = {
  sotw: (first) => client(first, sotwLine),
  delta: (first) => client(first, deltaLine),
  'resource-source, whole': (first) => client(first, (snapshot, store) => sourceLine(snapshot, store, false)),
  'resource-source, incremental': (first) => client(first, (snapshot, store) => sourceLine(snapshot, store, true)),
  aggregated: (first) => client(first, meshConfigLine),
};

function client(first: Snapshot, connect: Connect): ProtocolClient {
  let current = first;
  let store = new Map<string, string>();
  let answered = '';
  let line = connect(current, store);

  function take({ resources, removed }: Told, portion: number): void {
    // A part of a whole set is no set: a client that refuses one keeps what it has.
    if (removed === undefined && portion < 1) return;
    if (removed === undefined) store = new Map();
    const all = [...resources];
    for (const [name, version] of all.slice(0, Math.ceil(all.length * portion))) store.set(name, version);
    const gone = removed ?? [];
    for (const name of gone.slice(0, Math.ceil(gone.length * portion))) store.delete(name);
  }

  function answer(accepted: boolean, portion: number): void {
    const { told } = line;
    if (told === undefined || told.nonce === answered) return;
    answered = told.nonce;
    take(told, portion);
    line.answer(told.nonce, accepted);
  }

  return {
    get store() {
      return store;
    },
    publish(snapshot) {
      current = snapshot;
      line.publish(snapshot);
    },
    ack: () => answer(true, 1),
    nack: (portion) => answer(false, portion),
    reconnect() {
      answered = '';
      line = connect(current, store);
    },
  };
}

function sotwLine(snapshot: Snapshot): Line {
  const it = new Conversation(snapshot);
  it.request({ typeUrl: SE, responseNonce: 'made up' });
  return {
    get told() {
      const last = it.received.at(-1);
      return last && { nonce: last.nonce, removed: undefined, resources: paired(last.names, last.versions) };
    },
    publish: (next) => void it.publish(next),
    answer: (nonce, accepted) => void (accepted ? it.ack(nonce) : it.nack(nonce)),
  };
}

function deltaLine(snapshot: Snapshot, store: Store): Line {
  const it = new DeltaConversation(snapshot);
  it.request({ typeUrl: SE, initialResourceVersions: withNamespace(store) });
  return {
    get told() {
      const last = it.received.at(-1);
      return last && { nonce: last.nonce, removed: last.removed, resources: versionsOf(last.resources) };
    },
    publish: (next) => void it.publish(next),
    answer: (nonce, accepted) => void (accepted ? it.ack(nonce) : it.nack(nonce)),
  };
}

function sourceLine(snapshot: Snapshot, store: Store, incremental: boolean): Line {
  const it = new SourceConversation(snapshot);
  const held = incremental ? { initialResourceVersions: withNamespace(store) } : {};
  it.request({ collection: ENTRIES, incremental, ...held });
  return {
    get told() {
      const last = it.received.at(-1);
      if (last === undefined) return undefined;
      const removed = last.incremental ? last.removed : undefined;
      return { nonce: last.nonce, removed, resources: versionsOf(last.resources) };
    },
    publish: (next) => void it.publish(next),
    answer: (nonce, accepted) => void (accepted ? it.ack(nonce, ENTRIES, incremental) : it.nack(nonce)),
  };
}

function meshConfigLine(snapshot: Snapshot): Line {
  const it = new MeshConfigConversation(snapshot);
  it.request({ typeUrl: ENTRIES });
  return {
    get told() {
      const last = it.received.at(-1);
      return last && { nonce: last.nonce, removed: undefined, resources: versionsOf(last.resources) };
    },
    publish: (next) => void it.publish(next),
    answer: (nonce, accepted) => void (accepted ? it.ack(nonce) : it.nack(nonce)),
  };
}

function withNamespace(store: Store): Record<string, string> {
  return Object.fromEntries([...store].map(([name, version]) => [`payments/${name}`, version]));
}

function versionsOf(resources: readonly { readonly name: string; readonly version: string }[]): Store {
  return new Map(resources.map(({ name, version }) => [name, version]));
}

function paired(names: readonly string[], versions: readonly string[]): Store {
  return new Map(names.map((name, place) => [name, versions[place] ?? '']));
}
