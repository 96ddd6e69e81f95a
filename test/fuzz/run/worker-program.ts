// What a worker thread runs: one target after the other, as it is told. It is built into one counted file (bundle.ts).
import { parentPort, workerData } from 'node:worker_threads';
import { meterNativeWork } from '../counting/native-work.ts';
import { Prototypes } from '../oracles/prototypes.ts';
import { PLANTED, PLANTED_HANG } from '../planted.ts';
import { TARGETS } from '../targets.ts';
import type { RunnableTarget } from './run-cases.ts';
import { type Answer, CASES, DECODING, type Order, TICKS } from './worker-cells.ts';

function targetNamed(name: string): RunnableTarget {
  const found = [...TARGETS, ...PLANTED, PLANTED_HANG].find((target) => target.name === name);
  if (found === undefined) throw new Error(`there is no target ${name}`);
  return found;
}

function answer(sent: Answer): void {
  parentPort?.postMessage(sent);
}

process.setSourceMapsEnabled(true);
meterNativeWork();
const prototypes = new Prototypes();
const cells = new Int32Array(workerData as SharedArrayBuffer);

parentPort?.on('message', (order: Order) => {
  const target = targetNamed(order.target);
  if (order.only === 'literal') {
    answer({ kind: 'literal', literal: target.literal(order.seed, order.path ?? '0') });
    return;
  }
  Atomics.store(cells, CASES, 0);
  const onCase = (isShrinking: boolean): void => {
    Atomics.add(cells, TICKS, 1);
    if (!isShrinking) Atomics.add(cells, CASES, 1);
    Atomics.store(cells, DECODING, 1);
  };
  const onChecked = (): void => void Atomics.store(cells, DECODING, 0);
  answer({ kind: 'outcome', outcome: target.run(order, { prototypes, onCase, onChecked }) });
});
answer({ kind: 'ready' });
