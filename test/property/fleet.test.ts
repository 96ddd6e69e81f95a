// What holds for all bridges of a mesh together.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resourceName } from '../../src/convert/resource-name.ts';

const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,12}[a-z0-9])?$/);
const bridge = fc.record({ namespace: label, instance: label });
const service = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 300 }), label);

test('no entry of one bridge bears the name of an entry of another one, whatever their services are called', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(bridge, {
        minLength: 2,
        maxLength: 2,
        selector: ({ namespace, instance }) => `${namespace}/${instance}`,
      }),
      fc.tuple(label, label),
      fc.tuple(service, service),
      fc.boolean(),
      (bridges, registries, services, isMapped) => {
        const names = bridges.map((one, at) => resourceName(registries[at] ?? '', services[at] ?? '', one, isMapped));
        assert.notEqual(names[0], names[1]);
        for (const name of names) assert.match(name, /^[^/]+\/[^/]+$/);
      },
    ),
  ));

test('no entry of one registry bears the name of one of another registry of the same bridge', () =>
  fc.assert(
    fc.property(
      bridge,
      fc.uniqueArray(label, { minLength: 2, maxLength: 2 }),
      fc.tuple(service, service),
      (one, [first = '', second = ''], [a, b]) =>
        assert.notEqual(resourceName(first, a, one, false), resourceName(second, b, one, false)),
    ),
  ));
