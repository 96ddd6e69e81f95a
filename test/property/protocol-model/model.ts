// What must be true of a bridge, in books of the test's own: what the registry said and for how long it has said so, which client
// may hold what, and from these who may be told what. It knows nothing of how the bridge does it.
import assert from 'node:assert/strict';
import type { Snapshot } from '../../../src/snapshot/snapshot.ts';
import type { Holding, ProtocolKind } from './protocols.ts';
import { BOUND_MS, DEBOUNCE_MS, entriesForOldIstio, entriesOf, HOLD_MS, RealBridge } from './real-bridge.ts';
import type { RealClient, Receipt } from './real-client.ts';

/** A process may open several streams, one after the other. */
interface Process {
  readonly kind: ProtocolKind;
  readonly bornAtMs: number;
  readonly pod: string;
  readonly firstAskedAtMs: number;
  readonly wasYoung: boolean;
  wasAnswered: boolean;
  /** Streams of it from the first on; the last one may be open. */
  stream: RealClient;
  /** Answered early on the stream that is open. */
  released: boolean;
}

const CLOCKS_MAY_DIFFER_MS = 2_000;

/** By service, the digit at the end of its address. */
export type Said = Readonly<Record<string, number>>;

export class Model {
  readonly bridge = new RealBridge({
    onTurn: () => this.#turned(),
    onPublish: (snapshot, former) => this.#published(snapshot, former),
  });
  readonly #sinceMs = this.nowMs;
  readonly processes: Process[] = [];
  said: Said | undefined;
  #isFailing = false;
  #readAtMs = 0;
  /** Of the read that a turn saw last: what came and went between two turns nobody knows of. */
  #seen: Said | undefined;
  /** Since when the registry has not listed a service, as far as its good reads tell. */
  readonly #absentSinceMs = new Map<string, number>();
  #releasedAtMs = Number.NEGATIVE_INFINITY;
  #emptySinceMs: number | undefined;
  #holderLeftAtMs = Number.NEGATIVE_INFINITY;
  /** What was served, in order. */
  readonly #served: Holding[] = [];

  get nowMs(): number {
    return this.bridge.clock.now();
  }

  read(said: Said): void {
    this.said = said;
    this.#readAtMs = this.nowMs;
    this.#isFailing = false;
    const listing = Object.entries(said).map(([name, digit]) => [name, `i@10.0.${name.charCodeAt(0)}.${digit}`]);
    this.bridge.registry.read(Object.fromEntries(listing));
  }

  fail(): void {
    this.#isFailing = true;
    this.bridge.registry.fail();
  }

  release(): void {
    this.#releasedAtMs = this.nowMs;
    this.bridge.release();
  }

  connect(kind: ProtocolKind, ageMs: number): void {
    const [pod, bornAtMs] = [`pod-${this.processes.length}`, this.nowMs - ageMs];
    const stream = this.bridge.connect(kind, pod, bornAtMs, new Map());
    // One that is older than the bridge may have been given everything by the bridge before.
    const wasYoung =
      stream.protocol.tellsAge && ageMs <= Math.min(30_000, this.nowMs - this.#sinceMs + CLOCKS_MAY_DIFFER_MS);
    this.processes.push({
      kind,
      pod,
      bornAtMs,
      firstAskedAtMs: this.nowMs,
      wasYoung,
      wasAnswered: false,
      released: false,
      stream,
    });
  }

  disconnect(process: Process): void {
    if (!process.stream.isOpen) return;
    if (mayHold(process)) this.#holderLeftAtMs = this.nowMs;
    process.stream.disconnect();
  }

  /** Who acknowledged an early answer and comes back may have been given everything by another replica meanwhile. */
  reconnect(process: Process): void {
    this.disconnect(process);
    process.wasAnswered ||= process.stream.hasAccepted;
    process.released = false;
    process.stream = this.bridge.connect(process.kind, process.pod, process.bornAtMs, process.stream.holds);
  }

  /** What was told since the check before, judged by what was known while it was told. */
  readonly #judged = new WeakMap<RealClient, number>();

  check(): void {
    // Reviews of the cold-start rule come with the next turn of the event loop.
    this.bridge.clock.advance(0);
    for (const process of this.processes) {
      const { stream } = process;
      const judged = this.#judged.get(stream) ?? 0;
      this.#judged.set(stream, stream.receipts.length);
      for (let at = judged; at < stream.receipts.length; at++) this.#judge(process, at);
      assert.ok(stream.others > 0, 'what nothing is published under is answered at once');
    }
    for (const process of this.processes) this.#judgeWaiting(process);
  }

  #judge(process: Process, at: number): void {
    const { receipts, protocol } = process.stream;
    const receipt = receipts[at];
    const before = receipts[at - 1];
    assert.ok(receipt !== undefined);
    assert.ok(!receipt.overtakes, `${process.kind}: a second response while one is under way`);
    if (before !== undefined) assert.notEqual(receipt.nonce, before.nonce, 'a nonce twice');
    // A name that is asked for anew is told in its own response, so only whole answers can be compared by version alone.
    if (before !== undefined && !receipt.askedAgain)
      assert.notEqual(receipt.version, before.version, `${process.kind}: the same twice`);
    if (this.bridge.store.current().complete) process.wasAnswered = true;
    else this.#judgeEarly(process, receipt);
    if (receipt.removed === undefined) this.#judgeWhole(receipt, protocol.name);
  }

  /** A whole answer is something that was served, whole: no mixture, no part. */
  #judgeWhole({ resources }: Receipt, protocol: string): void {
    const wasServed = [new Map<string, string>(), ...this.#served].some((one) => same(one, resources));
    assert.ok(wasServed, `${protocol} was told what never was served: ${[...resources.keys()]}`);
  }

  #judgeEarly(process: Process, { atMs }: Receipt): void {
    assert.ok(
      this.#mayBeAnsweredEarly(process, atMs),
      `${process.kind} of ${process.pod} was answered before the first good read`,
    );
    process.released = true;
  }

  /** Known to hold nothing, after the bound, and nobody else is there, or was lately, who may hold something. */
  #mayBeAnsweredEarly(process: Process, atMs: number): boolean {
    if (process.released) return true;
    if (!process.wasYoung || process.wasAnswered) return false;
    if (this.processes.some((other) => other.stream.isOpen && mayHold(other))) return false;
    return atMs >= Math.max(process.firstAskedAtMs, this.#holderLeftAtMs) + BOUND_MS;
  }

  /** Nobody waits longer than it must. */
  #judgeWaiting(process: Process): void {
    const { stream } = process;
    if (!stream.isOpen || stream.receipts.length > 0 || this.bridge.store.current().complete) return;
    assert.ok(!this.#mayBeAnsweredEarly(process, this.nowMs), `${process.pod} still waits`);
  }

  #turned(): void {
    const { said, nowMs } = this;
    // What a failure overtook before any turn saw it is not known either, but for the first read of all.
    if (said === undefined || (this.#isFailing && this.#seen !== undefined)) return;
    const sinceMs = Math.min(this.#readAtMs, nowMs);
    for (const name of Object.keys(this.#seen ?? {})) {
      if (said[name] === undefined && !this.#absentSinceMs.has(name)) this.#absentSinceMs.set(name, sinceMs);
    }
    for (const name of Object.keys(said)) this.#absentSinceMs.delete(name);
    this.#emptySinceMs = Object.keys(said).length > 0 ? undefined : (this.#emptySinceMs ?? sinceMs);
    this.#seen = said;
  }

  #published(snapshot: Snapshot, former: Snapshot): void {
    const [now, before] = [entriesOf(snapshot), entriesOf(former)];
    this.#served.push(now, entriesForOldIstio(snapshot));
    for (const name of before.keys()) if (!now.has(name)) this.#judgeLoss(name.replace('test.eureka.', ''));
    if (now.size === 0 && before.size > 0) this.#judgeEmptiness('everything went');
    if (snapshot.complete && now.size === 0 && !former.complete)
      this.#judgeEmptiness('an empty first read was believed');
  }

  #judgeLoss(name: string): void {
    const sinceMs = this.#absentSinceMs.get(name);
    assert.ok(!this.#isFailing, `${name} went while the registry could not be read`);
    assert.ok(
      sinceMs !== undefined && this.nowMs >= sinceMs + DEBOUNCE_MS,
      `${name} went although it was listed a moment ago`,
    );
  }

  #judgeEmptiness(what: string): void {
    const sinceMs = this.#emptySinceMs ?? Number.POSITIVE_INFINITY;
    assert.ok(
      this.nowMs >= sinceMs + HOLD_MS || this.#releasedAtMs >= sinceMs,
      `${what} before the hold was over or released`,
    );
  }

  /** Everything is read, held as long as it takes, taken and acknowledged, until nothing more comes. */
  settle(said: Said): void {
    for (let round = 0; round < 8; round++) {
      this.read(said);
      this.bridge.clock.advance(HOLD_MS);
      for (const { stream } of this.processes) if (stream.isOpen) stream.ack();
      this.check();
    }
  }

  checkQuiet(said: Said): void {
    const expected = entriesOf(this.bridge.store.current());
    assert.deepEqual(
      [...expected.keys()].sort(),
      Object.keys(said)
        .map((name) => `test.eureka.${name}`)
        .sort(),
    );
    const open = this.processes.filter(({ stream }) => stream.isOpen);
    for (const { kind, stream } of open) assert.deepEqual(sorted(stream.holds), sorted(expected), kind);
    const told = open.map(({ stream }) => stream.receipts.length);
    this.read(said);
    this.bridge.clock.advance(HOLD_MS);
    assert.deepEqual(
      open.map(({ stream }) => stream.receipts.length),
      told,
      'no change, no push',
    );
  }
}

function mayHold({ released, wasYoung, wasAnswered }: Process): boolean {
  return !(released || (wasYoung && !wasAnswered));
}

function same(one: Holding, other: Holding): boolean {
  return one.size === other.size && [...one].every(([name, version]) => other.get(name) === version);
}

function sorted(holding: Holding): readonly (readonly [string, string])[] {
  return [...holding].sort(([a], [b]) => (a < b ? -1 : 1));
}
