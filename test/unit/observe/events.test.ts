import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Events, KEPT_EVENTS } from '../../../src/observe/events.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

describe('events', () => {
  test('are listed newest first, with the time', () => {
    const clock = new FakeClock(1000);
    const events = new Events(clock);
    events.add({ kind: 'process', text: 'started' });
    clock.advance(5);
    events.add({ kind: 'service', registry: 'legacy', service: 'orders', text: 'added' });
    assert.deepEqual(events.list(), [
      { atMs: 1005, kind: 'service', registry: 'legacy', service: 'orders', text: 'added' },
      { atMs: 1000, kind: 'process', registry: '', service: '', text: 'started' },
    ]);
  });

  test('beyond the last 200 are forgotten', () => {
    const events = new Events(new FakeClock());
    for (let at = 0; at < KEPT_EVENTS + 5; at++) events.add({ kind: 'snapshot', text: `${at}` });
    assert.equal(events.list().length, KEPT_EVENTS);
    assert.equal(events.list()[0]?.text, '204');
    assert.equal(events.list().at(-1)?.text, '5');
  });

  test('are short and printable, whatever a registry said', () => {
    const events = new Events(new FakeClock());
    events.add({ kind: 'service', service: 'a\u001b[31m\n', text: 'x'.repeat(10_000_000) });
    const [event] = events.list();
    assert.equal(event?.service, 'a\ufffd[31m\ufffd');
    assert.equal(event?.text.length, 500);
  });

  test('that were listed stay as they were', () => {
    const events = new Events(new FakeClock());
    const before = events.list();
    events.add({ kind: 'process', text: 'later' });
    assert.deepEqual(before, []);
  });
});
