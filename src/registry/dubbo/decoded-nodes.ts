// SPDX-License-Identifier: Apache-2.0
// Nodes as they were decoded: asked when it is decided what else to read, and again when services are made. A directory changes
// by a node or two, so what is known of its other nodes is kept.
import {
  type ApplicationInstance,
  type DecodedInstance,
  decodeApplicationInstance,
} from './records/application-instance.ts';
import { type DecodedProvider, decodeProvider, type Provider, type ProviderRules } from './records/provider.ts';

export interface ProviderDirectory {
  readonly interfaceName: string;
  readonly providers: readonly Provider[];
  /** Why nodes of it cannot be read → how many. */
  readonly unreadable: ReadonlyMap<string, number>;
}

interface KnownDirectory {
  readonly names: readonly string[];
  readonly decoded: ReadonlyMap<string, DecodedProvider>;
  readonly directory: ProviderDirectory;
}

export class DecodedNodes {
  readonly #rules: ProviderRules;
  /** By path. */
  readonly #directories = new Map<string, KnownDirectory>();
  readonly #instances = new WeakMap<Buffer, DecodedInstance>();

  constructor(rules: ProviderRules) {
    this.#rules = rules;
  }

  /** A provider keeps its object as long as its node is listed. */
  providers(path: string, interfaceName: string, names: readonly string[]): ProviderDirectory {
    const known = this.#directories.get(path);
    if (known?.names === names) return known.directory;
    const decoded = new Map(
      names.map((name) => [name, known?.decoded.get(name) ?? decodeProvider(name, interfaceName, this.#rules)]),
    );
    const directory = directoryOf(interfaceName, decoded.values());
    this.#directories.set(path, { names, decoded, directory });
    return directory;
  }

  forgetProviders(path: string): void {
    this.#directories.delete(path);
  }

  instance(data: Buffer, place: Pick<ApplicationInstance, 'application' | 'id'>): DecodedInstance {
    const known = this.#instances.get(data);
    if (known !== undefined) return known;
    const decoded = decodeApplicationInstance(data, place, this.#rules.isSecret);
    this.#instances.set(data, decoded);
    return decoded;
  }
}

function directoryOf(interfaceName: string, decoded: Iterable<DecodedProvider>): ProviderDirectory {
  const providers: Provider[] = [];
  const unreadable = new Map<string, number>();
  for (const one of decoded) {
    if (one.kind === 'provider') providers.push(one.provider);
    else if (one.kind === 'unreadable') unreadable.set(one.why, (unreadable.get(one.why) ?? 0) + 1);
  }
  return { interfaceName, providers, unreadable };
}
