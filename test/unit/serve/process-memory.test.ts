import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ProcessMemory } from '../../../src/serve/process-memory.ts';

/** When the bridge began to serve. */
const LONG_AGO = -1e9;
const born = { nodeId: 'sidecar~a', startedAtMs: 1_000_000, ageMs: 300 };

describe('ProcessMemory', () => {
  test('knows a young process again when it is no longer young, with the moment when it first asked', () => {
    const memory = new ProcessMemory(LONG_AGO);
    assert.equal(memory.meet(born, 5000).wasYoung, true);
    const again = memory.meet({ ...born, startedAtMs: 1_001_900, ageMs: 90_000 }, 95_000);
    assert.deepEqual([again.wasYoung, again.firstAskedAtMs, again.wasAnswered], [true, 5000, false]);
  });

  test('takes another start time, or another node, for another process', () => {
    const memory = new ProcessMemory(LONG_AGO);
    memory.meet(born, 5000);
    assert.equal(memory.meet({ ...born, startedAtMs: 1_002_001, ageMs: 90_000 }, 6000).wasYoung, false);
    assert.equal(memory.meet({ ...born, nodeId: 'sidecar~b', ageMs: 90_000 }, 6000).wasYoung, false);
  });

  test('holds a process for young up to 30 s', () => {
    const memory = new ProcessMemory(LONG_AGO);
    assert.equal(memory.meet({ ...born, ageMs: 30_000 }, 0).wasYoung, true);
    assert.equal(memory.meet({ ...born, nodeId: 'other', ageMs: 30_001 }, 0).wasYoung, false);
  });

  test('holds no process for young that started before the bridge did, give or take two seconds', () => {
    const memory = new ProcessMemory(100_000);
    assert.equal(memory.meet({ ...born, ageMs: 3000 }, 101_000).wasYoung, true);
    assert.equal(memory.meet({ ...born, nodeId: 'other', ageMs: 3001 }, 101_000).wasYoung, false);
  });

  test('remembers an answer, also for whoever met the process before it', () => {
    const memory = new ProcessMemory(LONG_AGO);
    const known = memory.meet(born, 0);
    memory.answered(born);
    assert.equal(known.wasAnswered, true);
    assert.equal(memory.meet(born, 10).wasAnswered, true);
  });

  test('keeps no running process, none longer than an hour, and never more than 500', () => {
    const memory = new ProcessMemory(LONG_AGO);
    memory.meet({ ...born, ageMs: 1e9 }, 0);
    assert.equal(memory.size, 0);
    for (let count = 0; count < 2000; count++) memory.meet({ ...born, nodeId: `sidecar~${count}` }, count);
    assert.equal(memory.size, 500);
    memory.meet(born, 4_000_000);
    assert.equal(memory.size, 1);
  });
});
