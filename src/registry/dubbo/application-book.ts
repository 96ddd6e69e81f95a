// SPDX-License-Identifier: Apache-2.0
// What both levels say, gathered by application, and which applications are to be joined anew because of a change.

import { groupBy } from '../../lib/group-by.ts';
import { sameItems } from '../../lib/same-objects.ts';
import type { DecodedInstance } from './records/application-instance.ts';
import type { ProvidedService } from './records/application-metadata.ts';
import type { Provider } from './records/provider.ts';

export class Application {
  /** By path of their directory. */
  readonly providers = new Map<string, readonly Provider[]>();
  /** By id. */
  readonly instances = new Map<string, DecodedInstance>();
  /** By revision. */
  readonly metadata = new Map<string, readonly ProvidedService[]>();

  /** Metadata outlives everything and says of nothing that it lives. */
  get isGone(): boolean {
    return this.providers.size === 0 && this.instances.size === 0;
  }
}

export class ApplicationBook {
  readonly #applications = new Map<string, Application>();
  /** Applications with a provider in a directory, by its path. */
  readonly #ofDirectory = new Map<string, ReadonlySet<string>>();
  #changed = new Set<string>();

  get(application: string): Application | undefined {
    return this.#applications.get(application);
  }

  /** All that a directory holds; none where it is gone. */
  setProviders(path: string, providers: readonly Provider[]): void {
    const groups = groupBy(providers, ({ application }) => application);
    for (const [name, group] of groups) {
      const application = this.#entry(name);
      const former = application.providers.get(path);
      if (former !== undefined && sameItems(former, group)) continue;
      application.providers.set(path, group);
      this.#changed.add(name);
    }
    for (const name of this.#ofDirectory.get(path) ?? []) {
      if (groups.has(name)) continue;
      this.#entry(name).providers.delete(path);
      this.#changed.add(name);
    }
    if (groups.size === 0) this.#ofDirectory.delete(path);
    else this.#ofDirectory.set(path, new Set(groups.keys()));
  }

  /** undefined: it is gone. */
  setInstance(name: string, id: string, instance: DecodedInstance | undefined): void {
    const { instances } = this.#entry(name);
    if (instance === undefined || instance.kind === 'nothing') instances.delete(id);
    else instances.set(id, instance);
    this.#changed.add(name);
  }

  setMetadata(name: string, revision: string, services: readonly ProvidedService[]): void {
    const { metadata } = this.#entry(name);
    if (services.length === 0) metadata.delete(revision);
    else metadata.set(revision, services);
    this.#changed.add(name);
  }

  /** Something that is about it changed elsewhere. */
  touch(name: string): void {
    if (this.#applications.has(name)) this.#changed.add(name);
  }

  /** Those that changed since the last call. One of which nothing is left is forgotten. */
  takeChanged(): readonly string[] {
    const changed = [...this.#changed];
    this.#changed = new Set();
    for (const name of changed) {
      const application = this.#applications.get(name);
      if (application?.isGone && application.metadata.size === 0) this.#applications.delete(name);
    }
    return changed;
  }

  #entry(name: string): Application {
    const known = this.#applications.get(name);
    if (known !== undefined) return known;
    const application = new Application();
    this.#applications.set(name, application);
    return application;
  }
}
