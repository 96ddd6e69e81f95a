import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planReload } from '../../../src/config/reload.ts';
import { loaded, SMALLEST } from './samples.ts';

const plan = (before: string, after: string) => planReload(loaded(before).settings, loaded(after).settings);

describe('planning a reload', () => {
  test('nothing changed when only spellings did', () => {
    assert.deepEqual(plan(SMALLEST, SMALLEST), { kind: 'unchanged' });
    assert.deepEqual(
      plan(`${SMALLEST}guard: {emptyGrace: 10m}\n`, `${SMALLEST}guard: {emptyGrace: 600s}\n# a remark\n`),
      { kind: 'unchanged' },
    );
    assert.deepEqual(plan(SMALLEST, `${SMALLEST}exportTo: [.]\nserve: {port: 9902}\n`), { kind: 'unchanged' });
  });

  test('live keys are applied, the host suffixes that follow from them too', () => {
    const after = `${SMALLEST}    scope: {include: [{app: A}]}\nguard: {emptyGrace: 1m}\nhosts: {a.b: [legacy/X]}\n`;
    assert.deepEqual(plan(SMALLEST, after), {
      kind: 'live',
      keys: ['hosts', 'admit.hostSuffixes', 'guard.emptyGrace', 'registries.legacy.scope.include'],
    });
  });

  test('one key that cannot change while running keeps all of it back, and the sentence names both', () => {
    const found = plan(SMALLEST, `${SMALLEST}exportTo: [a]\nserve: {port: 1}\n`);
    assert.deepEqual(found, {
      kind: 'restart',
      keys: ['serve.port'],
      live: ['exportTo'],
      sentence:
        'The running configuration stays, because a change of serve.port needs a restart. Nothing was applied, not even exportTo.',
    });
  });

  test('a registry that comes, goes or changes its kind needs a restart', () => {
    const two = `${SMALLEST}  vm: {kind: file, path: /x}\n`;
    const came = plan(SMALLEST, two);
    assert.ok(
      came.kind === 'restart' &&
        came.keys.includes('registries.vm.kind') &&
        came.keys.includes('registries.vm.holdFor'),
    );
    assert.match(came.kind === 'restart' ? came.sentence : '', /admit.hostSuffixes|registries.vm/);
    assert.equal(plan(two, SMALLEST).kind, 'restart');
    const other = SMALLEST.replace('kind: eureka', 'kind: file').replace(
      'urls: [http://eureka:8761/eureka]',
      'path: /x',
    );
    assert.equal(plan(SMALLEST, other).kind, 'restart');
  });

  test('many keys are counted instead of listed', () => {
    const found = plan(
      SMALLEST,
      `${SMALLEST}  vm: {kind: file, path: /x}\nserve: {port: 1}\nadmin: {port: 2}\nshutdown: {stagger: 1s, drainDelay: 1s, deadline: 9s}\nlog: {level: warn}\nlabelPrefix: a.b\n`,
    );
    assert.match(found.kind === 'restart' ? found.sentence : '', / and \d+ more needs a restart/);
  });
});
