// What istiod makes of a response: it stores what it can read, deletes what is not in it, and tells its log alone what it dislikes.
import { type google, istio } from '../../src/proto/messages.gen.js';
import type { IstiodRelease } from './istiod-release.ts';

type Any = google.protobuf.Any.$Properties;

export interface Stored {
  readonly version: string;
  readonly bytes: Uint8Array;
}

export class IstiodStore {
  /** By type url, then by name. */
  readonly stored = new Map<string, Map<string, Stored>>();
  readonly complaints: string[] = [];
  readonly deleted: string[] = [];
  rewrites = 0;
  readonly #release: IstiodRelease;

  constructor(release: IstiodRelease) {
    this.#release = release;
  }

  apply(typeUrl: string, resources: readonly Any[]): void {
    const store = this.stored.get(typeUrl) ?? new Map<string, Stored>();
    this.stored.set(typeUrl, store);
    const seen = new Set<string>();
    for (const any of resources) {
      const name = this.#applyOne(store, any);
      if (name !== undefined) seen.add(name);
    }
    for (const name of [...store.keys()]) {
      if (seen.has(name)) continue;
      store.delete(name);
      this.deleted.push(name);
    }
  }

  /** The name under which the resource counts as received; undefined: it could not be read, so what is stored goes. */
  #applyOne(store: Map<string, Stored>, { typeUrl, value }: Any): string | undefined {
    const bytes = value ?? new Uint8Array(0);
    if (!typeUrl?.endsWith('/istio.mcp.v1alpha1.Resource')) return this.#complain(`outer type ${typeUrl}`);
    const { metadata, body } = istio.mcp.v1alpha1.Resource.decode(bytes);
    const name = metadata?.name ?? '';
    if (name.split('/').length !== 2) return this.#complain(`invalid name ${name}`);
    // Under every type url it is this message; those of other versions are other types to Go, or none.
    if (!body?.typeUrl?.endsWith('/istio.networking.v1alpha3.ServiceEntry')) return this.#complain(`body of ${name}`);
    if (this.#release.needsCreateTime && !metadata?.createTime) return this.#complain(`${name} has no create time`);
    this.#put(store, name, { version: metadata?.version ?? '', bytes });
    return name;
  }

  #put(store: Map<string, Stored>, name: string, came: Stored): void {
    const held = store.get(name);
    const rule = held === undefined ? 'create' : this.#release.onVersion(held.version, came.version);
    if (rule === 'conflict') this.#complain(`conflict: ${name}`);
    if (rule === 'conflict' || rule === 'skip') return;
    if (rule === 'rewrite') this.rewrites++;
    store.set(name, came);
  }

  #complain(sentence: string): undefined {
    this.complaints.push(sentence);
    return undefined;
  }
}
