// Before the first good read, whatever happens: nobody is told "nothing" but a client that is known to hold nothing, after the bound,
// and with nobody beside it that may hold something. What is known is counted here by itself, not asked of the code.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ClientsBridge, type TalkingClient } from '../fakes/clients-bridge.ts';
import { snapshotOf } from '../fakes/resources.ts';

const SECOND = 1000;
const BOUND = 20 * SECOND;
/** How old an istiod may be when it asks first, by how much start times of one process may differ, how often it is asked how it is. */
const [YOUNG, TOLERANCE, ASKED_EVERY] = [30 * SECOND, 2 * SECOND, 5 * SECOND];

type Move =
  | { readonly kind: 'start'; readonly pod: string; readonly minor: number; readonly ageMs: number }
  | { readonly kind: 'leave' | 'comeBack' | 'startsAnew'; readonly pod: string }
  | { readonly kind: 'says'; readonly readiness: 'ready' | 'notReady' | 'unknown' }
  | { readonly kind: 'look' }
  | { readonly kind: 'pass'; readonly ms: number };

const pod = fc.constantFrom('a', 'b', 'c');
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    kind: fc.constant('start'),
    pod,
    minor: fc.constantFrom(12, 15, 16, 20, 29),
    ageMs: fc.constantFrom(0, 300, 20 * SECOND, YOUNG, YOUNG + 1, 3_600_000),
  }),
  fc.record({ kind: fc.constantFrom('leave', 'comeBack', 'startsAnew'), pod }),
  fc.record({ kind: fc.constant('says'), readiness: fc.constantFrom('ready', 'notReady', 'unknown') }),
  fc.constant({ kind: 'look' }),
  fc.record({ kind: fc.constant('pass'), ms: fc.constantFrom(1, SECOND, 6 * SECOND, BOUND - 1, BOUND, 3 * BOUND) }),
);

interface Istiod {
  readonly minor: number;
  readonly startedAtMs: number;
  readonly firstAskedAtMs: number;
  /** It was young when it asked first, and no bridge can have stood here before that it met. */
  readonly isFresh: boolean;
  client: TalkingClient | undefined;
  /** On all of its streams. */
  given: number;
}

class Play {
  readonly bridge = new ClientsBridge({ boundMs: BOUND });
  readonly #sinceMs = this.bridge.clock.now();
  readonly #istiods = new Map<string, Istiod>();
  /** When the istiods could be heard last to say that they are not ready. */
  #notReadyAtMs = Number.NEGATIVE_INFINITY;
  /** What is found at the end of a step may have happened at its beginning. */
  #stepBeganAtMs = this.#sinceMs;
  #holderLeftAtMs = Number.NEGATIVE_INFINITY;

  async make(made: Move): Promise<void> {
    if (made.kind === 'look') this.bridge.connect(29, 'footbridge-watch', 0);
    else if (made.kind === 'says') this.bridge.ownReadiness = made.readiness;
    else if (made.kind === 'start') this.#start(made.pod, made.minor, made.ageMs);
    else if (made.kind !== 'pass') this.#change(made.kind, made.pod);
    await this.#pass(made.kind === 'pass' ? made.ms : 1);
  }

  /** From the first whole reading on everybody is given everything. */
  async end(): Promise<void> {
    this.bridge.store.publish(snapshotOf(['orders']));
    await this.bridge.clock.advanceAsync(1);
    for (const { client } of this.#istiods.values())
      assert.deepEqual(client?.given.at(-1) ?? ['payments/orders'], ['payments/orders']);
    this.bridge.clients.close();
    assert.equal(this.bridge.clock.pending, 0);
  }

  #start(name: string, minor: number, ageMs: number): void {
    const former = this.#istiods.get(name);
    if (former?.client !== undefined) return;
    const nowMs = this.bridge.clock.now();
    const isFresh = ageMs <= YOUNG && ageMs <= nowMs - this.#sinceMs + TOLERANCE;
    const client = this.bridge.connect(minor, name, ageMs);
    const startedAtMs = nowMs - ageMs;
    // Two processes of one pod that started so near each other look like one that came back.
    if (former !== undefined && Math.abs(former.startedAtMs - startedAtMs) <= TOLERANCE) former.client = client;
    else this.#istiods.set(name, { minor, startedAtMs, firstAskedAtMs: nowMs, isFresh, client, given: 0 });
  }

  #change(kind: 'leave' | 'comeBack' | 'startsAnew', name: string): void {
    const istiod = this.#istiods.get(name);
    if (istiod === undefined) return;
    const nowMs = this.bridge.clock.now();
    if (kind === 'comeBack') {
      istiod.client ??= this.bridge.connect(istiod.minor, name, nowMs - istiod.startedAtMs);
      return;
    }
    if (this.#mayHold(istiod)) this.#holderLeftAtMs = nowMs;
    istiod.client?.stream.closed('client');
    istiod.client = undefined;
    if (kind === 'startsAnew') this.#start(name, istiod.minor, 300);
  }

  async #pass(ms: number): Promise<void> {
    for (let leftMs = ms; leftMs > 0; leftMs -= SECOND) {
      const before = new Map([...this.#istiods.values()].map((istiod) => [istiod, istiod.client?.given.length]));
      const stepMs = Math.min(leftMs, SECOND);
      this.#stepBeganAtMs = this.bridge.clock.now();
      if (this.bridge.ownReadiness === 'notReady') this.#notReadyAtMs = this.#stepBeganAtMs + stepMs + ASKED_EVERY;
      await this.bridge.clock.advanceAsync(stepMs);
      for (const [istiod, given] of before) if (istiod.client?.given.length !== given) this.#wasGiven(istiod);
    }
  }

  #wasGiven(istiod: Istiod): void {
    const nowMs = this.bridge.clock.now();
    // 1.13 to 1.15 do not wait either, and ask as 1.16 and 1.17 do, which must not be kept waiting.
    assert.ok(istiod.minor > 12, 'it does not wait');
    assert.ok(this.#isKnownEmpty(istiod), 'it may hold entries');
    assert.ok(nowMs - istiod.firstAskedAtMs >= BOUND, 'it waited less than the bound');
    assert.ok(nowMs - this.#holderLeftAtMs >= BOUND, 'one that may hold entries left, and may come back');
    for (const other of this.#istiods.values()) assert.ok(!this.#mayHold(other), 'another one may hold entries');
    istiod.given++;
  }

  /** One that was told "nothing" on the stream that it still has holds nothing. */
  #mayHold(istiod: Istiod): boolean {
    return istiod.client?.given.length === 0 && !this.#isKnownEmpty(istiod);
  }

  #isKnownEmpty({ isFresh, given }: Istiod): boolean {
    return (isFresh && given === 0) || this.#stepBeganAtMs <= this.#notReadyAtMs;
  }
}

test('nobody is told "nothing" before the first good read but who is known to hold nothing, late, and with no holder beside', async () => {
  const property = fc.asyncProperty(fc.array(move, { maxLength: 25 }), async (moves) => {
    const play = new Play();
    for (const made of moves) await play.make(made);
    await play.end();
  });
  await fc.assert(property, { numRuns: 150 });
});
