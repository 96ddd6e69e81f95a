// A Eureka with a changing estate: in every second one in a hundred instances comes, goes or changes. No service ever loses its last
// instance, so that whatever a client deletes was not meant by the registry.
import type { FakeEureka } from '../fakes/fake-eureka.ts';

export interface EstateSize {
  readonly services: number;
  readonly instancesEach: number;
}

export class ChangingEstate {
  readonly #eureka: FakeEureka;
  readonly #size: EstateSize;
  readonly #random: () => number;
  /** How many instances each service has: the first so many of its places. */
  readonly #counts: number[];
  #changes = 0;

  constructor(eureka: FakeEureka, size: EstateSize, random: () => number) {
    this.#eureka = eureka;
    this.#size = size;
    this.#random = random;
    this.#counts = Array.from({ length: size.services }, () => size.instancesEach);
    for (let service = 0; service < size.services; service++) {
      for (let place = 0; place < size.instancesEach; place++) this.#register(service, place);
    }
  }

  get changes(): number {
    return this.#changes;
  }

  /** Endpoints of all services as the registry has them. */
  get instances(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  changeOnePercent(): void {
    const times = Math.ceil((this.#size.services * this.#size.instancesEach) / 100);
    for (let time = 0; time < times; time++) this.#changeOne();
  }

  #changeOne(): void {
    const service = Math.floor(this.#random() * this.#size.services);
    const count = this.#counts[service] ?? 0;
    const kind = Math.floor(this.#random() * 3);
    this.#changes += 1;
    if (kind === 0 && count > 1) {
      this.#counts[service] = count - 1;
      this.#eureka.registry.cancel(appOf(service), idOf(service, count - 1));
    } else if (kind === 1 && count < this.#size.instancesEach * 2) {
      this.#counts[service] = count + 1;
      this.#register(service, count);
    } else {
      this.#register(service, Math.floor(this.#random() * count));
    }
  }

  #register(service: number, place: number): void {
    const ipAddr = `10.${service >> 8}.${service & 255}.${place + 1}`;
    const metadata = { version: `v${Math.floor(this.#random() * 1000)}`, zone: place % 2 === 0 ? 'eu-1a' : 'eu-1b' };
    this.#eureka.registry.register(appOf(service), idOf(service, place), { ipAddr, metadata });
  }
}

function appOf(service: number): string {
  return `app-${service}`;
}

function idOf(service: number, place: number): string {
  return `vm-${service}-${place}`;
}
