// A bridge over a marked estate, nine clients that read all of it, and what of its memory stays in use while changes pass.
import assert from 'node:assert/strict';
import { Bridge, type BridgeConfig } from './bridge.ts';
import { MarkedEstate } from './marked-estate.ts';
import type { ReaderProtocol } from './reader.ts';
import { Readers } from './readers.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

const SERVICES = 10_000;
const NINE: readonly ReaderProtocol[] = [
  ...(['sotw', 'sotw', 'sotw', 'sotw'] as const),
  ...(['delta', 'delta', 'delta'] as const),
  ...(['resource-source', 'resource-source'] as const),
];

/** MiB. */
export interface Memory {
  /** The least that was resident at any time of the last third: what no collection of garbage frees. */
  readonly floor: number;
  readonly peak: number;
}

export class MarkedScene {
  readonly estate: MarkedEstate;
  readonly bridge: Bridge;
  readonly nine: Readers;
  readonly #teardown: Teardown;

  private constructor(teardown: Teardown, estate: MarkedEstate, bridge: Bridge) {
    this.#teardown = teardown;
    this.estate = estate;
    this.bridge = bridge;
    this.nine = Readers.start(teardown, bridge.hostPort, NINE);
  }

  static async start(teardown: Teardown, serve: BridgeConfig): Promise<MarkedScene> {
    const estate = new MarkedEstate(teardown, SERVICES);
    const scene = new MarkedScene(teardown, estate, await Bridge.start(teardown, estate.config(serve)));
    await scene.untilCurrent(scene.nine);
    return scene;
  }

  /** One more client, in a process of its own, once it holds everything and the bridge was told so. */
  async tenth(protocol: ReaderProtocol): Promise<Readers> {
    const tenth = Readers.start(this.#teardown, this.bridge.hostPort, [protocol]);
    await this.untilCurrent(tenth);
    await waitFor(async () => {
      const types = (await this.bridge.clients()).flatMap((client) => client.types);
      return types.every(({ state }) => state === 'settled');
    }, 'the last answers are acknowledged');
    return tenth;
  }

  /** One change after the other, each as soon as all of these readers have the one before. */
  async change(times: number, readers: readonly Readers[]): Promise<Memory> {
    const resident: number[] = [];
    for (let change = 0; change < times; change++) {
      this.estate.change();
      for (const each of readers) await this.untilCurrent(each);
      resident.push(await this.#mebibytes('process_resident_memory_bytes'));
    }
    return { floor: Math.min(...resident.slice(-times / 3)), peak: Math.max(...resident) };
  }

  /** Of a response with everything, in MiB. */
  responseSize(): Promise<number> {
    return this.#mebibytes('footbridge_snapshot_size_bytes');
  }

  untilCurrent(readers: Readers): Promise<void> {
    return waitFor(
      () =>
        readers.answers().every((answers) => {
          const last = answers.at(-1);
          return last?.mark === this.estate.marks.at(-1) && last?.held === SERVICES;
        }),
      'they have the last change',
    ).then(() => undefined);
  }

  /** That every reader was told these changes, each once and whole, and lost no stream. */
  assertTold(readers: Readers, marks: readonly string[]): void {
    for (const answers of readers.answers()) {
      assert.deepEqual(
        answers.map(({ mark }) => mark),
        marks,
      );
      assert.ok(answers.every(({ held }) => held === SERVICES));
    }
    assert.equal(readers.lost(), 0, 'no stream was lost');
  }

  async #mebibytes(metric: string): Promise<number> {
    return Math.round((await this.bridge.metrics()).sum(metric) / 2 ** 20);
  }
}
