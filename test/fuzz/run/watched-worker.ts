// A worker thread under a watchdog: a case that does not come back ends its thread, and is named. Five seconds are those of the
// processor: on a busy machine a thread may not run for as long, and that is no fault of a decoder.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AskedCases, CasesOutcome } from './run-cases.ts';
import { type Answer, CASES, CELLS, DECODING, type Order, TICKS } from './worker-cells.ts';

const TICK_MS = 250;
export const LONGEST_CASE_MS = 5000;
/** For the seeds to be read and the first inputs to be made. */
const LONGEST_START_MS = 60_000;
/** Of somebody who waits for something, and needs no processor for it. */
const LONGEST_WAIT_MS = 600_000;

export interface Watch {
  readonly longestCaseMs: number;
  /** How many of them share the time of the processor, for nobody tells that of one alone. */
  readonly threads: number;
}

export class WatchedWorker {
  readonly #bundle: string;
  readonly #watch: Watch;
  #worker: Promise<Worker> | undefined;
  #cells = new Int32Array(new SharedArrayBuffer(4 * CELLS));

  constructor(bundle: string, watch: Watch) {
    this.#bundle = bundle;
    this.#watch = watch;
  }

  async run(target: string, asked: AskedCases): Promise<CasesOutcome> {
    const outcome = await this.#ask({ ...asked, target, only: 'run' });
    if (outcome?.kind === 'outcome') return outcome.outcome;
    const cases = Atomics.load(this.#cells, CASES);
    const isDecoding = Atomics.load(this.#cells, DECODING) === 1;
    const path = asked.path ?? String(isDecoding ? cases - 1 : cases);
    const made = await this.#ask({ ...asked, target, path, only: 'literal' });
    const literal = made?.kind === 'literal' ? made.literal : '(it takes too long to be made)';
    const patience = `${this.#watch.longestCaseMs / 1000} s`;
    const what = isDecoding ? `did not come back within ${patience}` : `an input was not made within ${patience}`;
    return { kind: 'found', cases, oracle: 'hung', what, stack: '', path, literal };
  }

  async close(): Promise<void> {
    const worker = await this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  /** undefined: it was silent for too long. */
  async #ask(order: Order): Promise<Answer | undefined> {
    this.#worker ??= this.#start();
    const worker = await this.#worker;
    const cells = this.#cells;
    Atomics.store(cells, TICKS, 0);
    return new Promise((resolve, reject) => {
      const silence = new Silence(this.#watch);
      const settle = (act: () => void): void => {
        clearInterval(watchdog);
        worker.off('message', onAnswer);
        worker.off('error', onError);
        act();
      };
      const onAnswer = (answer: Answer): void => settle(() => resolve(answer));
      const onError = (error: unknown): void => settle(() => reject(error));
      const watchdog = setInterval(() => {
        if (!silence.isTooLong(Atomics.load(cells, TICKS))) return;
        settle(() => void this.close().then(() => resolve(undefined), reject));
      }, TICK_MS);
      worker.on('message', onAnswer);
      worker.on('error', onError);
      worker.postMessage(order);
    });
  }

  async #start(): Promise<Worker> {
    this.#cells = new Int32Array(new SharedArrayBuffer(4 * CELLS));
    const worker = new Worker(this.#bundle, { workerData: this.#cells.buffer });
    await once(worker, 'message');
    return worker;
  }
}

/** Since when a count has not grown. */
class Silence {
  readonly #watch: Watch;
  #seen = 0;
  #sinceMs = performance.now();
  #sinceCpuMs = cpuMs();

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  isTooLong(count: number): boolean {
    if (count !== this.#seen) {
      this.#seen = count;
      this.#sinceMs = performance.now();
      this.#sinceCpuMs = cpuMs();
    }
    const { longestCaseMs, threads } = this.#watch;
    const longestMs = count === 0 ? LONGEST_START_MS : longestCaseMs;
    const hasRun = cpuMs() - this.#sinceCpuMs > longestMs * threads;
    return hasRun || performance.now() - this.#sinceMs > LONGEST_WAIT_MS;
  }
}

/** Of all threads together. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
