// Galley's own server of legacy MCP, by way of the Go program in go/pilot-2020/galley, serving what a test says.
import { createHash } from 'node:crypto';
import { istio } from '../../../src/proto/messages.gen.js';
import { ENTRIES } from '../../fakes/legacy-conversation.ts';
import { ESTATE_PORT, type Estate } from './estate-file.ts';
import { freePort } from './free-port.ts';
import { LineProgram } from './line-program.ts';
import { rawServiceEntry } from './raw-source.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

type Contents = Readonly<Record<string, { readonly version: string; readonly resources: readonly string[] }>>;
type Program = LineProgram<Contents, { readonly event: 'listening' | 'served' }>;

interface GalleyOptions {
  readonly namespace: string;
  /** What it answers; each but the one of entries is empty. */
  readonly collections: readonly string[];
  /** Entries may be told incrementally, as Galley of a release never did. */
  readonly incremental?: boolean;
}

export class Galley {
  readonly hostPort: string;
  readonly #options: GalleyOptions;
  #program: Program;

  private constructor(hostPort: string, options: GalleyOptions) {
    this.hostPort = hostPort;
    this.#options = options;
    this.#program = this.#start();
  }

  static async start(teardown: Teardown, options: GalleyOptions): Promise<Galley> {
    const galley = new Galley(`127.0.0.1:${await freePort()}`, options);
    teardown.add('galley', () => galley.#program.child.stop());
    await galley.#until('listening', 1);
    return galley;
  }

  #start(): Program {
    const { collections, incremental = false } = this.#options;
    const allowed = collections.map((collection) =>
      incremental && collection === ENTRIES ? `+${collection}` : collection,
    );
    return new LineProgram('galley', [this.hostPort, ...allowed]);
  }

  /** `withoutVersion`: collections that the snapshot does not hold. */
  async publish(estate: Estate, withoutVersion: readonly string[] = []): Promise<void> {
    const served = this.#count('served');
    const resources = Object.entries(estate).map((entry) => this.#entry(...entry));
    const held = this.#options.collections.filter((collection) => !withoutVersion.includes(collection));
    const contentOf = (collection: string) => (collection === ENTRIES ? resources : []);
    const contents = held.map((name) => [name, { version: versionOf(...contentOf(name)), resources: contentOf(name) }]);
    this.#program.tell(Object.fromEntries(contents));
    await this.#until('served', served + 1);
  }

  /** Killed, and started again on the same port with nothing. */
  async restart(): Promise<void> {
    await this.#program.child.kill();
    this.#program = this.#start();
    await this.#until('listening', 1);
  }

  #entry(service: string, addresses: readonly string[]): string {
    const { namespace } = this.#options;
    const spec = {
      hosts: [`${service}.${namespace}.galley`],
      ports: [{ number: 80, protocol: 'HTTP', name: 'http' }],
      location: istio.networking.v1alpha3.ServiceEntry.Location.MESH_INTERNAL,
      resolution: istio.networking.v1alpha3.ServiceEntry.Resolution.STATIC,
      endpoints: addresses.map((address) => ({ address, ports: { http: ESTATE_PORT } })),
    };
    const resource = rawServiceEntry(`${namespace}/${service}`, spec, versionOf(...addresses));
    return Buffer.from(resource).toString('base64');
  }

  #count(wanted: 'listening' | 'served'): number {
    return this.#program.events().filter(({ event }) => event === wanted).length;
  }

  async #until(event: 'listening' | 'served', count: number): Promise<void> {
    await waitFor(() => {
      if (!this.#program.child.isRunning) throw new Error(this.#program.child.describe());
      return this.#count(event) >= count;
    }, `galley says "${event}"`);
  }
}

/** Never empty: what has no version Galley does not answer. */
function versionOf(...contents: readonly string[]): string {
  return createHash('sha256').update(contents.join('\n')).digest('hex').slice(0, 16);
}
