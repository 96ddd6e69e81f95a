import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Conversation } from '../fakes/conversation.ts';
import { snapshotOf } from '../fakes/resources.ts';

const TYPES = [
  'networking.istio.io/v1/ServiceEntry',
  'networking.istio.io/v1alpha3/ServiceEntry',
  'networking.istio.io/v1/Sidecar',
  'core/v1alpha1/MeshConfig',
] as const;
const [SE] = TYPES;

type Move =
  | { readonly kind: 'subscribe' | 'ack' | 'nack' | 'askAgain'; readonly typeUrl: string }
  | { readonly kind: 'stale'; readonly typeUrl: string; readonly nonce: string }
  | { readonly kind: 'publish'; readonly names: readonly string[]; readonly complete: boolean }
  | { readonly kind: 'turn' | 'written' };

const typeUrl = fc.constantFrom(...TYPES);
const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'b=2', 'c', 'c=3'), {
  selector: (name) => name.split('=')[0],
});
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constantFrom('subscribe', 'ack', 'nack', 'askAgain'), typeUrl }),
  fc.record({ kind: fc.constant('stale'), typeUrl, nonce: fc.constantFrom('n0', 'old', 'n') }),
  fc.record({ kind: fc.constant('publish'), names, complete: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('turn', 'written') }),
);

/** Plays the moves, and checks after each of them that no promise was broken on the way. */
class Play {
  readonly it = new Conversation(snapshotOf([], { complete: false }));
  #seenComplete = false;

  constructor(readonly mayReadEarly: boolean) {
    this.it.isSlow = true;
    this.it.waitsForTurn = true;
    if (mayReadEarly) this.it.release();
  }

  make(made: Move): void {
    const before = this.it.received.length;
    const wasOpen = new Set<string>(TYPES.filter((type) => this.#isOpen(type)));
    this.#apply(made);
    const canLand = made.kind === 'ack' || made.kind === 'nack' || made.kind === 'written';
    for (const { typeUrl: type } of this.it.received.slice(before)) {
      assert.ok(canLand || !wasOpen.has(type), `a second response of ${type} while one is in flight`);
      if (!this.mayReadEarly && type.endsWith('ServiceEntry'))
        assert.ok(this.#seenComplete, 'answered before the first read');
    }
    assert.equal(new Set(this.it.received.map(({ nonce }) => nonce)).size, this.it.received.length, 'a nonce twice');
  }

  /** Everything is written and acknowledged until nothing more comes. */
  settle(): void {
    for (let round = 0; round < 10; round++) {
      this.it.flush();
      this.it.takeTurn();
      this.it.flush();
      for (const type of TYPES) if (this.#isOpen(type)) this.it.ack(this.it.nonce(type), type);
    }
  }

  #apply(made: Move): void {
    const { it } = this;
    switch (made.kind) {
      case 'subscribe':
        if (!it.state.subscriptions.has(made.typeUrl)) it.request({ typeUrl: made.typeUrl, responseNonce: 'made up' });
        break;
      case 'ack':
        if (it.nonce(made.typeUrl) !== '') it.ack(it.nonce(made.typeUrl), made.typeUrl);
        break;
      case 'nack':
        if (it.nonce(made.typeUrl) !== '') it.nack(it.nonce(made.typeUrl), made.typeUrl);
        break;
      case 'askAgain':
        if (it.state.subscriptions.has(made.typeUrl)) it.request({ typeUrl: made.typeUrl });
        break;
      case 'stale':
        if (it.state.subscriptions.has(made.typeUrl)) it.ack(made.nonce, made.typeUrl);
        break;
      case 'publish':
        this.#seenComplete ||= made.complete;
        it.publish(snapshotOf(made.names, { complete: made.complete }));
        break;
      case 'turn':
        it.takeTurn();
        break;
      case 'written':
        it.flush();
    }
  }

  #isOpen(type: string): boolean {
    return this.it.state.subscriptions.get(type)?.delivery.kind === 'inFlight';
  }
}

function lastGiven(play: Play, type: string): readonly string[] | undefined {
  return play.it.received.filter((response) => response.typeUrl === type).at(-1)?.names;
}

const namesOf = (list: readonly string[]) => list.map((name) => name.split('=')[0]).sort();

describe('a stream, after any history', () => {
  test('ends with what the last complete snapshot holds, whatever was acknowledged, refused or stale on the way', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), names, (moves, last) => {
        const play = new Play(false);
        for (const made of moves) play.make(made);
        play.make({ kind: 'publish', names: last, complete: true });
        play.settle();
        for (const type of play.it.state.subscriptions.keys()) {
          const expected = type.endsWith('ServiceEntry') ? namesOf(last) : [];
          assert.deepEqual(lastGiven(play, type), expected, type);
        }
      }),
    );
  });

  test('is given nothing of ours, not even nothing, before the first complete snapshot', () => {
    const incomplete = move.filter((made) => made.kind !== 'publish' || !made.complete);
    fc.assert(
      fc.property(fc.array(incomplete, { maxLength: 60 }), (moves) => {
        const play = new Play(false);
        for (const made of moves) play.make(made);
        play.settle();
        assert.equal(lastGiven(play, SE), undefined);
      }),
    );
  });

  test('is never sent the same version twice in a row unless it asks again', () => {
    const unasked = move.filter((made) => made.kind !== 'askAgain');
    fc.assert(
      fc.property(fc.array(unasked, { maxLength: 60 }), fc.boolean(), (moves, mayReadEarly) => {
        const play = new Play(mayReadEarly);
        for (const made of moves) play.make(made);
        play.settle();
        for (const type of TYPES) {
          const versions = play.it.received
            .filter(({ typeUrl }) => typeUrl === type)
            .map(({ versionInfo }) => versionInfo);
          for (const [place, version] of versions.entries()) assert.notEqual(version, versions[place + 1]);
        }
      }),
    );
  });

  test('has every type answered at once that nothing is published under', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        const play = new Play(false);
        for (const made of moves) play.make(made);
        for (const [type, sub] of play.it.state.subscriptions) {
          if (!type.endsWith('ServiceEntry')) assert.ok(sub.last, type);
        }
      }),
    );
  });
});
