// The bundle as a child process over one Eureka, and what is alive in it after a full collection.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from '../peers/run/free-port.ts';
import { waitFor } from '../peers/run/wait-for.ts';

/** What the bundle said, for people. */
export const LOG_FILE = join(import.meta.dirname, '../../.cache/soak.log');

export interface Alive {
  /** Of JavaScript, after a full collection. */
  readonly heapMiB: number;
  /** Buffers outside that heap. */
  readonly buffersMiB: number;
  /** Sockets, timers, watches, … by kind, as Node names them. */
  readonly resources: Readonly<Record<string, number>>;
  /** Rows of the table of streams. */
  readonly streams: number;
}

export class SoakedBundle {
  readonly address: string;
  readonly #admin: string;
  readonly #directory: string;
  readonly #configPath: string;
  readonly #eurekaUrl: string;
  readonly #process: ChildProcess;
  #reloads = 0;

  private constructor(ports: readonly [number, number], eurekaUrl: string) {
    this.address = `127.0.0.1:${ports[0]}`;
    this.#admin = `http://127.0.0.1:${ports[1]}`;
    this.#eurekaUrl = eurekaUrl;
    this.#directory = mkdtempSync(join(tmpdir(), 'footbridge-soak-'));
    this.#configPath = join(this.#directory, 'footbridge.yaml');
    this.#writeConfig(ports);
    mkdirSync(dirname(LOG_FILE), { recursive: true });
    const node = ['--expose-gc', '--import', join(import.meta.dirname, 'probe.mjs')];
    this.#process = spawn(process.execPath, [...node, 'dist/footbridge.mjs', 'serve', '--config', this.#configPath], {
      stdio: ['ignore', 'ignore', openSync(LOG_FILE, 'w'), 'ipc'],
    });
  }

  static async start(eurekaUrl: string): Promise<SoakedBundle> {
    const bundle = new SoakedBundle([await freePort(), await freePort()], eurekaUrl);
    await waitFor(async () => (await fetch(`${bundle.#admin}/readyz`)).ok, 'the bundle is ready');
    return bundle;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async alive(): Promise<Alive> {
    const answer = once(this.#process, 'message');
    this.#process.send('measure');
    const [{ heapUsed, external, resources }] = await answer;
    const kinds: Record<string, number> = {};
    for (const kind of resources) kinds[kind] = (kinds[kind] ?? 0) + 1;
    return {
      heapMiB: heapUsed / 2 ** 20,
      buffersMiB: external / 2 ** 20,
      resources: kinds,
      streams: (await this.clients()).length,
    };
  }

  async clients(): Promise<readonly unknown[]> {
    return (await (await fetch(`${this.#admin}/debug/clients?format=json`)).json()) as readonly unknown[];
  }

  /** Another key each time, so that there is something to take over. */
  reload(): void {
    this.#reloads += 1;
    const [port, adminPort] = [this.address, this.#admin].map((text) => Number(text.slice(text.lastIndexOf(':') + 1)));
    this.#writeConfig([port ?? 0, adminPort ?? 0]);
    this.#process.kill('SIGHUP');
  }

  async stop(): Promise<void> {
    if (this.isRunning && this.#process.kill('SIGTERM')) await once(this.#process, 'close');
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #writeConfig([port, adminPort]: readonly [number, number]): void {
    writeFileSync(
      this.#configPath,
      `namespace: shop
instance: soak
registries: { legacy: { kind: eureka, urls: ['${this.#eurekaUrl}'], pollInterval: 1s } }
serve: { port: ${port} }
admin: { port: ${adminPort} }
guard: { removalDebounce: 2s, emptyGrace: ${60 + (this.#reloads % 2)}s }
shutdown: { drainDelay: 0s, stagger: 0s, deadline: 5s }
`,
    );
  }
}
