// Many Dubbo providers in a real ZooKeeper, as plain nodes with names as Dubbo writes them; nothing of it runs. It remembers
// what it wrote, so that it can say which endpoints every application must have.
import type { Backend } from './backend.ts';
import { calledInterface, calledUrl } from './called-provider.ts';
import { EstatePeriod } from './estate-period.ts';
import { PROVIDER_PORT, providerUrl } from './provider-url.ts';
import { Teardown } from './teardown.ts';
import { type NodeChange, ZooKeeperWriter } from './zookeeper-writer.ts';

export interface EstateOptions {
  /** `HOST:PORT`, several separated by commas. */
  readonly servers: string;
  readonly applications: number;
  readonly instancesEach: number;
  /** Each application has so many of its own, or all of them have one and the same. */
  readonly interfaces: number | 'one for all';
  readonly chroot?: string;
  /** The only instance of one application more; it is never replaced. */
  readonly called?: Backend;
  /** `user:password` to write as. */
  readonly digest?: string;
}

/** Application → `address:port` of its instances, sorted. */
export type Endpoints = ReadonlyMap<string, readonly string[]>;

/** Endpoints are of this range, which nobody routes to. */
export const ESTATE_RANGE = '10.30.0.0/16';
/** Interfaces are spread over so many packages, so that a scope of one of them is one in a hundred. */
const AREAS = 100;
const DIRECTORIES = ['configurators', 'consumers', 'providers'] as const;

export class DubboEstate {
  readonly #options: EstateOptions;
  /** Application → addresses of its instances, the oldest first. */
  readonly #instances = new Map<number, string[]>();
  #addresses = 0;
  #replaced = 0;
  #period = new EstatePeriod();

  constructor(options: EstateOptions) {
    this.#options = options;
    for (let application = 0; application < options.applications; application++) {
      const addresses = Array.from({ length: options.instancesEach }, () => this.#nextAddress());
      this.#instances.set(application, addresses);
    }
  }

  get called(): Backend | undefined {
    return this.#options.called;
  }

  /** The application of that number, counted from 0. */
  name(application: number): string {
    return `app-${String(application).padStart(3, '0')}`;
  }

  /** The application that is the next to have an instance replaced. */
  get next(): number {
    return this.#replaced % this.#options.applications;
  }

  /** Where the providers of the first interface of an application stand. */
  directory(application: number): string {
    return this.#directory(this.#interfacesOf(application)[0] ?? '', 'providers');
  }

  /** What istiod must hold. */
  expected(): Endpoints {
    const expected = new Map<string, readonly string[]>();
    for (const [application, addresses] of this.#instances)
      expected.set(this.name(application), addresses.map((address) => `${address}:${PROVIDER_PORT}`).sort());
    const { called } = this;
    if (called !== undefined) expected.set(called.name, [`${called.address}:${called.port}`]);
    return expected;
  }

  /** What was registered throughout it, and at any time of it, until the next one begins. */
  beginPeriod(): EstatePeriod {
    this.#period = new EstatePeriod([...this.expected().values()].flat());
    return this.#period;
  }

  /** Writes all of it, with the directories above. */
  async create(): Promise<void> {
    await this.#write(this.#all());
  }

  /** The same node by node, as people and programs do it. */
  async createNodeByNode(): Promise<void> {
    for (const change of this.#all()) await this.#write([change]);
  }

  /** Removes all of it, with `/dubbo` itself; all at once as far as one transaction reaches. */
  async remove(): Promise<void> {
    await this.#write(
      this.#all()
        .reverse()
        .map(({ path }) => ({ kind: 'remove', path })),
    );
  }

  /** All providers of the first `applications`, or of all, go at one moment; istiod must hold them all the same. */
  async withdraw(applications: number): Promise<void> {
    await this.#write(this.#providersOf(applications).map((path) => ({ kind: 'remove', path })));
  }

  /** And come back as they were. */
  async giveBack(applications: number): Promise<void> {
    await this.#write(this.#providersOf(applications).map((path) => ({ kind: 'create', path })));
  }

  /** Of the next `applications` in turn one instance each goes, and another one comes. */
  async replaceInstances(applications = 1): Promise<void> {
    await this.#write(this.#replacements(applications));
  }

  /** Every provider is registered a second time, as after a reconnect, and that once more removed: changes that mean nothing. */
  async flicker(): Promise<number> {
    const seconds = this.#providers(2);
    await this.#write(seconds.map((path) => ({ kind: 'create', path })));
    await this.#write(seconds.map((path) => ({ kind: 'remove', path })));
    return 2 * seconds.length;
  }

  #replacements(applications: number): readonly NodeChange[] {
    return Array.from({ length: applications }).flatMap(() => {
      const application = this.next;
      this.#replaced++;
      const addresses = this.#instances.get(application) ?? [];
      const [oldest = ''] = addresses.splice(0, 1);
      const newest = this.#nextAddress();
      addresses.push(newest);
      this.#period.left(`${oldest}:${PROVIDER_PORT}`);
      this.#period.came(`${newest}:${PROVIDER_PORT}`);
      return this.#interfacesOf(application).flatMap((name): readonly NodeChange[] => [
        { kind: 'remove', path: this.#provider(application, name, oldest) },
        { kind: 'create', path: this.#provider(application, name, newest) },
      ]);
    });
  }

  #all(): NodeChange[] {
    const { called } = this;
    const { chroot = '', applications } = this.#options;
    const numbers = Array.from({ length: applications }, (_, application) => application);
    const ofAll = numbers.flatMap((application) => this.#interfacesOf(application));
    const interfaces = [...new Set([...ofAll, ...(called ? [calledInterface(called)] : [])])];
    return [
      ...(chroot === '' ? [] : [chroot]),
      `${chroot}/dubbo`,
      ...interfaces.map((name) => this.#directory(name)),
      ...interfaces.flatMap((name) => DIRECTORIES.map((directory) => this.#directory(name, directory))),
      ...this.#providers(),
    ].map((path) => ({ kind: 'create', path }));
  }

  #providersOf(applications: number): readonly string[] {
    if (applications === this.#options.applications) return this.#providers();
    const names = Array.from({ length: applications }, (_, application) => this.name(application));
    return this.#providers().filter((path) => names.some((name) => path.includes(`application%3D${name}%`)));
  }

  #providers(registration?: number): readonly string[] {
    const providers = [...this.#instances].flatMap(([application, addresses]) =>
      this.#interfacesOf(application).flatMap((name) =>
        addresses.map((address) => this.#provider(application, name, address, registration)),
      ),
    );
    const { called } = this;
    if (called === undefined) return providers;
    const url = encodeURIComponent(calledUrl(called, registration));
    return [...providers, this.#directory(calledInterface(called), 'providers', url)];
  }

  /** With a connection of its own, which no earlier fault of the server can have hurt. */
  async #write(changes: readonly NodeChange[]): Promise<void> {
    const teardown = new Teardown();
    try {
      const writer = await ZooKeeperWriter.start(teardown, this.#options.servers, this.#options.digest);
      await writer.change(changes);
    } finally {
      await teardown.run();
    }
  }

  #nextAddress(): string {
    this.#addresses++;
    return `10.30.${this.#addresses >> 8}.${this.#addresses & 255}`;
  }

  #interfacesOf(application: number): readonly string[] {
    const { interfaces } = this.#options;
    if (interfaces === 'one for all') return ['com.acme.common.HealthService'];
    const area = `area${String(application % AREAS).padStart(2, '0')}`;
    const names = Array.from({ length: interfaces }, (_, number) => `Service${number}`);
    return names.map((name) => `com.acme.${area}.app${application}.api.${name}`);
  }

  #directory(interfaceName: string, ...below: readonly string[]): string {
    return [`${this.#options.chroot ?? ''}/dubbo`, interfaceName, ...below].join('/');
  }

  /** Of two registrations of one provider the later has the higher number. */
  #provider(application: number, interfaceName: string, address: string, registration = 1): string {
    const url = providerUrl({ application: this.name(application), interfaceName, address, registration });
    return this.#directory(interfaceName, 'providers', encodeURIComponent(url));
  }
}

/** Enough for most faults. */
export const SMALL_ESTATE = { applications: 12, interfaces: 2, instancesEach: 3 } as const;

/** A small estate that is written already. */
export async function estateAt(servers: string, changes: Partial<EstateOptions> = {}): Promise<DubboEstate> {
  const estate = new DubboEstate({ servers, ...SMALL_ESTATE, ...changes });
  await estate.create();
  return estate;
}
