import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emptyGuardMemory, type GuardMemory } from '../../../src/guard/memory.ts';
import { restoredMemory, withRestored } from '../../../src/guard/restored-memory.ts';
import type { ServiceKey } from '../../../src/model/service.ts';
import { anInstance, aService } from '../../fakes/model-values.ts';
import { aMemory } from '../../fakes/saved-values.ts';

const NOW = 10_000;

function memoryOf(registry: string, names: readonly string[], sinceMs: number): GuardMemory {
  const services = names.map((name) => aService(name, [anInstance()], registry));
  const seniority = new Map<ServiceKey, { sinceMs: number; presentSinceMs: number; present: boolean }>(
    services.map(({ key }) => [key, { sinceMs, presentSinceMs: sinceMs, present: true }]),
  );
  return restoredMemory(new Map([[registry, aMemory(services)]]), seniority, [], NOW);
}

describe('withRestored()', () => {
  const dubbo = memoryOf('dubbo', ['a', 'b'], 100);

  test('gives a process that has read nothing what is restored', () => {
    assert.equal(withRestored(emptyGuardMemory, dubbo), dubbo);
  });

  test('adds a registry beside those that were read, and leaves those as they are', () => {
    const eureka = memoryOf('eureka', ['c'], 900);
    const both = withRestored(eureka, dubbo);
    assert.deepEqual([...both.registries.keys()], ['eureka', 'dubbo']);
    assert.equal(both.registries.get('eureka'), eureka.registries.get('eureka'));
    assert.deepEqual([...both.services.keys()], [...eureka.services.keys(), ...dubbo.services.keys()]);
    assert.equal(both.seniority.size, 3);
  });

  test('knows no better than the process what that has read itself', () => {
    const read = memoryOf('dubbo', ['a'], 900);
    const after = withRestored(read, dubbo);
    assert.deepEqual([...after.services.keys()], [...read.services.keys()]);
    assert.equal([...after.seniority.values()].find(({ sinceMs }) => sinceMs === 900)?.present, true);
    assert.equal(after.registries.get('dubbo'), read.registries.get('dubbo'));
  });
});
