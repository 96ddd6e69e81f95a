// Services and instances with only what a test is about spelled out.
import { type Instance, type Service, type ServiceKey, serviceKey } from '../../src/model/service.ts';
import { OUTSIDE_UNKNOWN, type Outside } from '../../src/registry/outside.ts';
import type { Content, Registry, Slice } from '../../src/registry/registry.ts';
import type { RegistrySession } from '../../src/registry/session.ts';

export function anInstance(fields: Partial<Instance> = {}): Instance {
  return {
    id: 'one',
    address: '10.0.0.1',
    ports: [{ name: 'http', number: 8080, protocol: 'http', secure: false }],
    status: 'up',
    weight: undefined,
    locality: undefined,
    metadata: new Map(),
    attributes: new Map(),
    ...fields,
  };
}

export function aService(name: string, instances: readonly Instance[] = [anInstance()], registry = 'legacy'): Service {
  return { key: serviceKey(registry, name), registry, name, instances };
}

export function servicesOf(...services: readonly Service[]): ReadonlyMap<ServiceKey, Service> {
  return new Map(services.map((service) => [service.key, service]));
}

export function aSlice(
  content: Partial<Content> & { readonly services: Content['services'] },
  fields: Partial<Slice> = {},
): Slice {
  const matched = { services: content.services.size, ofServices: content.services.size };
  const whole = { problems: [], readAtMs: 0, ...content };
  return {
    registry: 'legacy',
    kind: 'fake',
    reading: { kind: 'live', content: whole },
    scopeRevision: 0,
    matched,
    ...fields,
  };
}

/** A registry that says what it is told to say. */
export class FakeRegistry implements Registry {
  readonly name: string;
  closed = false;
  /** What it says of the outside; a test sets it. */
  outside: () => Outside = () => OUTSIDE_UNKNOWN;
  readAnew?: () => void;
  /** The session that it says it has; a test sets it. */
  session: () => RegistrySession | undefined = () => undefined;
  #slices: readonly Slice[];
  #onChange: () => void = () => {};

  constructor(name: string, slices: readonly Slice[] = []) {
    this.name = name;
    this.#slices = slices;
  }

  say(...slices: readonly Slice[]): void {
    this.#slices = slices;
    this.#onChange();
  }

  slices(): readonly Slice[] {
    return this.#slices;
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}
