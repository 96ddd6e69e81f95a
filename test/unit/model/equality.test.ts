import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sameInstance, sameService } from '../../../src/model/equality.ts';
import type { Instance } from '../../../src/model/service.ts';
import { anInstance, aService } from '../../fakes/model-values.ts';

const full = (): Instance =>
  anInstance({
    ports: [{ name: 'http', number: 8080, protocol: 'http', secure: false }],
    weight: 5,
    locality: 'eu/eu-1',
    metadata: new Map([
      ['a', '1'],
      ['b', '2'],
    ]),
    attributes: new Map([['vip', ['x', 'y']]]),
  });

describe('two instances', () => {
  test('are the same when every field says the same', () => {
    assert.equal(sameInstance(full(), full()), true);
  });

  test('are the same whatever the order of their metadata', () => {
    const turned = new Map([
      ['b', '2'],
      ['a', '1'],
    ]);
    assert.equal(sameInstance(full(), { ...full(), metadata: turned }), true);
  });

  const [port] = full().ports;
  assert.ok(port !== undefined);
  const changes: { readonly [field in keyof Instance]: readonly Instance[field][] } = {
    id: ['two'],
    address: ['10.0.0.2'],
    status: ['down'],
    weight: [6, undefined, 0],
    locality: ['eu/eu-2', undefined],
    ports: [
      [],
      [port, { ...port, name: 'second' }],
      [{ ...port, name: 'web' }],
      [{ ...port, number: 8081 }],
      [{ ...port, protocol: 'grpc' }],
      [{ ...port, secure: true }],
    ],
    metadata: [
      new Map(),
      new Map([['a', '1']]),
      new Map([
        ['a', '1'],
        ['b', '3'],
      ]),
      new Map([
        ['a', '1'],
        ['c', '2'],
      ]),
    ],
    attributes: [new Map(), new Map([['vip', ['x']]]), new Map([['vip', ['y', 'x']]]), new Map([['app', ['x', 'y']]])],
  };
  for (const [field, values] of Object.entries(changes)) {
    for (const [index, value] of values.entries()) {
      test(`differ when ${field} differs (${index + 1})`, () => {
        assert.equal(sameInstance(full(), { ...full(), [field]: value }), false);
        assert.equal(sameInstance({ ...full(), [field]: value }, full()), false);
      });
    }
  }

  test('are the same with one unreadable number in both', () => {
    assert.equal(sameInstance({ ...full(), weight: Number.NaN }, { ...full(), weight: Number.NaN }), true);
  });
});

describe('two services', () => {
  test('are the same when their instances are', () => {
    assert.equal(sameService(aService('a', [full()]), aService('a', [full()])), true);
  });

  test('differ in name, registry, number and content of instances', () => {
    const service = aService('a', [full()]);
    assert.equal(sameService(service, aService('b', [full()])), false);
    assert.equal(sameService(service, aService('a', [full()], 'other')), false);
    assert.equal(sameService(service, aService('a', [])), false);
    assert.equal(sameService(service, aService('a', [{ ...full(), id: 'two' }])), false);
  });

  test('differ in what is told about the service as a whole', () => {
    const told = (...interfaces: string[]) => ({ ...aService('a'), inventory: new Map([['interfaces', interfaces]]) });
    assert.equal(sameService(told('x', 'y'), told('x', 'y')), true);
    assert.equal(sameService(told('x', 'y'), told('x')), false);
    assert.equal(sameService(told('x'), aService('a')), false);
    assert.equal(sameService({ ...aService('a'), inventory: new Map() }, aService('a')), true);
  });
});
