import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Instance, Port, Service } from '../../../../src/model/service.ts';
import { createSliceLimit, type Known, type LimitedSlices } from '../../../../src/registry/limit/limit-slices.ts';
import type { LimitOptions } from '../../../../src/registry/limit/options.ts';
import { anInstance, aService, aSlice, servicesOf } from '../../../fakes/model-values.ts';

const ROOMY: LimitOptions = {
  services: 100,
  instancesPerService: 100,
  portsPerInstance: 100,
  metadataPerInstance: 100,
  textLength: 100,
};

/** Registries of these services alone, and the same once more as a later turn would see them. */
function limited(services: readonly Service[], options: Partial<LimitOptions>, known?: Known): LimitedSlices {
  return createSliceLimit({ ...ROOMY, ...options })([aSlice({ services: servicesOf(...services) })], () => known);
}

function knowing(...services: Service[]): Known {
  return { listed: servicesOf(...services), shown: servicesOf(...services) };
}

function contentOf({ slices: [slice] }: LimitedSlices) {
  assert.ok(slice !== undefined && slice.reading.kind !== 'waiting');
  return slice.reading.content;
}

function names(taken: LimitedSlices): readonly string[] {
  return [...contentOf(taken).services.values()].map(({ name }) => name).sort();
}

function only(taken: LimitedSlices): Service {
  const [service] = contentOf(taken).services.values();
  assert.ok(service !== undefined);
  return service;
}

function codes(taken: LimitedSlices): readonly string[] {
  return contentOf(taken).problems.map(({ code, service, instance }) => [code, service, instance].join(' ').trim());
}

function instances(...ids: string[]): readonly Instance[] {
  return ids.map((id) => anInstance({ id }));
}

function ports(count: number): readonly Port[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `p${at}`,
    number: 8000 + at,
    protocol: 'http',
    secure: false,
  }));
}

describe('the limits of a registry', () => {
  test('leave everything as it is, in the same objects, while nothing is too much', () => {
    const slices = [aSlice({ services: servicesOf(aService('a'), aService('b')) })];
    const taken = createSliceLimit({ ...ROOMY, services: 2 })(slices, () => undefined);
    assert.equal(taken.slices, slices);
    assert.equal(taken.excess.size, 0);
  });

  test('keep the services that are there, and refuse further ones by name', () => {
    const [a, b, z] = [aService('a'), aService('b'), aService('z')];
    const taken = limited([a, b, z], { services: 1 }, knowing(z));
    assert.deepEqual(names(taken), ['z']);
    assert.deepEqual(codes(taken), ['SERVICE_OVER_LIMIT a', 'SERVICE_OVER_LIMIT b']);
    assert.equal(taken.excess.get('legacy')?.services, 2);
  });

  test('give the room that is left to further services in byte order, however they are listed', () => {
    const [a, b, c, z] = [aService('a'), aService('b'), aService('c'), aService('z')];
    assert.deepEqual(names(limited([c, z, b, a], { services: 3 }, knowing(z))), ['a', 'b', 'z']);
    assert.deepEqual(names(limited([a, b, c, z], { services: 3 }, knowing(z))), ['a', 'b', 'z']);
  });

  test('take a service that is there as it is listed now, so that it goes on being updated', () => {
    const now = aService('z', [anInstance({ address: '10.0.0.9' })]);
    const taken = limited([aService('a'), now], { services: 1 }, knowing(aService('z')));
    assert.equal(only(taken), now);
  });

  test('count a service as there that is no longer listed but still shown', () => {
    const known = { listed: servicesOf(), shown: servicesOf(aService('z')) };
    assert.deepEqual(names(limited([aService('a'), aService('z')], { services: 1 }, known)), ['z']);
  });

  test('take nothing away that is there, when the operator lowers them', () => {
    const all = [aService('a'), aService('b', instances('1', '2')), aService('c')];
    const taken = limited(all, { services: 1, instancesPerService: 1 }, knowing(...all));
    assert.deepEqual(names(taken), ['a', 'b', 'c']);
    assert.equal(taken.excess.size, 0);
  });

  test('do not believe a registry that lists too much when nothing of it is there', () => {
    for (const known of [undefined, knowing()]) {
      const taken = limited([aService('a'), aService('b')], { services: 1 }, known);
      const { reading } = taken.slices[0] ?? assert.fail();
      assert.ok(reading.kind === 'waiting' && reading.lastError !== undefined);
      assert.equal(reading.lastError.code, 'SERVICES_OVER_LIMIT');
      assert.match(reading.lastError.message, /lists 2 services in scope, and `limits.services` is 1.*Raise the limit/);
      assert.equal(taken.excess.get('legacy')?.services, 2);
    }
  });

  test('do not count services without an instance against those that have one', () => {
    const taken = limited([aService('a', []), aService('b', []), aService('c'), aService('d')], { services: 3 });
    assert.deepEqual(names(taken), ['a', 'c', 'd']);
    assert.deepEqual(codes(taken), []);
  });

  test('are those of one registry: another one is not harmed', () => {
    const flooded = aSlice({ services: servicesOf(aService('a'), aService('b')) });
    const other = aSlice({ services: servicesOf(aService('c', undefined, 'other')) }, { registry: 'other' });
    const { slices, excess } = createSliceLimit({ ...ROOMY, services: 1 })([flooded, other], () => undefined);
    assert.equal(slices[1], other);
    assert.deepEqual([...excess.keys()], ['legacy']);
  });

  test('tell of a thousand refused services, and count all', () => {
    const many = Array.from({ length: 1_500 }, (_, at) => aService(`s${at}`));
    const taken = limited([...many, aService('there')], { services: 1 }, knowing(aService('there')));
    assert.equal(contentOf(taken).problems.length, 1_000);
    assert.equal(taken.excess.get('legacy')?.services, 1_500);
  });
});

describe('the limits of a service', () => {
  test('keep the instances that are there, then the first ones by id, in the order of ids', () => {
    const listed = aService('a', instances('1', '2', '3', '9'));
    const taken = limited([listed, aService('b')], { instancesPerService: 2 }, knowing(aService('a', instances('9'))));
    assert.deepEqual(
      contentOf(taken)
        .services.get(listed.key)
        ?.instances.map(({ id }) => id),
      ['1', '9'],
    );
    assert.deepEqual(codes(taken), ['INSTANCES_OVER_LIMIT a']);
    assert.equal(taken.excess.get('legacy')?.instances, 2);
    assert.deepEqual(names(taken), ['a', 'b']);
  });

  test('give the same object while they cut the same, so that nothing downstream has work', () => {
    const listed = aService('a', instances('1', '2', '3'));
    const first = limited([listed], { instancesPerService: 2 });
    const known = knowing(only(first));
    const again = limited([{ ...listed }], { instancesPerService: 2 }, known);
    assert.equal(only(again), only(first));
    assert.equal(contentOf(again).services, known.listed);
  });

  test('leave out one with a name that is too long, and no other', () => {
    const long = 'x'.repeat(101);
    const taken = limited([aService(long), aService('b')], {});
    assert.deepEqual(names(taken), ['b']);
    assert.match(codes(taken).join(), /^SERVICE_NAME_TOO_LONG x{101}$/);
  });
});

describe('the limits of an instance', () => {
  const other = anInstance({ id: 'other' });

  test('keep its first ports', () => {
    const taken = limited([aService('a', [anInstance({ id: 'one', ports: ports(3) }), other])], {
      portsPerInstance: 2,
    });
    const [one, two] = only(taken).instances;
    assert.deepEqual(
      one?.ports.map(({ name }) => name),
      ['p0', 'p1'],
    );
    assert.equal(two, other);
    assert.deepEqual(codes(taken), ['PORTS_OVER_LIMIT a one']);
    assert.equal(taken.excess.get('legacy')?.ports, 1);
  });

  test('keep its first metadata in byte order, however a server spells it out', () => {
    const metadata = new Map(['c', 'a', 'd', 'b'].map((key) => [key, '1']));
    const taken = limited([aService('a', [anInstance({ metadata }), other])], { metadataPerInstance: 2 });
    assert.deepEqual([...(only(taken).instances[0]?.metadata.keys() ?? [])], ['a', 'b']);
    assert.deepEqual(codes(taken), ['METADATA_OVER_LIMIT a one']);
    assert.equal(taken.excess.get('legacy')?.metadata, 2);
  });

  test('drop metadata whose key or value is too long, and keep the rest', () => {
    const metadata = new Map([
      ['good', '1'],
      ['bad', 'x'.repeat(101)],
      ['y'.repeat(101), '1'],
    ]);
    const taken = limited([aService('a', [anInstance({ metadata }), other])], {});
    assert.deepEqual([...(only(taken).instances[0]?.metadata.keys() ?? [])], ['good']);
    assert.deepEqual(codes(taken), ['METADATA_TOO_LONG a one']);
    assert.equal(taken.excess.get('legacy')?.texts, 2);
  });

  test('leave out one with an id that is too long, and no other', () => {
    const taken = limited([aService('a', [anInstance({ id: 'x'.repeat(101) }), other])], {});
    assert.deepEqual(only(taken).instances, [other]);
    assert.match(codes(taken).join(), /^INSTANCE_ID_TOO_LONG a x+$/);
  });
});
