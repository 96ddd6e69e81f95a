import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type PipelineOptions, pipelineOptions } from '../../../src/app/options.ts';
import { createTurnStages, type Turn, type TurnStages } from '../../../src/app/turn.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Service } from '../../../src/model/service.ts';
import type { LimitOptions } from '../../../src/registry/limit/options.ts';
import { aService, aSlice, servicesOf } from '../../fakes/model-values.ts';

const MINUTE = 60_000;
const CONFIG = `namespace: shop
instance: test
registries: { legacy: { kind: file, path: /nowhere }, other: { kind: file, path: /nowhere } }
`;

function options(limits: Partial<LimitOptions>): PipelineOptions {
  const loaded = loadConfig({ file: { path: 'test', text: CONFIG }, env: {}, flags: {} });
  if (loaded.kind === 'invalid') throw new Error(JSON.stringify(loaded.problems));
  const made = pipelineOptions(loaded.config);
  return { ...made, limits: { ...made.limits, ...limits } };
}

function read(stages: TurnStages, nowMs: number, ...services: Service[]): Turn {
  return stages.run([aSlice({ services: servicesOf(...services), readAtMs: nowMs })], nowMs);
}

function published({ converted }: Turn): readonly string[] {
  return converted.flatMap(({ entry }) => entry?.spec.hosts[0]?.split('.')[0] ?? []).sort();
}

function flood(count: number): readonly Service[] {
  return Array.from({ length: count }, (_, at) => aService(`flood-${String(at).padStart(4, '0')}`));
}

describe('a registry that is flooded', () => {
  test('loses nothing that was published, neither at once nor later', () => {
    const stages = createTurnStages(options({ services: 3 }));
    assert.deepEqual(published(read(stages, 0, aService('orders'), aService('users'))), ['orders', 'users']);
    for (const nowMs of [1, MINUTE, 60 * MINUTE]) {
      const turn = read(stages, nowMs, ...flood(500), aService('orders'), aService('users'));
      assert.deepEqual(published(turn), ['flood-0000', 'orders', 'users']);
    }
    assert.deepEqual(published(read(stages, 61 * MINUTE, aService('orders'), aService('users'))), [
      'flood-0000',
      'orders',
      'users',
    ]);
  });

  test('that was never read well stays unread, so that istiod keeps what it has', () => {
    const stages = createTurnStages(options({ services: 3 }));
    const turn = read(stages, 0, ...flood(4));
    assert.deepEqual(published(turn), []);
    assert.equal(turn.guarded.complete, false);
    assert.equal(read(stages, 1, ...flood(3)).guarded.complete, true, 'and is read as soon as it fits');
  });

  test('keeps nobody else from being read', () => {
    const stages = createTurnStages(options({ services: 1 }));
    const other = aSlice({ services: servicesOf(aService('bills', undefined, 'other')) }, { registry: 'other' });
    const turn = stages.run([aSlice({ services: servicesOf(...flood(2)) }), other], 0);
    assert.deepEqual(published(turn), ['bills']);
  });

  test('loses nothing by a reload that lowers the limit, and is taken in by one that raises it', () => {
    const stages = createTurnStages(options({ services: 3 }));
    read(stages, 0, aService('a'), aService('b'));
    const lowered = stages.withOptions(options({ services: 1 }));
    assert.deepEqual(published(read(lowered, MINUTE, aService('a'), aService('b'), aService('c'))), ['a', 'b']);
    const raised = lowered.withOptions(options({ services: 10 }));
    assert.deepEqual(published(read(raised, 2 * MINUTE, aService('a'), aService('b'), aService('c'))), ['a', 'b', 'c']);
  });

  test('takes a further service in as soon as one left the registry', () => {
    const stages = createTurnStages(options({ services: 2 }));
    read(stages, 0, aService('a'), aService('b'));
    assert.deepEqual(published(read(stages, 1, aService('a'), aService('b'), aService('c'))), ['a', 'b']);
    assert.deepEqual(
      published(read(stages, 2, aService('a'), aService('c'))),
      ['a', 'b', 'c'],
      'b waits in its debounce',
    );
  });

  test('shows the same to whoever asks between two turns', () => {
    const stages = createTurnStages(options({ services: 1 }));
    read(stages, 0, aService('orders'));
    const slices = [aSlice({ services: servicesOf(aService('orders'), ...flood(2)) })];
    const [asked] = stages.takenIn(slices);
    const { slices: taken } = stages.run(slices, 1);
    assert.deepEqual(asked, taken[0]);
  });
});
