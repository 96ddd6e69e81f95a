import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';
import { decodeApplication, decodeDelta, decodeFull } from '../../../../src/registry/eureka/decode.ts';
import type { InstanceRecord } from '../../../../src/registry/eureka/decode-instance.ts';
import { rawInstance } from '../../../fakes/fake-eureka-registry.ts';

const isSecret = compileSecrets(['internal-*']);

function listOf(application: unknown, hash: unknown = 'UP_1_'): unknown {
  return { applications: { versions__delta: '1', apps__hashcode: hash, application } };
}

/** The one instance of a full list that holds only `raw`. */
function decodeOne(raw: unknown, appName = 'ORDERS'): InstanceRecord {
  const decoded = decodeFull(listOf([{ name: appName, instance: [raw] }]), isSecret);
  assert.equal(decoded.kind, 'listing');
  assert.ok(decoded.kind === 'listing' && decoded.records[0] !== undefined, JSON.stringify(decoded));
  return decoded.records[0];
}

describe('a full answer is no information', () => {
  const cases: Record<string, unknown> = {
    'when it is null': null,
    'when it is a text': 'UP',
    'when it is {}': {},
    'when it is a list': [],
    'when applications is null': { applications: null },
    'when applications is empty': { applications: {} },
    'when applications is a list': { applications: [] },
    'when it is empty without a hash': { applications: { application: [] } },
    'when the hash is no text': { applications: { application: [], apps__hashcode: 0 } },
    'when it is empty and its hash counts instances': listOf([], 'UP_3_'),
    'when application is missing and its hash counts instances': { applications: { apps__hashcode: 'UP_3_' } },
    'when not one instance can be read': listOf([{ name: 'A', instance: [{ status: 'UP' }] }]),
    'when not one application can be read, even with an empty hash': listOf([1, 'x'], ''),
    'when it is the answer for one application': { application: { name: 'A', instance: [rawInstance('A', '1')] } },
  };
  for (const [when, document] of Object.entries(cases)) {
    test(when, () => assert.equal(decodeFull(document, isSecret).kind, 'no-information'));
  }
});

describe('a full answer is an empty registry', () => {
  const cases: Record<string, unknown> = {
    'when the list is empty and so is the hash': listOf([], ''),
    'when an older server leaves the list out, with an empty hash': {
      applications: { versions__delta: '1', apps__hashcode: '' },
    },
    'when an older server sends null or nothing for the list, with an empty hash': listOf(null, ''),
    'when applications are listed without instances, with an empty hash': listOf([{ name: 'A', instance: [] }], ''),
  };
  for (const [when, document] of Object.entries(cases)) {
    test(when, () => {
      const decoded = decodeFull(document, isSecret);
      assert.deepEqual(decoded, { kind: 'listing', hash: '', records: [], unreadable: [] });
    });
  }
});

describe('both ways of listing are read', () => {
  const one = rawInstance('ORDERS', 'a');
  const shapes: Record<string, unknown> = {
    'lists in lists': listOf([{ name: 'ORDERS', instance: [one] }]),
    'a bare application': listOf({ name: 'ORDERS', instance: [one] }),
    'a bare instance': listOf([{ name: 'ORDERS', instance: one }]),
    'both bare': listOf({ name: 'ORDERS', instance: one }),
    'unescaped member names': {
      applications: { versions_delta: '1', apps_hashcode: 'UP_1_', application: { instance: one } },
    },
  };
  for (const [what, document] of Object.entries(shapes)) {
    test(what, () => {
      const decoded = decodeFull(document, isSecret);
      assert.ok(decoded.kind === 'listing');
      assert.equal(decoded.hash, 'UP_1_');
      assert.deepEqual(
        decoded.records.map(({ app, id }) => `${app}/${id}`),
        ['ORDERS/a'],
      );
    });
  }
});

describe('ports', () => {
  const cases: [what: string, port: unknown, expected: unknown][] = [
    ['number and text', { $: 8080, '@enabled': 'true' }, { text: '8080', enabled: true }],
    ['text and boolean', { $: '8080', '@enabled': true }, { text: '8080', enabled: true }],
    ['disabled in text', { $: 8080, '@enabled': 'false' }, { text: '8080', enabled: false }],
    ['disabled as boolean', { $: 8080, '@enabled': false }, { text: '8080', enabled: false }],
    ['a bare number', 8080, { text: '8080', enabled: true }],
    ['a bare text', '8080', { text: '8080', enabled: true }],
    ['nothing said of being enabled', { $: 8080 }, { text: '8080', enabled: true }],
    ['an object without a number', { '@enabled': 'true' }, undefined],
    ['null', null, undefined],
    ['a list', [8080], undefined],
  ];
  for (const [what, port, expected] of cases) {
    test(`port as ${what}`, () => assert.deepEqual(decodeOne(rawInstance('A', '1', { port })).port, expected));
  }
  test('a secure port is enabled only where that is said', () => {
    assert.deepEqual(decodeOne(rawInstance('A', '1', { securePort: { $: 443 } })).securePort, {
      text: '443',
      enabled: false,
    });
    assert.deepEqual(decodeOne(rawInstance('A', '1', { securePort: 443 })).securePort, { text: '443', enabled: false });
    assert.equal(decodeOne(rawInstance('A', '1', { securePort: undefined })).securePort, undefined);
  });
});

describe('identity', () => {
  const amazon = { name: 'Amazon', metadata: { 'instance-id': 'i-123', 'availability-zone': 'us-east-1c' } };
  test('is the instanceId', () =>
    assert.equal(decodeOne(rawInstance('A', 'x:8080', { dataCenterInfo: amazon })).id, 'x:8080'));
  test('may be a number', () => assert.equal(decodeOne({ ...rawInstance('A', ''), instanceId: 7 }).id, '7'));
  test('falls back to the id that Amazon gave', () => {
    assert.equal(decodeOne(rawInstance('A', '', { dataCenterInfo: amazon })).id, 'i-123');
  });
  test('does not take that id from other data centers', () => {
    assert.equal(decodeOne(rawInstance('A', '', { dataCenterInfo: { ...amazon, name: 'MyOwn' } })).id, '10.20.0.17');
  });
  test('falls back to the host name', () =>
    assert.equal(decodeOne(rawInstance('A', ' ', { hostName: 'h1' })).id, 'h1'));
  test('takes the application from around where the instance names none', () => {
    assert.equal(decodeOne({ ...rawInstance('A', '1'), app: undefined }, 'orders').app, 'ORDERS');
  });
  test('compares applications in upper case', () => {
    assert.equal(decodeOne({ ...rawInstance('A', '1'), app: 'orders-Api' }).app, 'ORDERS-API');
  });
});

describe('one bad instance loses only itself', () => {
  const bad: Record<string, unknown> = {
    'no identity': { app: 'A', status: 'DOWN' },
    'no application': { instanceId: 'x', status: 'DOWN' },
    null: null,
    'a number': 3,
    'a list': [],
  };
  for (const [what, raw] of Object.entries(bad)) {
    test(what, () => {
      const decoded = decodeFull(listOf([{ instance: [raw, rawInstance('A', '1')] }]), isSecret);
      assert.ok(decoded.kind === 'listing');
      assert.deepEqual(
        decoded.records.map(({ id }) => id),
        ['1'],
      );
      assert.equal(decoded.unreadable.length, 1);
    });
  }
  test('and keeps its status, which the hash of the server counts', () => {
    const decoded = decodeFull(listOf([{ instance: [{ app: 'A', status: 'DOWN' }, rawInstance('A', '1')] }]), isSecret);
    assert.ok(decoded.kind === 'listing');
    assert.equal(decoded.unreadable[0]?.status, 'DOWN');
  });
});

describe('statuses', () => {
  const cases: [raw: unknown, expected: string][] = [
    ['UP', 'UP'],
    ['up', 'UP'],
    ['OUT_OF_SERVICE', 'OUT_OF_SERVICE'],
    ['STARTING', 'STARTING'],
    ['DOWN', 'DOWN'],
    ['DRAINING', 'UNKNOWN'],
    [undefined, 'UNKNOWN'],
    [{}, 'UNKNOWN'],
  ];
  for (const [status, expected] of cases) {
    test(`${JSON.stringify(status)} reads as ${expected}`, () => {
      assert.equal(decodeOne(rawInstance('A', '1', { status })).status, expected);
    });
  }
  test('overriddenStatus never counts: the status has it applied already', () => {
    const fields = { status: 'UP', overriddenStatus: 'OUT_OF_SERVICE', overriddenstatus: 'DOWN' };
    assert.equal(decodeOne(rawInstance('A', '1', fields)).status, 'UP');
  });
});

describe('metadata', () => {
  test('of an empty Java map is empty', () => {
    const metadata = { '@class': 'java.util.Collections$EmptyMap' };
    assert.equal(decodeOne(rawInstance('A', '1', { metadata })).metadata.size, 0);
    assert.equal(decodeOne(rawInstance('A', '1', { metadata: { class: 'java.util.HashMap' } })).metadata.size, 0);
  });
  test('keeps a key that is really called class', () => {
    assert.equal(decodeOne(rawInstance('A', '1', { metadata: { class: 'gold' } })).metadata.get('class'), 'gold');
  });
  test('turns numbers and booleans into text and drops the rest', () => {
    const metadata = { a: 1, b: true, c: null, d: {}, e: [1], f: '' };
    const read = decodeOne(rawInstance('A', '1', { metadata })).metadata;
    assert.deepEqual(
      [...read],
      [
        ['a', '1'],
        ['b', 'true'],
        ['f', ''],
      ],
    );
  });
  test('takes keys from strangers as plain keys', () => {
    const metadata = JSON.parse('{"__proto__": "x", "constructor": "y"}');
    assert.deepEqual([...decodeOne(rawInstance('A', '1', { metadata })).metadata.keys()], ['__proto__', 'constructor']);
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
  });
  test('loses secrets here, and remembers only their keys', () => {
    const metadata = { 'user.password': 'hunter2', 'api-key': 'hunter2', 'internal-x': 'hunter2', team: 'pay' };
    const record = decodeOne(rawInstance('A', '1', { metadata }));
    assert.deepEqual(record.droppedSecrets, ['user.password', 'api-key', 'internal-x']);
    assert.deepEqual([...record.metadata], [['team', 'pay']]);
    assert.ok(!JSON.stringify(record).includes('hunter2'));
  });
});

describe('VIPs', () => {
  const cases: [vip: unknown, secure: unknown, expected: readonly string[]][] = [
    ['orders', 'orders-s', ['orders']],
    [' orders , Billing,,orders', undefined, ['orders', 'Billing']],
    [undefined, 'orders-s', ['orders-s']],
    ['', '', []],
    [',', undefined, []],
  ];
  for (const [vipAddress, secureVipAddress, expected] of cases) {
    test(`${JSON.stringify([vipAddress, secureVipAddress])} is ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(decodeOne(rawInstance('A', '1', { vipAddress, secureVipAddress })).vips, expected);
    });
  }
});

describe('a delta', () => {
  test('may be empty', () => {
    assert.deepEqual(decodeDelta(listOf([], 'UP_9_'), isSecret), {
      kind: 'listing',
      hash: 'UP_9_',
      records: [],
      unreadable: [],
    });
    assert.equal(decodeDelta(listOf(undefined, ''), isSecret).kind, 'listing');
  });
  test('without a hash is no information, because nothing can be checked', () => {
    for (const document of [null, {}, { applications: {} }, { applications: { application: [] } }]) {
      assert.equal(decodeDelta(document, isSecret).kind, 'no-information');
    }
  });
  test('tells removals from everything else', () => {
    const actions = ['ADDED', 'MODIFIED', 'DELETED', undefined];
    const instance = actions.map((actionType, index) => rawInstance('A', String(index), { actionType }));
    const decoded = decodeDelta(listOf([{ name: 'A', instance }]), isSecret);
    assert.ok(decoded.kind === 'listing');
    assert.deepEqual(
      decoded.records.map(({ deleted }) => deleted),
      [false, false, true, false],
    );
  });
});

describe('the answer for one application', () => {
  test('lists its instances, also a bare one', () => {
    for (const instance of [rawInstance('A', '1'), [rawInstance('A', '1')]]) {
      const decoded = decodeApplication({ application: { name: 'A', instance } }, 'A', isSecret);
      assert.ok(decoded.kind === 'listing');
      assert.deepEqual(
        decoded.records.map(({ id }) => id),
        ['1'],
      );
    }
  });
  const silent: Record<string, unknown> = {
    null: null,
    '{}': {},
    'no application': { applications: {} },
    'an empty application': { application: {} },
    'no instances': { application: { name: 'A', instance: [] } },
    'another application': { application: { name: 'B', instance: [rawInstance('B', '1')] } },
  };
  for (const [what, document] of Object.entries(silent)) {
    test(`is no information when it is ${what}`, () => {
      assert.equal(decodeApplication(document, 'A', isSecret).kind, 'no-information');
    });
  }
});

test('a document nested a hundred thousand deep is read without a crash', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  assert.equal(decodeFull(deep, isSecret).kind, 'no-information');
  assert.equal(decodeOne(rawInstance('A', '1', { metadata: { deep }, port: deep })).metadata.size, 0);
});
