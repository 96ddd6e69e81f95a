// Registry files of many services of which one changes, which is as much as it takes for every whole answer to be made anew:
// parsing all of them each time would show in the memory of the bridge, and is not what is asked about.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BridgeConfig, bridgeConfig } from './bridge.ts';
import { MARKED_SERVICE } from './readers.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';

export class MarkedEstate {
  readonly services: number;
  /** What the marked service said, one after the other. */
  readonly marks: string[] = [];
  readonly #folder: string;

  constructor(teardown: Teardown, services: number) {
    this.services = services;
    this.#folder = scratchFolder(teardown, 'estate');
    const others = Array.from({ length: services - 1 }, (_, index) => ({
      name: `service-${index}`,
      instances: [{ address: `10.40.${index >> 8}.${index & 255}`, port: 8080 }],
    }));
    this.#write('others', others);
    this.change();
  }

  change(): void {
    const version = `change-${this.marks.length}`;
    this.marks.push(version);
    const instance = { address: '10.40.255.1', port: 8080, metadata: { version } };
    this.#write('marked', [{ name: MARKED_SERVICE, instances: [instance] }]);
  }

  config(serve: BridgeConfig): BridgeConfig {
    const file = (name: string) => ({ kind: 'file', path: this.#path(name), pollInterval: '1s' });
    return bridgeConfig([], {
      registries: { others: file('others'), marked: file('marked') },
      admit: { addresses: ['10.40.0.0/16'] },
      serve,
    });
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.json`);
  }

  /** At once, as a reader sees it. */
  #write(name: string, services: readonly unknown[]): void {
    writeFileSync(`${this.#path(name)}.new`, JSON.stringify({ services }));
    renameSync(`${this.#path(name)}.new`, this.#path(name));
  }
}
