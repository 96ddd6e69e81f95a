import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Cancel } from '../../../src/lib/clock.ts';
import { FanOut } from '../../../src/serve/fan-out.ts';
import { ServedStream } from '../../../src/serve/served-stream.ts';
import { sotw } from '../../../src/serve/sotw.ts';
import { openStream, type Send } from '../../../src/serve/stream.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { SERVICE_ENTRY, snapshotOf } from '../../fakes/resources.ts';

class CountingFanOut extends FanOut {
  queued = 0;

  override enqueue(turn: (done: Cancel) => void): Cancel {
    this.queued++;
    return super.enqueue(turn);
  }
}

function start() {
  const clock = new FakeClock();
  const fanOut = new CountingFanOut(1, clock);
  let release: Cancel = () => {};
  fanOut.enqueue((done) => {
    release = done;
  });
  const sends: Send[] = [];
  const ends: string[] = [];
  const transport = {
    protocol: 'sotw' as const,
    peer: '',
    isEncrypted: false,
    names: undefined,
    send: (send: Send) => sends.push(send),
    end: (end: string) => void ends.push(end),
  };
  const opening = {
    protocol: 'sotw',
    noncePrefix: 'n',
    legacyMinor: 5,
    publishedKinds: new Set([SERVICE_ENTRY]),
    mostSubscriptions: 200,
  } as const;
  const state = openStream(opening, snapshotOf(['orders']));
  const stream = new ServedStream('1', transport, state, {
    clock,
    fanOut,
    onSent: () => {},
    onStep: () => {},
    onClosed: (_, end) => ends.push(`closed ${end}`),
    onDefect: () => {},
  });
  stream.receive((it) => sotw.read(it, { typeUrl: 'networking.istio.io/v1/ServiceEntry' }));
  return { clock, fanOut, sends, ends, stream, release: () => release() };
}

describe('ServedStream', () => {
  test('stands in line once, however much is published meanwhile, and is sent the newest', () => {
    const { fanOut, sends, stream, release } = start();
    for (let count = 0; count < 100; count++) stream.publish(snapshotOf([`service-${count}`]));
    assert.equal(fanOut.queued, 2);
    release();
    assert.deepEqual(
      sends.map(({ set }) => [...set.resources.keys()]),
      [['payments/service-99']],
    );
  });

  test('that was closed is sent nothing, is told of once, and takes no turn', () => {
    const { clock, sends, ends, stream, release } = start();
    stream.end('drained');
    stream.closed('client');
    stream.end('drained');
    stream.receive(() => assert.fail('asked although it is closed'));
    stream.publish(snapshotOf(['stock']));
    release();
    clock.advance(0);
    assert.deepEqual(sends, []);
    assert.deepEqual(ends, ['closed drained', 'drained']);
    assert.equal(clock.pending, 0);
  });
});
