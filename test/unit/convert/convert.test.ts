import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createConverter } from '../../../src/convert/convert.ts';
import { createEncoder } from '../../../src/convert/encode.ts';
import type { Service, ServiceKey } from '../../../src/model/service.ts';
import { allCold, convertOptions } from '../../fakes/convert-values.ts';
import { anInstance, aService, servicesOf } from '../../fakes/model-values.ts';

function countingRun() {
  const counts = { converted: 0, encoded: 0 };
  const observer = { onConvert: () => counts.converted++, onEncode: () => counts.encoded++ };
  const converter = createConverter(convertOptions({ hosts: { 'x.example.com': ['legacy/x', 'legacy/y'] } }), observer);
  const encode = createEncoder(observer);
  const run = (services: ReadonlyMap<ServiceKey, Service>, seniority = allCold(services)) => {
    const answer = converter.convert({ services, seniority });
    for (const { entry } of answer) if (entry !== undefined) encode(entry);
    return answer;
  };
  return { counts, run };
}

const [a, b, x, y] = ['a', 'b', 'x', 'y'].map((name) => aService(name)) as [Service, Service, Service, Service];

describe('conversion does only what is new', () => {
  test('nothing, while the guard hands the same maps', () => {
    const { counts, run } = countingRun();
    const services = servicesOf(a, b);
    const seniority = allCold(services);
    const answer = run(services, seniority);
    assert.equal(run(services, seniority), answer);
    assert.deepEqual(counts, { converted: 2, encoded: 2 });
  });

  test('nothing, when the maps are new and their content is not', () => {
    const { counts, run } = countingRun();
    run(servicesOf(a, b, x, y));
    run(servicesOf(y, x, b, a));
    assert.deepEqual(counts, { converted: 3, encoded: 3 });
  });

  test('one unit, when one instance changed', () => {
    const { counts, run } = countingRun();
    const before = run(servicesOf(a, b, x, y));
    const after = run(servicesOf(a, aService('b', [anInstance({ address: '10.0.0.7' })]), x, y));
    assert.deepEqual(counts, { converted: 4, encoded: 4 });
    assert.equal(after.filter((unit) => !before.includes(unit)).length, 1);
  });

  test('one unit, when one of two joined services changed or left', () => {
    const { counts, run } = countingRun();
    run(servicesOf(a, b, x, y));
    run(servicesOf(a, b, x, aService('y', [anInstance({ address: '10.0.0.7' })])));
    assert.equal(counts.converted, 4);
    run(servicesOf(a, b, x));
    assert.equal(counts.converted, 5);
    run(servicesOf(a, b, x, y));
    assert.equal(counts.converted, 6);
  });

  test('one unit, when a service arrives; none, when one leaves', () => {
    const { counts, run } = countingRun();
    run(servicesOf(a));
    run(servicesOf(a, b));
    assert.equal(counts.converted, 2);
    run(servicesOf(b));
    assert.equal(counts.converted, 2);
  });
});

describe('the answer', () => {
  test('has one unit for each host and each refused service, in the order of their names', () => {
    const { run } = countingRun();
    const services = servicesOf(y, x, b, aService('B'), a);
    const units = run(services).map(
      (unit) => `${unit.services.join('+')} ${unit.entry?.spec.hosts ?? unit.problems[0]?.code}`,
    );
    assert.deepEqual(units, [
      'legacy/B HOST_TAKEN',
      'legacy/a a.shop.legacy',
      'legacy/b b.shop.legacy',
      'legacy/x+legacy/y x.example.com',
    ]);
  });

  test('keeps a refused service as it was', () => {
    const { run } = countingRun();
    const refused = run(servicesOf(b, aService('B')))[0];
    assert.equal(run(servicesOf(a, b, aService('B')))[0], refused);
  });

  test('does not depend on what was converted before', () => {
    const { run } = countingRun();
    run(servicesOf(aService('b', [anInstance({ address: '10.0.0.9' })]), y));
    assert.deepEqual(run(servicesOf(a, b, x, y)), countingRun().run(servicesOf(a, b, x, y)));
  });

  test('says nothing of a service that the guard does not show', () => {
    const { run } = countingRun();
    assert.deepEqual(run(servicesOf(b), allCold(servicesOf(a, b, aService('B')))), run(servicesOf(b)));
  });

  test('is empty without services', () => {
    assert.deepEqual(countingRun().run(new Map()), []);
  });
});
