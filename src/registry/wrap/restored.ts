// SPDX-License-Identifier: Apache-2.0
// A registry that was read by a former process and not yet by this one: it shows what that one read last, narrowed to the scope
// of now, until it has been read. From then on it is passed through, and what was restored is forgotten.
import type { Service, ServiceKey } from '../../model/service.ts';
import type { Registry, Slice } from '../registry.ts';
import { createScope, type ScopeOptions } from '../scope.ts';

/** What is known of a former read. */
export interface Restorable {
  readonly services: ReadonlyMap<ServiceKey, Service>;
  readonly readAtMs: number;
  /** It was read with another scope than the one of now. */
  readonly isOtherScope: boolean;
}

export class RestoredRegistry implements Registry {
  readonly #inner: Registry;
  #restored: Restorable | undefined;
  #servicesRestored = 0;
  #seen: readonly Slice[] | undefined;
  #slices: readonly Slice[] = [];

  constructor(inner: Registry) {
    this.#inner = inner;
  }

  get name(): string {
    return this.#inner.name;
  }

  /** What was read already stays as it is. `scope` is that of now. */
  restore(restored: Restorable, scope: ScopeOptions): void {
    this.#servicesRestored = restored.services.size;
    this.#narrowTo(restored, scope);
  }

  /** Another scope from here on. Whoever narrows the inner registry raises the revision of its slices, and tells of it. */
  setRestoredScope(scope: ScopeOptions): void {
    if (this.#restored !== undefined) this.#narrowTo({ ...this.#restored, isOtherScope: true }, scope);
  }

  slices(): readonly Slice[] {
    const inner = this.#inner.slices();
    if (this.#seen === inner) return this.#slices;
    this.#seen = inner;
    if (inner.every(({ reading }) => reading.kind !== 'waiting')) this.#restored = undefined;
    const restored = this.#restored;
    const count = this.#servicesRestored;
    this.#slices = restored === undefined ? inner : inner.map((slice) => shown(slice, restored, count));
    return this.#slices;
  }

  #narrowTo(restored: Restorable, scope: ScopeOptions): void {
    this.#restored = restored.isOtherScope ? narrowed(restored, scope) : restored;
    this.#seen = undefined;
  }

  start(onChange: () => void): void {
    this.#inner.start(onChange);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

/** A scope that is wider again shows what it now admits only when the registry is read. */
function narrowed(restored: Restorable, scope: ScopeOptions): Restorable {
  const isInScope = createScope(scope);
  const services = new Map<ServiceKey, Service>();
  for (const [key, service] of restored.services) {
    const instances = service.instances.filter(isInScope);
    if (instances.length === service.instances.length) services.set(key, service);
    else if (instances.length > 0) services.set(key, { ...service, instances });
  }
  return { ...restored, services };
}

function shown(slice: Slice, { services, readAtMs }: Restorable, ofServices: number): Slice {
  const { reading } = slice;
  if (reading.kind !== 'waiting') return slice;
  const content = { services, problems: [], readAtMs };
  const matched = { services: services.size, ofServices };
  return { ...slice, reading: { ...reading, kind: 'restored', content }, matched };
}
