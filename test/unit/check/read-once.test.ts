import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOnce } from '../../../src/check/read-once.ts';
import type { Registry, Slice } from '../../../src/registry/registry.ts';
import { configuredRegistry } from '../../../src/registry/table.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const EVERYTHING = { include: [], exclude: [] };

/** A registry that waits, and does what the test says once it is started. */
function waiting(onStart: (change: (slice: Partial<Slice>) => void) => void) {
  const first: Slice = {
    registry: 'it',
    kind: 'file',
    reading: { kind: 'waiting', sinceMs: 0, lastError: undefined },
    scopeRevision: 0,
    matched: { services: 0, ofServices: 0 },
  };
  let slices: readonly Slice[] = [first];
  let closed = 0;
  const registry: Registry = {
    name: 'it',
    slices: () => slices,
    start: (onChange) =>
      onStart((change) => {
        slices = [{ ...first, ...change }];
        onChange();
      }),
    async close() {
      closed++;
    },
  };
  const file = configuredRegistry('it', { kind: 'file', path: '/none', pollIntervalMs: 1000, maxBytes: 1 });
  return { configured: { ...file, create: () => registry }, closed: () => closed };
}

const ERROR = { code: 'FILE_MISSING', message: '/none does not exist', atMs: 0 };

test('a registry is read until it knows something, and closed', async () => {
  const { configured, closed } = waiting((change) => {
    change({ reading: { kind: 'waiting', sinceMs: 1, lastError: undefined } });
    change({ reading: { kind: 'live', content: { services: new Map(), problems: [], readAtMs: 1 } } });
  });
  const read = await readOnce(configured, EVERYTHING, { clock: new FakeClock(), random: () => 0.5 });
  assert.equal(read.kind === 'read' && read.slice.reading.kind, 'live');
  assert.equal(closed(), 1);
});

test('its first failure is the answer', async () => {
  const { configured, closed } = waiting((change) =>
    change({ reading: { kind: 'waiting', sinceMs: 0, lastError: ERROR } }),
  );
  const read = await readOnce(configured, EVERYTHING, { clock: new FakeClock(), random: () => 0.5 });
  assert.equal(read.kind === 'failed' && read.obstacle.code, 'FILE_MISSING');
  assert.equal(closed(), 1);
});

test('one that neither answers nor fails is given up after a minute', async () => {
  const { configured, closed } = waiting(() => {});
  const clock = new FakeClock();
  const reading = readOnce(configured, EVERYTHING, { clock, random: () => 0.5 });
  clock.advance(60_000);
  const read = await reading;
  assert.equal(read.kind === 'failed' && read.obstacle.code, 'READ_TOO_SLOW');
  assert.equal(closed(), 1);
});
