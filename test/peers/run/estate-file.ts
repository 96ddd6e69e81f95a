// A registry that a test writes: a file with services, and the configuration of a bridge that reads it.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type BridgeConfig, bridgeConfig } from './bridge.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';

/** Service → addresses of its instances. */
export type Estate = Readonly<Record<string, readonly string[]>>;

export const ESTATE_PORT = 8080;

export class EstateFile {
  readonly #path: string;

  constructor(teardown: Teardown, estate: Estate) {
    this.#path = join(scratchFolder(teardown, 'estate'), 'registry.yaml');
    this.write(estate);
  }

  write(estate: Estate): void {
    const services = Object.entries(estate).map(([name, addresses]) => ({
      name,
      instances: addresses.map((address) => ({ id: address, address, port: ESTATE_PORT })),
    }));
    // A bridge may read at any moment, and must not find half a file.
    writeFileSync(`${this.#path}.new`, stringify({ services }));
    renameSync(`${this.#path}.new`, this.#path);
  }

  /** From now on it cannot be read, until it is written again. */
  remove(): void {
    rmSync(this.#path);
  }

  /** Of a bridge that has no other registry; what it reads is `SERVICE.NAMESPACE.vms`. */
  config(namespace: string): BridgeConfig {
    return bridgeConfig([], {
      namespace,
      registries: { vms: { kind: 'file', path: this.#path, pollInterval: '200ms' } },
      admit: { addresses: ['10.0.0.0/16'] },
      // What is written is published, however much of it goes.
      guard: { removalDebounce: '500ms', emptyGrace: '0s', removalShare: '100%' },
    });
  }
}
